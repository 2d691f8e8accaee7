"""The commands that speak to Bitbucket, against the fake of Cloud, Data Center and Jira Cloud: what they list, show and
change, what they say when they may not, and that no credential ever comes out."""
import json
import os
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
import command_desk
import harness
import openapi_check
from fake_bitbucket import sample, sample_fake
from rest_desk import REPOS, TOKEN, Desk


def check_listings(desk, checks):
    api = desk.fake.world.repository("api")
    for instance, repo in REPOS.items():
        def rows(*words):
            return desk.rows(instance, *words, "--repo", repo)

        names = [row["name"] for row in desk.rows(instance, "repos", "list")]
        checks.equal(len(names), len(set(names)), f"{instance}: repositories once each")
        checks.that(repo in names and len(names) > 240, f"{instance}: all pages of repositories: {len(names)}")
        checks.equal({row["key"] for row in desk.rows(instance, "projects", "list")}, {"PLAT", "SEC"}, f"{instance}: projects")
        checks.equal({row["name"]: row["hash"] for row in rows("branches", "list")}, api.branches, f"{instance}: branches")
        whole = [row["hash"] for row in rows("commits", "list")]
        checks.equal(whole[0], api.branches["main"], f"{instance}: the default branch's head comes first")
        some = [row["hash"] for row in rows("commits", "list", "--since", "main", "--until", "feature/search")]
        checks.equal((some[0], len(some)), (api.branches["feature/search"], 2), f"{instance}: a range of commits")
        checks.equal(rows("commits", "list", "--limit", "3"), rows("commits", "list")[:3], f"{instance}: --limit")
        states = {row["id"]: (row["state"], row["review"]) for row in rows("prs", "list", "--state", "all")}
        checks.equal(states, {1: ("OPEN", "approved"), 2: ("OPEN", "changes requested"), 3: ("MERGED", "none"), 4: ("DECLINED", "none")},
                     f"{instance}: pull requests")
        checks.equal([row["id"] for row in rows("prs", "list", "--state", "merged")], [3], f"{instance}: --state merged")
        statuses = {row["key"]: row["state"] for row in rows("statuses", "list", api.branches["main"])}
        checks.equal(statuses, {"build-1": "SUCCESSFUL", "scan": "INPROGRESS"}, f"{instance}: statuses")
        checks.equal([row["secret_set"] for row in rows("hooks", "list")], [True], f"{instance}: hooks")
        shown, = rows("prs", "show", "1")
        checks.equal({row["reviewer"] for row in shown["reviewers"]} >= {"Grace Hopper", "Linus Example"}, True, f"{instance}: reviewers")
        checks.that(shown["files"] and all(row["path"] and row["change"] for row in shown["files"]), f"{instance}: files of {shown}")
        checks.equal(rows("repos", "show")[0]["name"], repo, f"{instance}: repos show")
    desk.fake.settings.rows_max = 1
    cut = desk.run("dc", "prs", "show", "1", "--repo", REPOS["dc"], "--json")
    desk.fake.settings.rows_max = 1_000_000
    checks.equal((cut.returncode, json.loads(cut.stdout)["files"], cut.stderr),
                 (0, shown["files"][:1], "bbstream: Data Center gives no more than the first 1 changed files\n"), "changed files that are cut")
    checks.equal(desk.rows("cloud", "commits", "list", "--repo", "acme/empty"), [], "commits of an empty repository")
    desk.refused("dc", "superseded", "prs", "list", "--repo", "PLAT/api", "--state", "superseded")


def check_tables(desk, checks):
    shown = desk.run("cloud", "prs", "list", "--repo", "acme/api").stdout.splitlines()
    checks.that(shown[0].startswith("id  state  review") and len(shown) == 3, f"a table: {shown}")
    checks.equal(desk.run("cloud", "issues", "list", "--repo", "acme/web").stdout, "", "nothing beside the failure")
    empty = desk.run("dc", "branches", "list", "--repo", "SEC/empty")
    checks.equal((empty.returncode, empty.stdout.split()), (0, ["name", "hash", "default"]), "an empty table")


def check_logs_that_are_refused(desk, checks, pipeline):
    for refusal, wanted in (({"status": 429, "retry_after": "seconds", "retry_after_seconds": 60}, "429: too many requests; try again in 60 s"),
                            ({"status": 401}, "401: the credential is refused")):
        desk.fake.faults.add(path="/log$", times=None, **refusal)
        desk.fake.log.clear()
        desk.refused("cloud", wanted, "pipelines", "log", "1", "--repo", "acme/api")
        asked = [entry for entry in desk.fake.log.entries if entry.target.endswith("/log")]
        checks.equal(len(asked), 1, f"logs asked for after a {refusal['status']}")
        desk.fake.faults.clear()
    desk.fake.faults.add(path="/log$", status=403)
    ran = desk.run("cloud", "pipelines", "log", "1", "--repo", "acme/api")
    checks.that("lacks a scope or permission" in ran.stderr and ran.returncode == 1, f"a log that may not be read: {ran.stderr!r}")
    checks.equal(ran.stdout, b"".join(step.log for step in pipeline.steps[1:]).decode(), "the other steps' logs")


def check_pipelines(desk, checks):
    api = desk.fake.world.repository("api")
    numbers = [row["number"] for row in desk.rows("cloud", "pipelines", "list", "--repo", "acme/api")]
    checks.equal(numbers, sorted((each.build_number for each in api.pipelines), reverse=True), "pipelines, the latest first")
    for key in ("1", api.pipelines[0].uuid):
        shown, = desk.rows("cloud", "pipelines", "show", key, "--repo", "acme/api")
        checks.equal((shown["number"], shown["state"], shown["completed"]), (1, "SUCCESSFUL", True), f"pipeline {key}")
        checks.equal(len(shown["steps"]), len(api.pipelines[0].steps), "its steps")
    logs = b"".join(step.log for step in api.pipelines[0].steps).decode()
    checks.equal(desk.run("cloud", "pipelines", "log", "1", "--repo", "acme/api").stdout, logs, "the whole log")
    checks.equal(desk.run("cloud", "pipelines", "log", "1", "--step", "2", "--repo", "acme/api").stdout,
                 api.pipelines[0].steps[1].log.decode(), "the log of a step")
    desk.refused("cloud", "steps", "pipelines", "log", "1", "--step", "9", "--repo", "acme/api")
    check_logs_that_are_refused(desk, checks, api.pipelines[0])
    steps = api.pipelines[0].steps
    with desk.fake.lock:
        api.pipelines[0].steps = steps * (6000 // len(steps))
    desk.refused("cloud", "more than 1000 steps", "pipelines", "log", "1", "--step", "1", "--repo", "acme/api")
    desk.refused("cloud", "there are more than the 5000 steps that are shown", "pipelines", "show", "1", "--repo", "acme/api", code=0)
    with desk.fake.lock:
        api.pipelines[0].steps = steps
    desk.refused("cloud", "404", "pipelines", "list", "--repo", "acme/scanner")
    desk.refused("dc", "pipelines are Cloud's", "pipelines", "list", "--repo", "PLAT/api")
    made, = desk.rows("cloud", "pipelines", "run", "--branch", "main", "--pattern", "deploy", "--var", "A=b=c", "--repo", "acme/api")
    last = api.pipelines[-1]
    checks.equal((made["id"], last.pattern, [(each["key"], each["value"]) for each in last.variables]),
                 (last.uuid, "deploy", [("A", "b=c")]), "a pipeline that was started")
    desk.rows("cloud", "pipelines", "stop", last.uuid, "--repo", "acme/api")
    checks.equal((last.state, last.result), ("COMPLETED", "STOPPED"), "a pipeline that was stopped")
    desk.refused("cloud", "already completed", "pipelines", "stop", last.uuid, "--repo", "acme/api")


def check_deployments(desk, checks):
    api, change = desk.fake.world.repository("api"), desk.fake.change
    listing = ("deployments", "list", "--repo", "acme/api")
    with desk.fake.lock:
        change.deploy(api, api.pipelines[1], "Staging", status="FAILED")
        change.deploy(api, api.pipelines[2], "Test", state="IN_PROGRESS")
    desk.fake.log.clear()
    watch = None if openapi_check.available() else openapi_check.Watch()
    if watch:
        watch.follow(desk.fake)
    rows = desk.rows("cloud", *listing)
    if watch:
        desk.fake.observers.remove(watch.look)
        checks.that(watch.seen == 1 and not watch.problems, f"deployments against the document: {watch.seen} {watch.problems}")
    asked, = (entry.target for entry in desk.fake.log.entries)
    checks.that("/deployments/?" in asked and "sort=" not in asked, f"how deployments are asked for: {asked}")
    wanted = {(each.uuid, each.status or each.state, each.environment, f"#{each.pipeline.build_number}", each.pipeline.commit,
               each.state == "COMPLETED") for each in api.deployments}
    names = ("id", "state", "environment", "release", "hash", "completed")
    checks.equal({tuple(row[name] for name in names) for row in rows}, wanted, "deployments")
    checks.equal(len(rows), 3, "deployments once each")
    checks.that(all(row["updated"] and row["started"] and "/steps/" in row["url"] for row in rows), f"when and where: {rows}")
    checks.equal(desk.rows("cloud", *listing, "--limit", "2"), rows[:2], "deployments up to --limit")
    desk.fake.settings.rows_max = 1
    checks.equal(desk.rows("cloud", *listing), rows, "deployments of several pages")
    desk.fake.settings.rows_max = 1_000_000
    shown = desk.run("cloud", *listing).stdout.splitlines()
    checks.equal(shown[0].split(), ["state", "environment", "release", "hash", "updated", "url"], "the titles of deployments")
    checks.that(any(line.startswith("FAILED       Staging      #2") for line in shown), f"a failed deployment: {shown}")
    checks.equal(desk.rows("cloud", "deployments", "list", "--repo", "acme/empty"), [], "deployments where there was none")
    desk.refused("dc", "bbstream: only Cloud lists deployments: Data Center shows one to whoever knows its commit, key, environment and "
                 "number\n", "deployments", "list", "--repo", "PLAT/api")


def check_reviews(desk, checks):
    api, change = desk.fake.world.repository("api"), desk.fake.change
    for instance, repo in REPOS.items():
        with desk.fake.lock:
            change.push(api, f"feature/{instance}", commits=1)
            pr = change.open_pull_request(api, f"feature/{instance}")
            change.push(api, f"feature/{instance}-2", commits=1)
            other = change.open_pull_request(api, f"feature/{instance}-2")

        def act(*words):
            return desk.rows(instance, "prs", *words, "--repo", repo)

        for verb, wanted in (("approve", "approved"), ("request-changes", "changes_requested"), ("approve", "approved")):
            act(verb, str(pr.id))
            checks.equal(pr.verdicts["bot"][0], wanted, f"{instance}: prs {verb}")
        act("unapprove", str(pr.id))
        checks.that("bot" not in pr.verdicts, f"{instance}: prs unapprove leaves {pr.verdicts}")
        act("comment", str(pr.id), "--text", "Über *all*\n\"quoted\"")
        checks.equal([each.text for each in pr.comments.values()], ["Über *all*\n\"quoted\""], f"{instance}: prs comment")
        act("merge", str(pr.id))
        checks.equal(pr.state, "MERGED", f"{instance}: prs merge")
        act("decline", str(other.id))
        checks.equal(other.state, "DECLINED", f"{instance}: prs decline")
        desk.refused(instance, "bbstream: ", "prs", "merge", str(pr.id), "--repo", repo)
    with desk.fake.lock:
        change.push(api, "feature/slow", commits=1)
        slow = change.open_pull_request(api, "feature/slow")
        desk.fake.settings.slow_merges = 1
    for body, wanted in (('{"task_status":"FAILED"}', "its task is FAILED"), ("{}", "its task is in no state")):
        with desk.fake.lock:
            change.push(api, "feature/failing", commits=1)
            failing = change.open_pull_request(api, "feature/failing")
        desk.fake.faults.add(path="/merge/task-status/", status=200, body=body)
        desk.refused("cloud", wanted, "prs", "merge", str(failing.id), "--repo", "acme/api")
    said, = desk.rows("cloud", "prs", "merge", str(slow.id), "--repo", "acme/api")
    checks.that(slow.state == "MERGED" and " merged as " in said["said"], f"a merge that takes long: {said}")


def check_builds_and_insights(desk, checks):
    api = desk.fake.world.repository("api")
    head = api.branches["main"]
    sarif = {"version": "2.1.0", "runs": [{
        "tool": {"driver": {"name": "Scanner", "rules": [
            {"id": "R1", "properties": {"security-severity": "9.8"}, "helpUri": "https://scanner.example/R1"}, {"id": "R2"}]}},
        "results": [
            {"ruleId": "R1", "ruleIndex": 0, "message": {"text": "Injection\nin detail"}, "locations": [{"physicalLocation": {
                "artifactLocation": {"uri": "src/a%20b.c"}, "region": {"startLine": 7}}}]},
            {"ruleId": "R2", "level": "note", "message": {"text": "Style"}},
            {"ruleId": "R2", "message": {"text": "Hidden"}, "suppressions": [{"kind": "inSource"}]}]}]}
    file = desk.directory / "scan.sarif"
    many = desk.directory / "annotations.json"
    many.write_text(json.dumps([{"summary": f"finding {n}", "severity": "LOW"} for n in range(250)]))
    for instance, repo in REPOS.items():
        file.write_text(json.dumps(sarif))
        desk.rows(instance, "statuses", "set", head, "--key", f"k-{instance}", "--state", "stopped", "--url", "https://ci.example/1",
                  "--name", "Ours", "--repo", repo)
        checks.equal(api.statuses[head][f"k-{instance}"].state, "STOPPED" if instance == "cloud" else "CANCELLED", f"{instance}: a status")
        report = ("insights", "report", head, "--id", f"scan-{instance}", "--title", "A scan", "--repo", repo)
        for _ in range(2):  # a second run replaces what the first said
            desk.rows(instance, *report, "--sarif", str(file))
        made = api.reports[head][f"scan-{instance}"]
        paths = [each.get("path") for each in made.annotations]
        checks.equal(paths, ["src/a b.c", None], f"{instance}: findings of SARIF")
        checks.equal(made.fields["result"], "FAILED" if instance == "cloud" else "FAIL", f"{instance}: the result of a grave finding")
        checks.equal(made.fields["reporter"], "Scanner", f"{instance}: who found it")
        desk.rows(instance, *report, "--annotations", str(many))
        made = api.reports[head][f"scan-{instance}"]
        checks.equal((len(made.annotations), made.fields["result"]), (250, "PASSED" if instance == "cloud" else "PASS"),
                     f"{instance}: more findings than one call takes")
        for refusal, wanted in (({"status": 403}, "lacks a scope or permission"),
                                ({"status": 429, "retry_after": "seconds", "retry_after_seconds": 60}, "429: too many requests")):
            desk.fake.faults.add(path="/reports/", method="DELETE", **refusal)
            desk.refused(instance, wanted, *report, "--annotations", str(many))
            checks.equal(len(api.reports[head][f"scan-{instance}"].annotations), 250, f"{instance}: findings of a report that stays")
        file.write_text("{}")
        desk.refused(instance, "no SARIF", *report, "--sarif", str(file))
    desk.refused("cloud", "--sarif", "insights", "report", head, "--id", "x", "--title", "x", "--repo", "acme/api", code=2)


def check_issues(desk, checks):
    jira = f'jira.site = "{desk.fake.url}"\njira.username = "{sample.EMAIL}"\njira.secret = "env:JIRA"\njira.project = "PLAT"\n'
    desk.configure(more=jira)
    desk.environment["JIRA"] = sample.JIRA_TOKEN
    world = desk.fake.world
    with desk.fake.lock:
        for number in range(150):
            desk.fake.change.create_jira_issue("PLAT", f"Issue {number}")
    made, = desk.rows("cloud", "issues", "create", "--title", "Über", "--text", "One\nTwo")
    key = made["id"]
    checks.equal(world.jira[key].title, "Über", "an issue that was made")
    rows = desk.rows("cloud", "issues", "list")
    checks.equal((rows[0]["key"], len(rows)), (key, len(world.jira)), "issues of all pages, the latest first")
    checks.equal(desk.rows("cloud", "issues", "show", key)[0]["text"], "One\nTwo", "the text of an issue")
    desk.rows("cloud", "issues", "comment", key, "--text", "Mine")
    checks.equal([each.text for each in world.jira[key].comments], ["Mine"], "a comment on an issue")
    desk.rows("cloud", "issues", "transition", key, "--to", "in progress")
    checks.equal(world.jira[key].state, "In Progress", "a transition")
    desk.refused("cloud", "there are To Do, Done", "issues", "transition", key, "--to", "Nirvana")
    desk.environment["JIRA"] = "wrong"
    desk.refused("cloud", "Jira refuses the credential", "issues", "list")
    desk.configure()
    for status in (404, 410):
        desk.fake.settings.issues_removed = status
        desk.refused("cloud", "20 August 2026", "issues", "list", "--repo", "acme/web")
    desk.refused("cloud", "--repo is required", "issues", "list", code=2)
    desk.fake.settings.issues_removed = 0
    checks.equal([row["title"] for row in desk.rows("cloud", "issues", "list", "--repo", "acme/web")], ["The button does nothing"],
                 "the own tracker's issues")
    made, = desk.rows("cloud", "issues", "create", "--title", "Another", "--repo", "acme/web")
    desk.rows("cloud", "issues", "comment", made["id"], "--text", "Yes", "--repo", "acme/web")
    desk.rows("cloud", "issues", "transition", made["id"], "--to", "resolved", "--repo", "acme/web")
    checks.equal(desk.rows("cloud", "issues", "show", made["id"], "--repo", "acme/web")[0]["state"], "resolved", "the own tracker's state")
    desk.fake.settings.issues_removed = 404


def check_credentials(desk, checks):
    listing = ("projects", "list")
    token_url = f"{desk.fake.url}/site/oauth2/access_token"
    desk.configure(cloud={"kind": "access_token", "secret": sample.WORKSPACE_TOKEN})
    checks.equal(len(desk.rows("cloud", *listing)), 2, "an access token")
    desk.configure(cloud={"kind": "oauth_client", "client_id": sample.CLIENT_ID, "secret": sample.CLIENT_SECRET, "token_url": token_url})
    checks.equal(len(desk.rows("cloud", *listing)), 2, "an OAuth client")
    desk.configure(cloud={"kind": "oauth_client", "client_id": "nobody", "secret": sample.CLIENT_SECRET, "token_url": token_url})
    desk.refused("cloud", "token endpoint refuses", *listing)
    for kind, wanted in (("api_token", "e-mail address, or the token has expired"), ("access_token", "wrong, revoked or expired")):
        desk.configure(cloud={"kind": kind, "username": "someone", "secret": "wrong"})
        desk.refused("cloud", wanted, *listing)
    desk.configure(cloud={"kind": "app_password", "username": "bot", "secret": sample.APP_PASSWORD})
    ran = desk.run("cloud", *listing)
    checks.that(ran.returncode == 1 and "app passwords were removed on 28 July 2026" in ran.stderr, f"an app password: {ran.stderr!r}")
    desk.configure(cloud={**TOKEN, "secret": "two\nlines"})
    desk.refused("cloud", "holds a line break", *listing)
    desk.configure(cloud={"kind": "access_token", "secret": sample.REPOSITORY_TOKEN}, dc={"kind": "pat", "secret": sample.READ_PAT})
    desk.refused("cloud", "it needs the scope webhook", "hooks", "list", "--repo", "acme/api")
    desk.refused("dc", "the credential is valid, and lacks", "hooks", "list", "--repo", "PLAT/api")
    desk.fake.settings.public_instance = True
    desk.configure(dc={"kind": "pat", "secret": "expired"})
    desk.refused("dc", "bbstream: not authenticated: the server takes the credential for nobody's", "prs", "approve", "1", "--repo", "PLAT/api")
    desk.configure()
    desk.fake.settings.public_instance, desk.fake.settings.names_user = False, False
    desk.refused("dc", "does not say which user the token belongs to: set auth.username", "prs", "approve", "1", "--repo", "PLAT/api")
    desk.fake.settings.names_user = True
    desk.configure()


def check_environment(desk, checks):
    if os.path.exists("/etc/bbstream/bbstream.toml"):
        print("not looked at: the environment, since there is a configuration in its default place")
        return
    base = command_desk.environment("BITBUCKET_", "CLIENT_", "BBSTREAM_CONFIG")

    def run(*words, **variables):
        return harness.run([harness.BINARY, *words], env=base | variables)

    cloud = {"BITBUCKET_URL": desk.fake.cloud_api, "BITBUCKET_WORKSPACE": "acme"}
    by_token = cloud | {"BITBUCKET_USERNAME": sample.EMAIL, "BITBUCKET_API_TOKEN": sample.WRITE_TOKEN}
    by_access_token = cloud | {"BITBUCKET_TOKEN": sample.WORKSPACE_TOKEN}
    no_workspace = {"BITBUCKET_WORKSPACE": ""}
    for variables in (by_token, by_token | no_workspace, by_access_token, {"BITBUCKET_URL": desk.fake.datacenter_api, "BITBUCKET_TOKEN": sample.ADMIN_PAT}):
        ran = run("projects", "list", "--json", **variables)
        checks.equal((ran.returncode, len(ran.stdout.splitlines())), (0, 2), f"from the environment: {ran.stderr}")
    for wanted, variables in (("BITBUCKET_API_TOKEN", {}), ("BITBUCKET_USERNAME is missing", cloud | {"BITBUCKET_API_TOKEN": "x"}),
                              ("CLIENT_ID is missing", {"CLIENT_SECRET": "x"}), ("BITBUCKET_WORKSPACE", by_access_token | no_workspace),
                              ("must be https://", by_token | {"BITBUCKET_URL": "http://bitbucket.example.com"})):
        ran = run("projects", "list", **variables)
        checks.that(ran.returncode == 1 and wanted in ran.stderr and ran.stderr.count("\n") == 1, f"{variables.keys()}: {ran.stderr!r}")
    for slugs, wanted in ((["acme", "other"], "several workspaces (acme, other)"), ([], "is in none")):
        mine = {"values": [{"type": "workspace_access", "workspace": {"slug": slug}} for slug in slugs]}
        desk.fake.faults.add(path="/user/workspaces", status=200, body=json.dumps(mine))
        ran = run("repos", "list", **by_token | no_workspace)
        checks.that(ran.returncode == 1 and wanted in ran.stderr and ran.stderr.count("\n") == 1, f"in {slugs}: {ran.stderr!r}")


def check_failures(desk, checks):
    faults = desk.fake.faults
    faults.add(path="/projects", status=429, retry_after="seconds", times=1)
    faults.add(path="/projects", status=503, times=1)
    faults.add(path="/projects", drop=True, times=1)
    checks.equal(len(desk.rows("cloud", "projects", "list")), 2, "after a 429, a 503 and a broken connection")
    faults.add(path="/projects", status=429, retry_after="date", retry_after_seconds=1800, times=None)
    desk.refused("cloud", "429: too many requests; try again in", "projects", "list")
    faults.clear()
    faults.add(path="/comments", method="POST", status=502, times=None, run=True)
    pr = desk.fake.world.repository("api").pull_requests[2]
    before = len(pr.comments)
    desk.refused("cloud", "502", "prs", "comment", "2", "--text", "Once", "--repo", "acme/api")
    checks.equal(len(pr.comments), before + 1, "comments after an answer that was lost")
    faults.clear()
    desk.fake.settings.next_origin = "https://evil.example"
    checks.that(len(desk.rows("cloud", "repos", "list")) > 240, "pages are asked for on the configured host")
    desk.fake.settings.next_origin = None
    desk.fake.settings.endless_next = True
    checks.that(len(desk.rows("cloud", "repos", "list")) > 240, "pages end although each has a next one")
    desk.fake.settings.endless_next = False
    desk.refused("cloud", "404: there is none", "repos", "show", "--repo", "acme/nothing")
    for instance, repo in REPOS.items():
        for body, wanted in (('{"type":"error","error":{"message":"It has moved"}}', "/api: an error came as 200 (It has moved)"),
                             ("{}", "/api: the answer does not show what was asked for")):
            faults.add(path="/api$", status=200, body=body)
            desk.refused(instance, wanted, "repos", "show", "--repo", repo)
    for words in (("prs", "approve", "2"), ("prs", "comment", "2", "--text", "Heard?"), ("pipelines", "stop", "3")):
        faults.add(path="/approve|/comments|/stopPipeline", method="POST", status=200, body="{}")
        desk.refused("cloud", "whether it has been done is not known", *words, "--repo", "acme/api")
    ran = harness.run([harness.BINARY, "repos", "list", "--config", desk.config], env=desk.environment)
    checks.that(ran.returncode == 2 and "cloud, dc" in ran.stderr, f"which instance: {ran.stderr!r}")


def test(directory, rng, checks):
    with sample_fake(repositories=250) as fake:
        desk = Desk(directory, fake, checks)
        for check in (check_listings, check_tables, check_pipelines, check_deployments, check_reviews, check_builds_and_insights, check_issues,
                      check_credentials, check_environment, check_failures):
            check(desk, checks)


harness.main(test)
