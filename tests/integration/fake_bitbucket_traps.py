"""The fake Bitbucket's own traps: where it erred, tests of the client would lie."""
import http.client
import json
import pathlib
import resource
import ssl
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
import daemon
import harness
from asking import ADMIN, JIRA, READER, WRITER, ask, get, post, walk
from fake_bitbucket import graph, sample, sample_fake
from fake_bitbucket.credentials import basic
from fake_bitbucket.limits import Bucket, Window
from fake_bitbucket.oauth import s256

API, DC = "/2.0/repositories/acme/api", "/rest/api/latest/projects/PLAT/repos/api"
MANY = 100_000
MEMORY_MAX = 64 * 1024 * 1024  # what a walk through all of them may add


def cloud_pages(checks, _):
    with sample_fake() as fake:
        repo = fake.world.repository("api")
        for number in range(25):
            fake.change.push_head(repo, f"b/{number}", repo.branches["main"])
        pages = walk(fake, f"{API}/refs/branches?pagelen=10&sort=name")
        names = [name for page in pages for name in page.values("name")]
        checks.equal((sorted(names), [len(page.json["values"]) for page in pages]),
                     (sorted(repo.branches), [10, 10, len(names) - 20]), "branches")
        unsorted = [name for page in walk(fake, f"{API}/refs/branches?pagelen=10") for name in page.values("name")]
        checks.equal((unsorted.index("b/10") < unsorted.index("b/9"), names.index("b/9") < names.index("b/10")),
                     (True, True), "the order by bytes, and the natural one")
        fake.change.tag(repo, "b/3")
        both = [(row["name"], row["type"]) for page in walk(fake, f"{API}/refs?pagelen=10&sort=name&fields=next,values.name,values.type")
                for row in page.json["values"]]
        at = both.index(("b/3", "branch"))
        checks.equal((both[at:at + 3], len(both)), ([("b/3", "branch"), ("b/3", "tag"), ("b/4", "branch")], len(repo.branches) + len(repo.tags)),
                     "branches and tags in one")
        checks.equal(get(fake, f"{API}/refs?sort=type").status, 400, "refs by type")
        checks.that("next" not in pages[-1].json and "previous" not in pages[0].json, "the ends of a walk")
        checks.equal(len(walk(fake, f"{API}/refs/branches?pagelen=10&fields=values.name")), 1,
                     "pages of a projection without next")
        for wrong in ("pagelen=0", "pagelen=101", "pagelen=x", "page=0"):
            checks.equal(get(fake, f"{API}/refs/branches?{wrong}").status, 400, wrong)
        checks.equal(get(fake, f"{API}/pullrequests?pagelen=51").status, 400, "51 pull requests a page")
        slugs = [[slug for page in walk(fake, f"/2.0/repositories/acme?pagelen=2{sort}") for slug in page.values("slug")]
                 for fake.settings.unstable_order, sort in ((True, ""), (True, "&sort=created_on"))]
        checks.equal([len(set(each)) for each in slugs], [2, 4], "repositories of a walk without a sort, and with one")
        fake.settings.rows_max = 7
        small = [name for page in walk(fake, f"{API}/refs/branches?pagelen=10&sort=name") for name in page.values("name")]
        checks.equal((small, len(get(fake, f"{API}/refs/branches?pagelen=10").values())), (names, 7), "small pages")
        checks.equal(len(get(fake, f"{DC}/branches?limit=10", ADMIN).json["values"]), 7, "a small page of Data Center")
        fake.settings.rows_max = 1000
        fake.settings.endless_next = True
        last = walk(fake, f"{API}/refs/branches?pagelen=10", pages_max=6)[-1]
        checks.equal((last.json["values"], "next" in last.json), ([], True), "an endless next")
        fake.settings.next_origin = "https://elsewhere.example"
        checks.that(
            get(fake, f"{API}/refs/branches?pagelen=2").json["next"].startswith("https://elsewhere.example/2.0/"),
            "a foreign next")


def cloud_iterator(checks, _):
    """A walk that has begun is not disturbed by pushes."""
    with sample_fake() as fake:
        repo = fake.world.repository("api")
        before = set(repo.commits)
        first = get(fake, f"{API}/commits?pagelen=5")
        checks.that("page" not in first.json and "size" not in first.json and "ctx=" in first.json["next"],
                    f"first page: {first.json.keys()}")
        fake.change.push(repo, commits=5)
        hashes = first.values("hash") + [each for page in walk(fake, first.json["next"]) for each in page.values("hash")]
        checks.equal((len(hashes), set(hashes)), (len(before), before), "a walk with a push in its middle")
        checks.equal(get(fake, f"{API}/pullrequests/1/commits?page=1").status, 400, "a page of an iterator by its number")
        old, new = repo.commits[repo.branches["main"]].parents[0], repo.branches["main"]
        some = post(fake, f"{API}/commits?pagelen=100", form=[("include", new), ("exclude", old)])
        checks.equal(some.values("hash"), [new], "include and exclude in a form")
        paged = post(fake, f"{API}/commits?pagelen=2", form=[("include", new)])
        rest = [each for page in walk(fake, paged.json["next"]) for each in page.values("hash")]
        checks.equal(paged.values("hash") + rest, graph.walk(repo.commits, [new]), "a form's pages, by GET")
        gone = post(fake, f"{API}/commits", form=[("include", new), ("exclude", "f" * 40)])
        checks.equal((gone.status, gone.json["error"]["data"]), (404, {"shas": ["f" * 40]}), "a commit that is gone")


def pipelines_forget_their_sort(checks, _):
    with sample_fake() as fake:
        first = get(fake, f"{API}/pipelines/?sort=-created_on&pagelen=2")
        checks.equal(first.values("build_number"), [3, 2], "newest first")
        checks.equal(get(fake, first.json["next"]).values("build_number"), [3], "the next page, oldest first")
        checks.equal(
            get(fake, f"{API}/pipelines/?sort=-created_on&pagelen=2&page=2").values("build_number"), [1], "page 2, rebuilt")
        checks.equal(len(get(fake, f"{API}/pipelines/?q=created_on%3E2100-01-01").values()), 3, "q is ignored")
        checks.equal(get(fake, "/2.0/repositories/acme/scanner/pipelines/").status, 404, "pipelines not enabled")
        checks.equal(get(fake, f"{API}/deployments/?sort=created_on").status, 400, "sorted deployments")
        checks.equal(["name" in each for each in get(fake, f"{API}/deployments/").values("environment")], [False], "environments without a name")
        named = get(fake, f"{API}/deployments/?fields=%2Bvalues.environment.name")
        checks.equal(named.values("environment", "name"), ["Production"], "environments with one")


def filters(checks, _):
    with sample_fake() as fake:
        repos = "/2.0/repositories/acme"
        dates = sorted(get(fake, repos).values("updated_on"))
        for op, wanted in ((">", dates[2:]), (">=", dates[1:]), ("<", dates[:1])):
            query = f"updated_on {op} \"{dates[1]}\"".replace("+", "%2B").replace(" ", "%20")
            checks.equal(get(fake, f"{repos}?q={query}&sort=updated_on").values("updated_on"), wanted, f"updated_on {op}")
        checks.equal(
            get(fake, f"{repos}?q=project.key%3D%22SEC%22%20AND%20(name~%22SCAN%22%20OR%20slug=%22x%22)").values("slug"),
            ["scanner"], "and, or, ~")
        checks.equal(
            get(fake, f"{API}/pullrequests?q=state%20IN%20(%22MERGED%22,%22DECLINED%22)&sort=-updated_on").values("id"),
            [4, 3], "in")
        # Open ones, and those of all states that changed since; without a word of states it is open ones alone.
        states = "state%20IN%20(%22OPEN%22,%22MERGED%22,%22DECLINED%22,%22SUPERSEDED%22)"
        every = get(fake, f"{API}/pullrequests?q={states}&sort=created_on").json["values"]
        since = max(row["updated_on"] for row in every if row["state"] == "MERGED")
        changed = "updated_on%20%3E=%20%22" + since.replace("+", "%2B") + "%22"
        checks.equal(
            get(fake, f"{API}/pullrequests?q={states}%20AND%20(state%20=%20%22OPEN%22%20OR%20{changed})&sort=created_on").values("id"),
            [row["id"] for row in every if row["state"] == "OPEN" or row["updated_on"] >= since], "open or changed")
        checks.equal(get(fake, f"{API}/pullrequests?q={changed}&sort=created_on").values("id"),
                     [row["id"] for row in every if row["state"] == "OPEN" and row["updated_on"] >= since], "changed, of no named state")
        checks.equal(get(fake, f"{API}/pullrequests?q={states}%20AND%20(state%20=%20%22OPEN%22").status, 400, "an open parenthesis")
        checks.equal(get(fake, f"{API}/pullrequests?q=closed_on%3E2020-01-01").status, 400, "closed_on")
        checks.equal(get(fake, f"{repos}?q=slug%3D").status, 400, "a query that ends early")
        row = get(fake, f"{API}/pullrequests?state=OPEN").json["values"][0]
        checks.that("participants" not in row and "reviewers" not in row, "a list shows participants unasked")
        checks.that("participants" in get(fake, f"{API}/pullrequests?fields=%2Bvalues.participants").json["values"][0],
                    "+values.participants")
        checks.equal([len(row["source"]["commit"]["hash"]),
                      len(get(fake, f"{API}/commits").values("hash")[0])], [12, 40], "hashes")


def datacenter_pages(checks, _):
    """Rows are left out after a page was cut: start + size is not the next start."""
    with sample_fake() as fake:
        for number in range(10):
            fake.change.create_repository("PLAT", f"r{number}", hidden=number % 2 == 0)
        start, slugs, sizes = 0, [], []
        while start is not None:
            page = get(fake, f"/rest/api/latest/repos?limit=4&start={start}", ADMIN).json
            slugs, sizes = slugs + [row["slug"] for row in page["values"]], [*sizes, page["size"]]
            start = page.get("nextPageStart")
        checks.equal(slugs, [repo.slug for repo in fake.world.made if not repo.hidden], "repositories")
        checks.that(min(sizes[:-1]) < 4, f"sizes {sizes}")
        checks.equal(
            get(fake, "/rest/api/latest/repos?limit=5000", ADMIN).json["limit"], 1000, "the limit that the server takes")
        fake.settings.next_page_start_missing = True
        checks.that("nextPageStart" not in get(fake, "/rest/api/latest/repos?limit=4", ADMIN).json,
                    "nextPageStart is left out")


def credentials(checks, _):
    with sample_fake() as fake:
        checks.equal([
            get(fake, "/2.0/user", each).status
            for each in (WRITER, None, basic("bot", sample.APP_PASSWORD), "Bearer x", f"Bearer {sample.WORKSPACE_TOKEN}")
        ], [200, 401, 401, 401, 403], "/user")
        refused = ask(fake, "POST", f"{API}/pullrequests/1/approve", READER, json_body={})
        checks.equal((refused.status, refused.json["error"]["detail"]["required"]),
                     (403, ["read:pullrequest:bitbucket", "write:pullrequest:bitbucket"]), "a scope is missing")
        checks.equal(refused.headers["x-credential-type"], "api_token", "the credential's kind")
        checks.equal([
            get(fake, f"/2.0/repositories/acme/{slug}", f"Bearer {sample.REPOSITORY_TOKEN}").status
            for slug in ("api", "web")
        ], [200, 404], "a repository's token")
        checks.equal(
            get(fake, "/2.0/repositories/acme", f"Bearer {sample.REPOSITORY_TOKEN}").values("slug"), ["api"],
            "what it lists")
        fake.credentials.find(READER, {"api_token"}).admin = False
        checks.equal(get(fake, f"{API}/hooks", READER).status, 403, "hooks, for who is no administrator")
        fake.world.repository("web").denied = True
        checks.equal(get(fake, "/2.0/repositories/acme/web").status, 403, "a repository that is listed and not to be read")
        reader = f"Bearer {sample.READ_PAT}"
        denied, bad = get(fake, f"{DC}/webhooks", reader), get(fake, f"{DC}/webhooks", "Bearer nonsense")
        checks.equal((denied.status, denied.headers.get("x-ausername"), bad.status, bad.headers.get("x-ausername")),
                     (401, "grace", 401, None), "Data Center's two kinds of 401")
        fake.settings.public_instance = True
        open_to_all = get(fake, f"{DC}/branches", "Bearer nonsense")
        checks.equal((open_to_all.status, open_to_all.headers.get("x-ausername")), (200, None),
                     "a bad token on a public instance")
        checks.equal(
            ask(fake, "POST", f"{DC}/pull-requests/1/comments", ADMIN, json_body={"text": "x"}).status, 403,
            "without no-check")
        checks.equal([
            get(fake, f"/2.0/{path}").status for path in ("repositories", "repositories/", "workspaces", "pullrequests/ada")
        ], [410] * 4, "removed endpoints")
        checks.equal(
            ask(fake, "POST", f"{API}/pullrequests/1/approve", headers={"Content-Length": ""}).status, 411, "no length")


def token(fake, **form):
    return post(fake, "/site/oauth2/access_token", basic(sample.CLIENT_ID, sample.CLIENT_SECRET), form=form)


def oauth(checks, _):
    with sample_fake() as fake:
        fake.settings.refresh_grace_seconds = 0
        asked = get(fake, f"/site/oauth2/authorize?client_id={sample.CLIENT_ID}&response_type=code&state=s%26t", None)
        location = asked.headers["location"]
        checks.that(location.startswith(sample.CALLBACK + "?code=") and location.endswith("&state=s%26t"), location)
        code = location.partition("code=")[2].partition("&")[0]
        first = token(fake, grant_type="authorization_code", code=code).json
        checks.that(len(first["access_token"]) > 2500 and "scopes" not in first, "an access token is long")
        checks.equal(get(fake, "/2.0/user", f"Bearer {first['access_token']}").status, 200, "its use")
        checks.equal(
            token(fake, grant_type="authorization_code", code=code).json["error"], "invalid_grant", "a code, twice")
        second = token(fake, grant_type="refresh_token", refresh_token=first["refresh_token"]).json
        checks.that(second["refresh_token"] != first["refresh_token"], "refresh tokens rotate")
        checks.equal(
            token(fake, grant_type="refresh_token", refresh_token=first["refresh_token"]).status, 400,
            "the old one, after its grace")
        fake.settings.refresh_grace_seconds = 3600
        third = [token(fake, grant_type="refresh_token", refresh_token=second["refresh_token"]).json for _ in range(2)]
        checks.that(third[0]["refresh_token"] != third[1]["refresh_token"], "the old one, within its grace")
        fake.oauth.expire_access_tokens()
        late = get(fake, "/2.0/user", f"Bearer {third[0]['access_token']}")
        checks.that(late.status == 401 and late.json["error"]["message"].startswith("Access token expired."),
                    f"an expired one: {late}")
        app = token(fake, grant_type="client_credentials").json
        checks.that("refresh_token" not in app and app["scope"], "client_credentials")
        checks.equal(get(fake, "/2.0/user", f"Bearer {app['access_token']}").json["type"], "app_user", "who a client is")
        _datacenter_oauth(checks, fake)
        checks.equal(
            post(fake, "/site/oauth2/access_token", basic(sample.CLIENT_ID, "no"),
                 form={"grant_type": "client_credentials"}).status, 401, "a wrong secret")


def _datacenter_oauth(checks, fake):
    """The client's secret in the form, and a verifier that must fit its challenge."""
    verifier = "v" * 43
    codes = [
        get(
            fake, f"/rest/oauth2/latest/authorize?client_id={sample.DATACENTER_CLIENT_ID}&response_type=code"
            f"&code_challenge_method=S256&code_challenge={s256(verifier)}", None).headers["location"].partition("code=")[2]
        for _ in range(2)
    ]
    answers = [
        post(fake, "/rest/oauth2/latest/token", None, form={
                 "client_id": sample.DATACENTER_CLIENT_ID, "client_secret": sample.CLIENT_SECRET,
                 "grant_type": "authorization_code", "code": code, "code_verifier": each
             }) for code, each in zip(codes, (verifier, "x" * 43))
    ]
    checks.equal([answer.status for answer in answers], [200, 400], "the right verifier, and another")
    checks.equal(get(fake, DC, f"Bearer {answers[0].json['access_token']}").headers["x-ausername"], "ada", "who it is for")
    refused = get(
        fake, f"/rest/oauth2/latest/authorize?client_id={sample.DATACENTER_CLIENT_ID}&response_type=code"
        "&redirect_uri=http://127.0.0.1:8976/callback", None)
    checks.equal(refused.status, 400, "a callback without https")


def limits(checks, _):
    with sample_fake() as fake:
        fake.limits.cloud = Window(requests=3, seconds=3600)
        for form in ("seconds", "date", "absent"):
            fake.limits.cloud.form, fake.limits.cloud.used = form, {}
            answers = [get(fake, API) for _ in range(4)]
            last = answers[-1]
            checks.equal(([each.status for each in answers], last.headers["content-type"]),
                         ([200] * 3 + [429], "text/plain"), form)
            after = last.headers.get("retry-after")
            checks.that({
                "seconds": lambda: after.isdigit(), "date": lambda: after.endswith("GMT"), "absent": lambda: after is None
            }[form](), f"Retry-After, {form}: {after}")
        checks.equal(get(fake, f"{API}/hooks").status, 200, "webhooks have a budget of their own")
        fake.limits.datacenter = Bucket(capacity=2, per_second=0.001)
        checks.equal([get(fake, DC, ADMIN).status for _ in range(3)], [200, 200, 429], "Data Center's bucket")


def faults(checks, _):
    with sample_fake() as fake:
        fake.faults.add(path="/branches", status=503, times=2, skip=1, retry_after="seconds")
        checks.equal([get(fake, f"{API}/refs/branches").status for _ in range(4)], [200, 503, 503, 200],
                     "a fault that skips and counts")
        fake.faults.add(path="/comments", method="POST", drop=True, run=True)
        try:
            post(fake, f"{API}/pullrequests/1/comments", json_body={"content": {"raw": "once"}})
            checks.that(False, "an answer came")
        except (ConnectionError, OSError):
            pass
        except Exception as broken:  # http.client's own
            checks.that("RemoteDisconnected" in type(broken).__name__, f"{broken!r}")
        checks.equal(sum(each.text == "once" for each in fake.world.repository("api").pull_requests[1].comments.values()),
                     1, "it ran")
        fake.faults.add(path="/commits", cut=20)
        try:
            get(fake, f"{API}/commits")
            checks.that(False, "a whole body came")
        except Exception as broken:
            checks.that("IncompleteRead" in type(broken).__name__, f"{broken!r}")
        ask(fake, "POST", "/_fake/faults", None, json_body={"path": "/user", "status": 500})
        checks.equal([get(fake, "/2.0/user").status for _ in range(2)], [500, 200], "a fault by the control endpoint")
        checks.equal(
            ask(fake, "POST", "/_fake/faults", None, json_body={"pahth": 1}).status, 400, "a fault that is misspelled")
        ask(fake, "POST", "/_fake/change/push", None, json_body={"repo": "web", "branch": "x"})
        checks.that("x" in fake.world.repository("web").branches, "a change by the control endpoint")
        log = get(fake, "/_fake/requests?from=2", None).json
        checks.equal((log["count"], len(log["requests"])), (fake.log.count, fake.log.count - 1), "the log of requests")
        checks.that(sample.WRITE_TOKEN not in str(log) and "QVRBVFQ" not in str(log), "a secret in the log")


def logs(checks, _):
    with sample_fake() as fake:
        step = get(fake, f"{API}/pipelines/1/steps/").json["values"][0]["uuid"]
        moved = get(fake, f"{API}/pipelines/1/steps/{step}/log")
        checks.equal(moved.status, 307, "the log of a finished step")
        checks.that(fake.url not in moved.headers["location"], "it lies on another host")
        checks.equal([get(fake, moved.headers["location"], each).status for each in (None, WRITER)], [200, 400],
                     "with and without credential")
        part = ask(fake, "GET", moved.headers["location"], None, headers={"Range": "bytes=2-5"})
        checks.equal((part.status, part.body), (206, b"make"), "a part of it")
        running = get(fake, f"{API}/pipelines/3/steps/").json["values"]
        checks.equal([get(fake, f"{API}/pipelines/3/steps/{each['uuid']}/log").status for each in running], [200, 404],
                     "of a running one")


def versions(checks, _):
    """Data Center's optimistic lock, and Jira's pages."""
    with sample_fake() as fake:
        stale = post(fake, f"{DC}/pull-requests/1/merge?version=7", ADMIN, json_body={})
        version = get(fake, f"{DC}/pull-requests/1", ADMIN).json["version"]
        checks.equal(
            (stale.status, post(fake, f"{DC}/pull-requests/1/merge?version={version}", ADMIN, json_body={}).json["state"]),
            (409, "MERGED"), "merge")
        for number in range(7):
            fake.change.create_jira_issue("PLAT", f"Issue {number}")
        search = "/rest/api/3/search/jql?jql=project%3DPLAT&maxResults=4&fields=summary"
        first = get(fake, search, JIRA).json
        second = get(fake, f"{search}&nextPageToken={first.get('nextPageToken')}", JIRA).json
        keys = [row["key"] for row in first["issues"] + second["issues"]]
        third = get(fake, f"{search}&nextPageToken={second.get('nextPageToken')}", JIRA).json
        checks.equal((len(set(keys)), first["isLast"], third["isLast"], "total" in first), (8, False, True, False),
                     "Jira's pages")
        checks.equal(get(fake, "/rest/api/3/search/jql?jql=order+by+created", JIRA).status, 400, "unbounded JQL")
        checks.that("fields" not in get(fake, "/rest/api/3/search/jql?jql=project%3DPLAT", JIRA).json["issues"][0],
                    "fields unasked")


def connections(checks, directory):
    """Bodies in pieces, connections that are closed, another path, and TLS."""
    with sample_fake() as fake:
        whole = get(fake, API).json
        fake.settings.chunked = True
        answer = get(fake, API)
        checks.equal((answer.json, answer.headers.get("transfer-encoding")), (whole, "chunked"), "a body in pieces")
        fake.settings.requests_per_connection = 2
        connection = http.client.HTTPConnection(fake.host, fake.port, timeout=60)
        came = 0
        try:
            for _ in range(3):
                connection.request("GET", API, headers={"Authorization": WRITER})
                came += len(connection.getresponse().read()) > 0
        except (OSError, http.client.HTTPException):
            pass
        checks.equal(came, 2, "answers before the connection is closed")
        fake.settings.context_path = "/bitbucket"
        page = get(fake, f"/bitbucket{DC}/branches", ADMIN)
        checks.that(
            page.status == 200
            and get(fake, "/bitbucket/rest/api/latest/projects",
                    ADMIN).json["values"][0]["links"]["self"][0]["href"].startswith(f"{fake.url}/bitbucket/projects/"),
            "a context path")
    daemon.make_certificate(directory)
    with sample_fake(tls=(directory / "cert.pem", directory / "key.pem")) as fake:
        context = ssl.create_default_context(cafile=str(directory / "cert.pem"))
        connection = http.client.HTTPSConnection("127.0.0.1", fake.port, context=context, timeout=60)
        connection.request("GET", f"{API}/refs/branches?pagelen=1", headers={"Authorization": WRITER})
        checks.that(
            json.loads(connection.getresponse().read())["next"].startswith(f"https://127.0.0.1:{fake.port}/2.0/"),
            "next over TLS")


def many_repositories(checks, rng):
    """A hundred thousand cost what a page costs."""
    with sample_fake(repositories=MANY) as fake:
        total = len(fake.world.made) + MANY
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        pages, newest = total // 100 + 1, "updated_on%20%3E%202026-03-01&sort=-updated_on"
        for number in [*range(1, pages, 7), pages]:
            rows = get(fake, f"/2.0/repositories/acme?pagelen=100&fields=values.slug&page={number}").values()
            checks.equal(len(rows), 100 if number < pages else total % 100, f"repositories on page {number}")
        for number in range(1, 10):
            get(fake, f"/2.0/repositories/acme?pagelen=10&q={newest}&page={number}")
        grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) * 1024
        checks.that(grown < MEMORY_MAX, f"the walk took {grown >> 20} MiB")
        slug = f"many-{rng.randrange(MANY):06}"
        fake.change.push(fake.world.repository(slug), commits=2)
        checks.equal(len(get(fake, f"/2.0/repositories/acme/{slug}/commits").values()), 3,
                     "one of them keeps what was pushed")
        checks.equal(
            get(fake, f"/2.0/repositories/acme/{fake.world.repository(slug).uuid}").json["slug"], slug, "by its UUID")
        checks.equal(
            get(fake, f"/2.0/repositories/acme?pagelen=10&q={newest}").values("slug")[0], slug, "and is the newest")


def test(directory, rng, checks):
    connections(checks, directory)
    for trap in (cloud_pages, cloud_iterator, pipelines_forget_their_sort, filters, datacenter_pages, credentials, oauth,
                 limits, faults, logs, versions, many_repositories):
        print(trap.__name__, flush=True)
        trap(checks, rng)


harness.main(test)
