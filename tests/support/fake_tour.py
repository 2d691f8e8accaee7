"""A walk through every endpoint of the fake Bitbucket, for tests that hold its answers against something."""
import urllib.parse

from asking import ADMIN, WRITER, ask
from fake_bitbucket import sample, sample_fake

WS, REPOS = "/2.0/workspaces/acme", "/2.0/repositories/acme"
API, DC = f"{REPOS}/api", "/rest/api/latest/projects/PLAT/repos/api"
HOOK = {
    "description": "ours", "url": "https://hooks.acme.example/x", "active": True, "events": ["repo:push"], "secret": "s"
}
REPORT = {
    "title": "Scan", "details": "Two findings", "report_type": "SECURITY", "result": "FAILED",
    "data": [{"title": "Safe", "type": "BOOLEAN", "value": False}]
}
ANNOTATION = {
    "external_id": "one", "annotation_type": "VULNERABILITY", "summary": "Bad", "severity": "HIGH", "path": "a.c", "line": 1
}


def quoted(text):
    return urllib.parse.quote(text, safe="")


class Session:
    """Asks as one client, and expects a status each time."""
    def __init__(self, fake, checks, authorization):
        self.fake, self.checks, self.authorization = fake, checks, authorization

    def __call__(self, method, path, status=200, **options):
        headers = {"X-Atlassian-Token": "no-check"} if path.startswith("/rest") else {}
        answer = ask(self.fake, method, path, self.authorization, headers=headers, **options)
        self.checks.equal(answer.status, status, f"{method} {path}: {answer.body[:200]!r}")
        return answer


def cloud_reads(ask_as, repo):
    head = repo.branches["main"]
    pr = repo.pull_requests[1]
    pipeline = repo.pipelines[0]
    step = quoted(pipeline.steps[0].uuid)
    for path in ("/2.0/user", "/2.0/user/workspaces", "/2.0/user/workspaces/acme/permission",
                 "/2.0/user/workspaces/acme/permissions/repositories", "/2.0/user/emails", WS, f"{WS}/members",
                 f"{WS}/projects", f"{WS}/projects/PLAT", f"{WS}/hooks", REPOS, API, f"{REPOS}/empty", f"{API}/refs",
                 f"{API}/refs/branches", f"{API}/refs/branches/feature%2Flogin", f"{API}/refs/tags",
                 f"{API}/refs/tags/v1.0.0", f"{API}/commits", f"{API}/commits/main?exclude={repo.tags['v1.0.0']}",
                 f"{API}/commits?include={head}&path=src/file1.txt", f"{API}/commit/{head}", f"{API}/commit/{head[:12]}",
                 f"{API}/diffstat/{head}", f"{API}/merge-base/main..feature%2Flogin",
                 f"{API}/pullrequests?state=OPEN&state=MERGED&state=DECLINED&state=SUPERSEDED",
                 f"{API}/pullrequests/activity", f"{API}/commit/{head}/statuses",
                 f"{API}/commit/{head}/statuses/build/scan", f"{API}/pipelines?sort=-created_on",
                 f"{API}/pipelines/{quoted(pipeline.uuid)}", f"{API}/pipelines/{quoted(pipeline.uuid)}/steps",
                 f"{API}/pipelines/{quoted(pipeline.uuid)}/steps/{step}", f"{API}/deployments",
                 f"{API}/deployments?fields=%2Bvalues.environment.name",
                 f"{API}/deployments/{quoted(repo.deployments[0].uuid)}", f"{API}/environments", f"{API}/hooks",
                 f"{API}/hooks/{quoted(repo.hooks[0].uuid)}", "/2.0/hook_events/repository",
                 f"{API}/commit/{head}/reports"):
        ask_as("GET", path)
    environment = ask_as("GET", f"{API}/environments").json["values"][0]["uuid"]
    ask_as("GET", f"{API}/environments/{quoted(environment)}")
    ask_as("GET", f"/2.0/users/{quoted(pr.author.uuid)}")
    ask_as("GET", f"{API}/pipelines/{quoted(pipeline.uuid)}/steps/{step}/log", 307)
    for number in repo.pull_requests:
        for path in ("", "/commits", "/activity", "/statuses", "/comments"):
            ask_as("GET", f"{API}/pullrequests/{number}{path}")
    ask_as("GET", f"{API}/pullrequests/1/comments/{next(iter(pr.comments))}")
    ask_as("GET", f"{API}/pullrequests/1/diffstat", 302)


def cloud_writes(ask_as, fake, repo):
    head = repo.branches["main"]
    ask_as("POST", f"{API}/commits", form=[("include", "main")])
    ask_as("POST", f"{API}/commits/main", form=[("exclude", repo.tags["v1.0.0"])])
    ask_as("POST", f"{API}/refs/branches", 201, json_body={"name": "made", "target": {"hash": head}})
    ask_as("DELETE", f"{API}/refs/branches/made", 204)
    made = ask_as("POST", f"{API}/pullrequests", 201, json_body={
                      "type": "pullrequest", "title": "Made", "source": {"branch": {"name": "feature/search"}},
                      "reviewers": [{"type": "user", "uuid": fake.world.users["linus"].uuid}]
                  }).json["id"]
    path = f"{API}/pullrequests/{made}"
    ask_as("PUT", path, json_body={"type": "pullrequest", "title": "Made well"})
    for verdict in ("approve", "request-changes"):
        ask_as("POST", f"{path}/{verdict}", json_body={})
        ask_as("DELETE", f"{path}/{verdict}", 204)
    ask_as("POST", f"{path}/comments", 201,
           json_body={"type": "pullrequest_comment", "content": {"raw": "Look"}, "inline": {"path": "a.c", "to": 3}})
    said = list(repo.pull_requests[made].comments.values())[0]
    fake.change.comment(repo, repo.pull_requests[made], "I do", parent=said.id)
    fake.change.resolve_comment(repo, repo.pull_requests[made], said)
    ask_as("GET", f"{path}/comments?pagelen=100&sort=-created_on&fields=-values.content.html")
    ask_as("POST",
           f"{path}/merge",
           json_body={"type": "pullrequest_merge_parameters", "message": "Done", "merge_strategy": "squash"})
    task = ask_as("POST", f"{API}/pullrequests/1/merge?async=true", 202, json_body={"type": "pullrequest_merge_parameters"})
    ask_as("GET", urllib.parse.urlsplit(task.headers["location"]).path)
    ask_as("POST", f"{API}/pullrequests/2/decline", json_body={})
    status = {"type": "build", "key": "made", "state": "INPROGRESS", "url": "https://ci.acme.example/9"}
    ask_as("POST", f"{API}/commit/{head}/statuses/build", 201, json_body=status)
    ask_as("PUT", f"{API}/commit/{head}/statuses/build/made", json_body=status | {"state": "SUCCESSFUL"})
    run = ask_as(
        "POST",
        f"{API}/pipelines",
        201,
        json_body={"type": "pipeline", "target": {"type": "pipeline_ref_target", "ref_type": "branch",
                                                  "ref_name": "main"}}).json
    ask_as("POST", f"{API}/pipelines/{quoted(run['uuid'])}/stopPipeline", 204, json_body={})
    ask_as("GET", f"{API}/pipelines/{quoted(run['uuid'])}")
    ask_as("GET", f"{API}/pipelines?sort=-created_on&pagelen=1")
    for owner in (API, WS):
        hook = ask_as("POST", f"{owner}/hooks", 201, json_body=HOOK).json["uuid"]
        ask_as("GET", f"{owner}/hooks/{quoted(hook)}")
        ask_as("PUT", f"{owner}/hooks/{quoted(hook)}", json_body={"description": "changed"})
        ask_as("DELETE", f"{owner}/hooks/{quoted(hook)}", 204)
    report = f"{API}/commit/{head}/reports/scan-1"
    ask_as("PUT", report, json_body=REPORT)
    ask_as("GET", report)
    ask_as("POST", f"{report}/annotations", json_body=[ANNOTATION])
    ask_as("GET", f"{report}/annotations")
    ask_as("DELETE", report, 204)


def cloud_issues(ask_as, fake):
    """The tracker that was removed, as it was."""
    ask_as("GET", f"{REPOS}/web/issues", 404)
    fake.settings.issues_removed = 0
    made = ask_as("POST", f"{REPOS}/web/issues", 201,
                  json_body={"type": "issue", "title": "Bad", "content": {"raw": "Very"}}).json["id"]
    path = f"{REPOS}/web/issues/{made}"
    ask_as("POST", f"{path}/comments", 201, json_body={"type": "issue_comment", "content": {"raw": "Why"}})
    ask_as("PUT", path, json_body={"type": "issue", "state": "resolved"})
    for each in (f"{REPOS}/web/issues", path, f"{path}/comments"):
        ask_as("GET", each)
    ask_as("DELETE", path)


def cloud_errors(ask_as, fake):
    for path, status in ((f"{REPOS}/nothing", 404), (f"{API}/commit/{'f' * 40}", 404), (f"{API}/pullrequests/99", 404),
                         (f"{REPOS}/scanner/pipelines", 404), (f"{API}/hooks/%7Bnone%7D", 404)):
        ask_as("GET", path, status)
    ask_as("POST", f"{API}/pullrequests", 400, json_body={"type": "pullrequest"})
    fake.world.repository("web").denied = True
    ask_as("GET", f"{REPOS}/web", 403)


def datacenter_reads(ask_as, repo):
    head = repo.branches["main"]
    for path in ("application-properties", "users", "users/ada", "admin/rate-limit/settings", "projects", "projects/PLAT",
                 "projects/PLAT/repos", "repos?archived=ALL", "projects/PLAT/webhooks"):
        ask_as("GET", f"/rest/api/latest/{path}")
    for path in ("", "/default-branch", "/branches/default", "/branches?orderBy=ALPHABETICAL", "/tags", "/tags/v1.0.0",
                 "/commits", f"/commits?until={head}&since={repo.tags['v1.0.0']}&ignoreMissing=true",
                 f"/compare/commits?from={head}&to=feature/login", f"/commits/{head}", f"/commits/{head}/changes",
                 f"/commits/{head}/pull-requests", "/ref-change-activities?ref=refs/heads/main",
                 "/ref-change-activities/branches", "/pull-requests?state=ALL&order=NEWEST&direction=INCOMING", "/webhooks",
                 f"/webhooks/{repo.datacenter_hooks[0].id}", f"/commits/{head}/builds?key=scan",
                 "/pull-requests/1/comments?path=a.c",
                 f"/commits/{head}/deployments?key=d&environmentKey=Production&deploymentSequenceNumber=1"):
        ask_as("GET", DC + path)
    for number in repo.pull_requests:
        for path in ("", "/activities", "/commits", "/changes", "/participants"):
            ask_as("GET", f"{DC}/pull-requests/{number}{path}")
    ask_as("GET", f"{DC}/pull-requests/1/merge")
    ask_as("GET", f"{DC}/pull-requests/1/comments/{next(iter(repo.pull_requests[1].comments))}")
    ask_as("GET", "/rest/jira/latest/projects/PLAT/repos/api/pull-requests/1/issues")
    ask_as("GET", f"/rest/build-status/latest/commits/{head}?orderBy=NEWEST")
    ask_as("GET", f"/rest/build-status/latest/commits/stats/{head}")


def datacenter_dates(ask_as, fake, repo):
    """As 10.3 and later write them."""
    fake.settings.iso_dates = True
    for path in ("", "/activities", f"/comments/{next(iter(repo.pull_requests[1].comments))}"):
        ask_as("GET", f"{DC}/pull-requests/1{path}")
    for path in ("/webhooks", "/commits"):
        ask_as("GET", DC + path)
    fake.settings.iso_dates = False


def datacenter_writes(ask_as, repo):
    head = repo.branches["main"]
    ask_as("POST", f"{DC}/branches", json_body={"name": "made", "startPoint": head})
    made = ask_as("POST", f"{DC}/pull-requests", 201, json_body={
                      "title": "Made", "fromRef": {"id": "refs/heads/made"}, "toRef": {"id": "refs/heads/main"},
                      "reviewers": [{"user": {"name": "linus"}}]
                  }).json["id"]
    said = ask_as("POST", f"{DC}/pull-requests/1/comments", 201, json_body={"text": "Look"}).json["id"]
    ask_as("POST", f"{DC}/pull-requests/1/comments", 201, json_body={"text": "I do", "parent": {"id": said}})
    pr = repo.pull_requests[1]
    ask_as.fake.change.resolve_comment(repo, pr, pr.comments[said])
    ask_as("GET", f"{DC}/pull-requests/1/activities?limit=100")
    for status in ("APPROVED", "NEEDS_WORK", "UNAPPROVED"):
        ask_as("PUT", f"{DC}/pull-requests/1/participants/bot", json_body={"user": {"name": "bot"}, "status": status})
    ask_as("POST", f"{DC}/pull-requests/2/approve", json_body={})
    ask_as("DELETE", f"{DC}/pull-requests/2/approve")
    ask_as("POST", f"{DC}/pull-requests/1/merge?version={repo.pull_requests[1].version}", json_body={"message": "Done"})
    ask_as("POST", f"{DC}/pull-requests/2/decline?version=99", 409, json_body={})
    ask_as("POST", f"{DC}/pull-requests/2/decline?version={repo.pull_requests[2].version}", json_body={})
    ask_as("POST", f"{DC}/pull-requests/2/reopen?version={repo.pull_requests[2].version}", json_body={})
    ask_as("DELETE", f"{DC}/pull-requests/{made}", 204, json_body={"version": 0})
    ask_as("GET", f"/rest/branch-utils/latest/projects/PLAT/repos/api/branches/info/{head}")
    ask_as("DELETE", "/rest/branch-utils/latest/projects/PLAT/repos/api/branches", 204, json_body={"name": "made"})
    build = {"key": "made", "state": "SUCCESSFUL", "url": "https://ci.acme.example/9"}
    ask_as("POST", f"{DC}/commits/{head}/builds", 204, json_body=build)
    ask_as("POST", f"/rest/build-status/latest/commits/{head}", 204, json_body=build)
    hook = {
        "name": "ours", "url": "https://hooks.acme.example/x", "active": True, "events": ["repo:refs_changed"],
        "configuration": {"secret": "s"}, "sslVerificationRequired": True
    }
    for owner in (DC, "/rest/api/latest/projects/PLAT"):
        number = ask_as("POST", f"{owner}/webhooks", 201, json_body=hook).json["id"]
        ask_as("GET", f"{owner}/webhooks/{number}")
        ask_as("PUT", f"{owner}/webhooks/{number}", json_body=hook | {"active": False})
        ask_as("DELETE", f"{owner}/webhooks/{number}", 204)
    insights = f"/rest/insights/latest/projects/PLAT/repos/api/commits/{head}"
    report = f"{insights}/reports/scan-1"
    ask_as("PUT", report, json_body={"title": "Scan", "result": "FAIL", "data": []})
    ask_as("POST", f"{report}/annotations", 204,
           json_body={"annotations": [{"message": "Bad", "severity": "HIGH", "externalId": "one"}]})
    for path in (f"{insights}/reports", report, f"{report}/annotations", f"{insights}/annotations?severity=HIGH"):
        ask_as("GET", path)
    ask_as("DELETE", f"{report}/annotations", 204)
    ask_as("DELETE", report, 204)


def datacenter_errors(ask_as, reader):
    ask_as("GET", "/rest/api/latest/projects/NONE", 404)
    ask_as("GET", "/rest/api/latest/projects/PLAT/repos/none", 404)
    ask_as("GET", f"{DC}/commits/{'f' * 40}", 404)
    ask_as("GET", f"{DC}/pull-requests/99", 404)
    reader("GET", f"{DC}/webhooks", 401)


def tour(checks, watch):
    """Asks for everything; `watch(fake)` is called with each of the two fakes before it begins."""
    with sample_fake() as fake:
        watch(fake)
        repo = fake.world.repository("api")
        writer, admin = Session(fake, checks, WRITER), Session(fake, checks, ADMIN)
        cloud_reads(writer, repo)
        datacenter_reads(admin, repo)
        datacenter_dates(admin, fake, repo)
        datacenter_errors(admin, Session(fake, checks, f"Bearer {sample.READ_PAT}"))
        cloud_writes(writer, fake, repo)
        cloud_issues(writer, fake)
        cloud_errors(writer, fake)
    with sample_fake() as fake:
        watch(fake)
        datacenter_writes(Session(fake, checks, ADMIN), fake.world.repository("api"))
