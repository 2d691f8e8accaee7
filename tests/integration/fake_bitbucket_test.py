"""The fake Bitbucket answers as Atlassian's own documents say, endpoint by endpoint, and no endpoint is left out."""
import json
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
import harness
import openapi_check
from fake_bitbucket.cloud.routes import ROUTES as CLOUD
from fake_bitbucket.datacenter.routes import ROUTES as DATACENTER
from fake_tour import API, DC, tour


def reached_route(request, response):
    """The endpoint whose handler answered."""
    if response.status >= 400:
        return None
    router = CLOUD if request.segments[0] == "2.0" else DATACENTER
    return router.find(request.method, request.segments[1:])[0]


def errors_are_found(checks):
    """A check that passes everything would pass this file too."""
    documents = {product: openapi_check.Document(product) for product in openapi_check.DOCUMENTS}
    for product, method, target, body, status, answer, where in (("cloud", "GET", "/2.0/user", b"", 200, {
            "uuid": "{1}"
    }, "[type missing]"), ("cloud", "GET", f"{API}/refs/branches", b"", 200, {
            "values": [{"type": "branch", "name": 7}]
    }, "[values/*/name type]"), ("cloud", "GET", f"{API}/refs/branches?size=3", b"", 200, {
            "values": []
    }, "[query:size]"), ("cloud", "GET", f"{API}/pullrequests?state=ALL", b"", 200, {
            "values": []
    }, "[query:state enum]"), ("cloud", "POST", f"{API}/pullrequests", b'{"type": "pullrequest", "title": 1}', 201, {
            "type": "pullrequest"
    }, "[request/title type]"), ("cloud", "GET", f"{API}/nonsense", b"", 200, {},
                                 "[path]"), ("cloud", "PATCH", API, b"", 200, {},
                                             "[path]"), ("datacenter", "GET", f"{DC}/branches", b"", 418, {},
                                                         "[status:418]"), ("datacenter", "GET", f"{DC}/branches", b"", 200,
                                                                           {"isLastPage": "no"}, "[isLastPage type]"),
                                                                 ("datacenter", "GET", f"{DC}/branches?orderBy=AGE", b"",
                                                                  200, {}, "[query:orderBy enum]")):
        found = documents[product].check(method, target, "application/json", body, status, "application/json",
                                         json.dumps(answer))
        checks.that(len(found) == 1 and where in found[0], f"{where} of {method} {target}: {found}")


def plain(path):
    """A template without the names of its parameters."""
    return "/".join("{}" if part.startswith("{") else part for part in path.strip("/").split("/"))


def scopes_as_documented(checks, document):
    """What each Cloud endpoint wants is what Atlassian's table says."""
    table = {}
    for line in (openapi_check.SHARED / "cloud-scope-map.tsv").read_text(encoding="utf-8").splitlines()[1:]:
        method, path, classic, granular = line.split("\t")[:4]
        table[method, plain(path)] = (path, set(classic.split()), set(granular.split()))
    for route in CLOUD.routes:
        path, *want = table.get((route.method, plain(route.template)), (None, ))
        if path and not document.excepted(route.method, path, "scopes"):
            checks.equal([set(route.needs.classic), set(route.needs.granular)], want,
                         f"scopes of {route.method} {route.template}")


def test(_, __, checks):
    why_not = openapi_check.available()
    if why_not:
        raise harness.Skip(why_not)
    watch, reached = openapi_check.Watch(), set()

    def follow(fake):
        watch.follow(fake)
        fake.observers.append(lambda request, response: reached.add(reached_route(request, response)))

    tour(checks, follow)
    scopes_as_documented(checks, watch.documents["cloud"])
    errors_are_found(checks)
    checks.none(dict.fromkeys(watch.problems))
    checks.none(f"nothing asked for {route.method} {route.template}" for router in (CLOUD, DATACENTER)
                for route in router.routes if route not in reached)
    checks.none(f"nothing needs the exception {' '.join(row[:4])}" for row in watch.unused())
    print(f"{watch.seen} exchanges")


harness.main(test)
