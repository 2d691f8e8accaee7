"""What services have answered, as recorded: each answer that a verb reads is understood, row by row."""
import json
import pathlib
import re
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
import harness
from fake_bitbucket import sample_fake
from rest_desk import REPOS, Desk

RECORDED = harness.ROOT.parent / "shared" / "recorded"
SHA = "a" * 40
CLOUD_REPOSITORY, DATACENTER_REPOSITORY = r"(?:\.\.\.|/2\.0/repositories/[^/]+/[^/?]+)", r"/projects/[^/]+/repos/[^/?]+"
# (instance, what the endpoint of the recording looks like, the verb that reads it, which request that is, what each row has)
LISTINGS = (
    ("cloud", r"/2\.0/repositories/[^/?]+", "repos list", r"/repositories/acme\?", ("name", "private")),
    ("cloud", CLOUD_REPOSITORY + "/refs/branches", "branches list", "/refs/branches", ("name", "hash")),
    ("cloud", CLOUD_REPOSITORY + "/commits(?:/master)?", "commits list", "/commits", ("hash", "date")),
    ("cloud", CLOUD_REPOSITORY + "/pullrequests", "prs list --state all", "/pullrequests", ("id", "state", "title")),
    ("cloud", CLOUD_REPOSITORY + "/pipelines/?", "pipelines list", "/pipelines", ("id", "state")),
    ("cloud", CLOUD_REPOSITORY + "/deployments/", "deployments list", "/deployments/", ("id", "state", "hash", "completed")),
    ("cloud", CLOUD_REPOSITORY + "/commit/[0-9a-f]+/statuses", f"statuses list {SHA}", "/statuses", ("key", "state")),
    ("cloud", CLOUD_REPOSITORY + "/hooks", "hooks list", "/hooks", ("id", "url", "active")),
    ("cloud", CLOUD_REPOSITORY + "/issues", "issues list", "/issues", ("key", "title", "state")),
    ("dc", "/projects", "projects list", "/projects", ("key", "name")),
    ("dc", "(?:/projects/[^/]+)?/repos", "repos list", "/repos", ("name", "private")),
    ("dc", DATACENTER_REPOSITORY + "/branches", "branches list", "/branches", ("name", "hash")),
    ("dc", DATACENTER_REPOSITORY + "/commits", "commits list", "/commits", ("hash", "date")),
    ("dc", DATACENTER_REPOSITORY + "/pull-requests", "prs list --state all", "/pull-requests", ("id", "state", "title")),
    ("dc", DATACENTER_REPOSITORY + "/webhooks", "hooks list", "/webhooks", ("id", "url", "active")),
)
OBJECTS = (
    ("cloud", CLOUD_REPOSITORY, "repos show", r"/repositories/acme/api(?:\?|$)", ("name", "private")),
    ("cloud", CLOUD_REPOSITORY + r"/pullrequests/\d+", "prs show 1", r"/pullrequests/1(?:\?|$)", ("id", "state", "title")),
    ("dc", DATACENTER_REPOSITORY, "repos show", r"/repos/api(?:\?|$)", ("name", "private")),
    ("dc", DATACENTER_REPOSITORY + r"/pull-requests/\d+", "prs show 1", r"/pull-requests/1(?:\?|$)", ("id", "state", "title")),
)
# What the service answered to a change that a verb makes; it has one row.
CHANGES = (
    ("cloud", CLOUD_REPOSITORY + r"/pullrequests/\d+/approve", "prs approve 1", "/pullrequests/1/approve", ()),
    ("cloud", CLOUD_REPOSITORY + r"/pullrequests/\d+/request-changes", "prs request-changes 1", "/pullrequests/1/request-changes", ()),
    ("cloud", CLOUD_REPOSITORY + r"/pullrequests/\d+/comments", "prs comment 1 --text text", "/pullrequests/1/comments", ()),
    ("cloud", CLOUD_REPOSITORY + r"/pullrequests/\d+/merge", "prs merge 1", "/pullrequests/1/merge", ()),
    ("cloud", CLOUD_REPOSITORY + r"/pullrequests/\d+/decline", "prs decline 1", "/pullrequests/1/decline", ()),
    ("cloud", CLOUD_REPOSITORY + "/pipelines", "pipelines run --branch main", "/pipelines/", ()),
    ("cloud", CLOUD_REPOSITORY + "/issues", "issues create --title title", "/issues", ()),
    ("cloud", CLOUD_REPOSITORY + "/commit/[0-9a-f]+/statuses/build", f"statuses set {SHA} --key k --state successful --url https://ci.example/1", "/statuses/build", ()),
    ("dc", DATACENTER_REPOSITORY + r"/pull-requests/\d+/comments", "prs comment 1 --text text", "/pull-requests/1/comments", ()),
)
# The first is what making one answers, the second a list.
SET_ASIDE = {"jenkins-2.0-repositories-amuniz-test-repos-hooks.json", "devlake-bitbucket_api_repositories.json"}
LAST = {"next": None, "isLastPage": True, "nextPageStart": None}


def recordings(method):
    """(instance, file, endpoint without query and product's prefix) of each request with this method."""
    for instance, folder in (("cloud", "rest-cloud"), ("dc", "rest-dc")):
        for line in (RECORDED / folder / "INDEX.tsv").read_text(encoding="utf-8").splitlines()[1:]:
            name, endpoint = line.split("\t")[:2]
            if name not in SET_ASIDE and not endpoint.endswith("404") and (found := re.match(method + r" (?:https?://[^/]+)?(?:/?rest/api/1\.0)?([^ ?]+)", endpoint)):
                yield instance, RECORDED / folder / name, found[1]


def read_by(kinds, method):
    """(what reads it, file) of each recording that one of these verbs reads."""
    for instance, path, endpoint in recordings(method):
        for kind in kinds:
            if kind[0] == instance and re.fullmatch(kind[1], endpoint):
                yield kind, path


def ask(desk, kind, body, method="GET"):
    instance, _, words, request, _ = kind
    desk.fake.faults.clear()
    desk.fake.faults.add(path=request, method=method, status=200, body=json.dumps(body))
    where = [] if words.startswith(("repos list", "projects")) else ["--repo", REPOS[instance]]
    return desk.rows(instance, *words.split(), *where)


def check_row(desk, kind, path, row):
    lacks = [name for name in kind[4] if row.get(name) in (None, "")]
    desk.checks.equal(lacks, [], f"{path.name}: what {kind[2]} does not show of {row}")


def check_listing(desk, kind, path):
    body = json.loads(path.read_text(encoding="utf-8"))
    values = body if isinstance(body, list) else body["values"]
    page = {"values": values, "size": len(values), "page": 1, "pagelen": len(values) + 1} | LAST
    rows = ask(desk, kind, {name: value for name, value in page.items() if value is not None})
    desk.checks.equal(len(rows), len(values), f"{path.name}: rows of {kind[2]}")
    for row in rows:
        check_row(desk, kind, path, row)


def check_object(desk, kind, path, method="GET"):
    rows = ask(desk, kind, json.loads(path.read_text(encoding="utf-8")), method)
    desk.checks.equal(len(rows), 1, f"{path.name}: rows of {kind[2]}")
    for row in rows:
        check_row(desk, kind, path, row)


def check_change(desk, kind, path):
    check_object(desk, kind, path, "POST")


def test(directory, _, checks):
    if not RECORDED.is_dir():
        raise harness.Skip(f"no recorded answers in {RECORDED}")
    with sample_fake() as fake:
        desk = Desk(directory, fake, checks)
        for kinds, check, method in ((LISTINGS, check_listing, "GET"), (OBJECTS, check_object, "GET"), (CHANGES, check_change, "POST")):
            read = list(read_by(kinds, method))
            checks.equal(sorted({kind[2] for kind in kinds} - {kind[2] for kind, _ in read}), [], "verbs without a recording")
            for kind, path in read:
                check(desk, kind, path)
            print(f"{len(read)} answers by {len(kinds)} verbs", flush=True)


harness.main(test)
