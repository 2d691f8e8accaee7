"""Code Insights: reports on commits, and their annotations, with this product's own names and bounds."""
from ..http_message import no_content
from . import errors, paging
from .commits import full
from .routes import REPO_READ, ROUTES

REPORTS = "/insights/{version}/projects/{project}/repos/{slug}/commits/{commit}/reports"
BOUNDS = {"title": 450, "details": 2000, "link": 2000}
SEVERITIES, TYPES, RESULTS = ("LOW", "MEDIUM", "HIGH"), ("VULNERABILITY", "CODE_SMELL", "BUG"), ("PASS", "FAIL")
DATA_MAX, MESSAGE_MAX, REPORT_MAX = 6, 2000, 1000


def report_of(repo, commit, key):
    found = repo.reports.get(full(repo, commit), {}).get(key)
    if not found:
        raise errors.error(404, f"Report {key} does not exist", "codeinsights.report.NoSuchReportException")
    return found


def show(request, report):
    return {"data": [], "createdDate": request.bodies.date(report.created_on)} | report.fields | {"key": report.id}


@ROUTES.get(REPORTS, REPO_READ)
def reports(request, repo, commit):
    rows = list(repo.reports.get(full(repo, commit), {}).values())
    return paging.paged(request, rows, lambda report: show(request, report))


@ROUTES.put(REPORTS + "/{key}", REPO_READ)
def put_report(request, repo, commit, key):
    fields = request.json() or {}
    if not fields.get("title"):
        raise errors.bad_request("A report needs a title", "title")
    for name, bound in BOUNDS.items():
        if len(fields.get(name) or "") > bound:
            raise errors.bad_request(f"{name} has more than {bound} characters", name)
    if fields.get("result") not in (None, *RESULTS) or len(fields.get("data") or ()) > DATA_MAX:
        raise errors.bad_request(f"A result is one of {', '.join(RESULTS)}, data are at most {DATA_MAX}", "result")
    at = full(repo, commit)
    return show(request, request.fake.change.report(repo, at, key, fields, request.fake.actor(request)))


@ROUTES.get(REPORTS + "/{key}", REPO_READ)
def get_report(request, repo, commit, key):
    return show(request, report_of(repo, commit, key))


@ROUTES.delete(REPORTS + "/{key}", REPO_READ)
def delete_report(request, repo, commit, key):
    repo.reports.get(full(repo, commit), {}).pop(key, None)
    return no_content()


@ROUTES.get(REPORTS + "/{key}/annotations", REPO_READ)
def annotations(request, repo, commit, key):
    return {"annotations": [{"reportKey": key} | each for each in report_of(repo, commit, key).annotations]}


@ROUTES.get("/insights/{version}/projects/{project}/repos/{slug}/commits/{commit}/annotations", REPO_READ)
def annotations_of_commit(request, repo, commit):
    rows = [{"reportKey": report.id} | each for report in repo.reports.get(full(repo, commit), {}).values()
            for each in report.annotations]
    severities, types = request.all("severity"), request.all("type")
    return {
        "annotations": [
            row for row in rows
            if (not severities or row["severity"] in severities) and (not types or row.get("type") in types)
        ]
    }


@ROUTES.post(REPORTS + "/{key}/annotations", REPO_READ)
def add_annotations(request, repo, commit, key):
    """Added to those that are there, whatever their ids; all or none of a call."""
    found, wanted = report_of(repo, commit, key), (request.json() or {}).get("annotations")
    if not isinstance(wanted, list) or not wanted:
        raise errors.bad_request("annotations are missing", "annotations")
    for each in wanted:
        if not each.get("message") or len(each["message"]) > MESSAGE_MAX or each.get("severity") not in SEVERITIES \
                or each.get("type") not in (None, *TYPES):
            raise errors.bad_request("An annotation needs a message, and a severity and type of this product",
                                     "annotations")
    if len(found.annotations) + len(wanted) > REPORT_MAX:
        raise errors.bad_request(f"A report has at most {REPORT_MAX} annotations", "annotations")
    found.annotations += wanted
    return no_content()


@ROUTES.delete(REPORTS + "/{key}/annotations", REPO_READ)
def delete_annotations(request, repo, commit, key):
    found, external = report_of(repo, commit, key), request.one("externalId")
    found.annotations = [each for each in found.annotations if external and each.get("externalId") != external]
    return no_content()
