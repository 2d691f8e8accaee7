"""The fake Bitbucket's answers have the shape of recorded ones: nothing that is always there is missing, no type is another."""
import json
import pathlib
import sys
import urllib.parse

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
import harness
import openapi_check
import shapes
from fake_bitbucket.cloud.routes import ROUTES as CLOUD
from fake_bitbucket.datacenter.routes import ROUTES as DATACENTER
from fake_tour import tour

# What recorded answers have that the service does not, or no longer.
SET_ASIDE = {
    "rest-cloud/goscm-user_workspaces.json": "made up; the document shows another shape",
    "rest-cloud/atlpy-POST-repo_pipelines_PipelineUuid_stopPipeline.json": "a body where the document says 204",
    "rest-cloud/goscm-userEmail.json": "made up", "rest-cloud/goscm-pr_diffstat.json": "after the redirect",
    "rest-cloud/faros-pull_requests_with_activities-diff_stat.json": "after the redirect",
    "rest-dc/goscm-branch_create.json": "another service's answer",
    "rest-dc/jenkins-1.0-projects-amuniz-repos-test-repos-commits-046d9a3c1532acf4cf08fe93235c00e4d673c1d3-builds.json": "Cloud's shape",
    "rest-dc/jenkins-build-status-1.0-commits-046d9a3c1532acf4cf08fe93235c00e4d673c1d3.json": "Cloud's shape",
}
# (end of the route's template, end of the path): why it is not here, or why it is.
ALLOWED = {
    ("", "username"): "removed for privacy", ("/user", "website"): "removed", ("/user", "links/followers"): "removed",
    ("/user", "links/following"): "removed",
    ("/user", "links/hooks"): "removed", ("/user", "links/repositories"): "removed", ("/user", "links/snippets"): "removed",
    ("/merge", "closed_on"): "of 2020, and in no schema", ("/decline", "closed_on"): "of 2020, and in no schema",
    ("/merge", "merge_commit/author"): "of 2020", ("/merge", "merge_commit/date"): "of 2020",
    ("/merge", "merge_commit/message"): "of 2020", ("/merge", "merge_commit/summary"): "of 2020",
    ("/activity", "values/*/comment"): "told by the document's text",
    ("/activity", "values/*/approval"): "told by the document's text",
    ("/activity", "values/*/changes_requested"): "told by the document's text",
    ("", "properties/mergeCommit"): "recorded in webhooks", ("", "properties/commentCount"): "left out where there is none",
    ("/pipelines", "state/result"): "a run that ended before it was answered", ("/pipelines", "status_code"): "as above",
}
PAGES = {"next", "previous", "page", "pagelen", "size", "nextPageStart", "start", "limit", "isLastPage"}
RECORDED = harness.ROOT.parent / "shared" / "recorded"


def segments_of(endpoint):
    """(method, router, path without its product's prefix) of an entry of the index; None where it names no endpoint."""
    words = endpoint.replace(" .../", " /2.0/repositories/w/r/").split(" -> ")[0].split(" ")
    path = urllib.parse.urlsplit(words[1] if len(words) > 1 else "").path
    segments = [urllib.parse.unquote(part) for part in path.strip("/").split("/")]
    if segments[0] == "2.0":
        return words[0], CLOUD, segments[1:]
    return (words[0], DATACENTER, segments[1:]) if segments[0] == "rest" else None


class Recorded:
    """All that was recorded: the shape of each endpoint's answers, and what was seen in bodies of each `type`."""
    def __init__(self):
        self.routes = {}  # route -> (product, shape, how many)
        self.members = {}  # type -> names
        self.beyond = 0
        for product, folder in (("cloud", "rest-cloud"), ("datacenter", "rest-dc")):
            for line in (RECORDED / folder / "INDEX.tsv").read_text(encoding="utf-8").splitlines()[1:]:
                name, endpoint = line.split("\t")[:2]
                self._read(product, f"{folder}/{name}", endpoint)

    def _read(self, product, name, endpoint):
        where = segments_of(endpoint)
        route = where and where[1].find(where[0], where[2])[0]
        if not route or name in SET_ASIDE or "fields=" in endpoint:
            self.beyond += 1
            return
        body = json.loads((RECORDED / name).read_text(encoding="utf-8"))
        one_of_many = endpoint.endswith("}")  # several answers of one kind in a list; else the rows of a page
        for each in body if one_of_many else [{"values": body}] if isinstance(body, list) else [body]:
            self._add(product, route, each)

    def _add(self, product, route, body):
        if isinstance(body, dict) and "errors" not in body and body.get("type") != "error":
            _, shape, count = self.routes.get(route, (product, shapes.Shape(), 0))
            shape.add(body)
            self.routes[route] = (product, shape, count + 1)
            self._note(body)

    def _note(self, value):
        """Remembers the members of everything in it that has a type."""
        for each in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
            self._note(each)
        if isinstance(value, dict) and isinstance(value.get("type"), str):
            self.members.setdefault(value["type"], set()).update(value)


def allowed(route, path):
    return any(route.template.endswith(template) and path.endswith(end) for template, end in ALLOWED)


class Answered:
    """What the fake answers: shapes by route, and the types that stand at each path."""
    def __init__(self):
        self.routes = {}
        self.types = {}  # (route, path) -> types
        self.templates = {}  # route -> an address

    def look(self, request, response):
        router = CLOUD if request.segments[0] == "2.0" else DATACENTER
        route = router.find(request.method, request.segments[1:])[0]
        if response.status < 300 and response.body and response.headers["Content-Type"].startswith("application/json"):
            body = json.loads(response.body)
            self.routes.setdefault(route, shapes.Shape()).add(body)
            self.templates[route] = request.path
            self._note(route, body, ())

    def _note(self, route, value, path):
        if isinstance(value, dict):
            if isinstance(value.get("type"), str):
                self.types.setdefault((route, path), set()).add(value["type"])
            for name, each in value.items():
                self._note(route, each, (*path, name))
        elif isinstance(value, list):
            for each in value:
                self._note(route, each, (*path, "*"))


def compare(route, product, want, answered, recorded, document, checks):
    have, name = answered.routes[route], f"{product} {route.method} {route.template}"
    template = document.find(answered.templates[route])[0]
    checks.none(
        f"{name} lacks {path}" for path in shapes.missing(want, have) if path not in PAGES and not allowed(route, path))
    checks.none(f"{name} has {path}" for path in shapes.other_types(want, have))
    for path in shapes.invented(want, have):
        *parent, member = path.split("/")
        kinds = answered.types.get((route, tuple(parent)), set())
        known = any(member in recorded.members.get(kind, ()) for kind in kinds)
        if path not in PAGES and not known and not document.declares(route.method, template,
                                                                     path.split("/")) and not allowed(route, path):
            checks.that(False, f"{name} invents {path}")


def test(_, __, checks):
    if not RECORDED.is_dir():
        raise harness.Skip(f"no recorded answers in {RECORDED}")
    if openapi_check.available():
        raise harness.Skip(openapi_check.available())
    answered, recorded = Answered(), Recorded()
    tour(checks, lambda fake: fake.observers.append(answered.look))
    documents = {product: openapi_check.Document(product) for product in openapi_check.DOCUMENTS}
    for route, (product, shape, _count) in recorded.routes.items():
        if checks.that(route in answered.routes, f"{route.method} {route.template} was recorded and has no body here"):
            compare(route, product, shape, answered, recorded, documents[product], checks)
    print(f"{sum(row[2] for row in recorded.routes.values())} recorded answers of {len(recorded.routes)} endpoints; "
          f"{recorded.beyond} of others")


harness.main(test)
