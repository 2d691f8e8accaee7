"""Code Insights: reports on commits, and their annotations."""
from ..clock import pipeline_date
from ..entities import braced_uuid
from ..http_message import json_response, no_content
from . import errors, paging, scopes
from .routes import REPO, ROUTES
from .statuses import commit_of

REPORTS = REPO + "/commit/{revision}/reports"
ALLOWED = {"report_type": ("SECURITY", "COVERAGE", "TEST", "BUG"), "result": ("PASSED", "FAILED", "PENDING")}
ANNOTATION_ALLOWED = {
    "annotation_type": ("VULNERABILITY", "CODE_SMELL", "BUG"), "severity": ("CRITICAL", "HIGH", "MEDIUM", "LOW"),
    "result": ("PASSED", "FAILED", "SKIPPED", "IGNORED")
}
DATA_MAX, CALL_MAX, REPORT_MAX = 10, 100, 1000


def refuse_unless(condition, message):
    if not condition:
        raise errors.bad_request("Bad request", detail=message)


def check(fields, required, allowed):
    refuse_unless(isinstance(fields, dict), "an object is wanted")
    for name in required:
        refuse_unless(fields.get(name), f"{name} is required")
    for name, values in allowed.items():
        refuse_unless(fields.get(name) in (None, *values), f"{name} is none of {', '.join(values)}")


def report_of(repo, revision, report):
    found = repo.reports.get(commit_of(repo, revision), {}).get(report)
    if not found:
        raise errors.not_found()
    return found


def show_report(report):
    return report.fields | {
        "type": "report", "uuid": braced_uuid("report", report.id), "external_id": report.id, "created_on": pipeline_date(
            report.created_on), "updated_on": pipeline_date(report.updated_on)
    }


def show_annotation(annotation):
    return {"type": "report_annotation", "uuid": braced_uuid("annotation", annotation["external_id"])} | annotation


@ROUTES.get(REPORTS, scopes.REPOSITORY)
def reports(request, repo, revision):
    rows = list(repo.reports.get(commit_of(repo, revision), {}).values())
    return paging.numbered(request, rows, show_report)


@ROUTES.put(REPORTS + "/{report}", scopes.REPOSITORY)
def put_report(request, repo, revision, report):
    fields = request.json()
    check(fields, ("title", "details", "report_type"), ALLOWED)
    refuse_unless(len(fields.get("data") or ()) <= DATA_MAX, f"at most {DATA_MAX} data")
    commit = commit_of(repo, revision)
    return show_report(request.fake.change.report(repo, commit, report, fields, request.fake.actor(request)))


@ROUTES.get(REPORTS + "/{report}", scopes.REPOSITORY)
def get_report(request, repo, revision, report):
    return show_report(report_of(repo, revision, report))


@ROUTES.delete(REPORTS + "/{report}", scopes.REPOSITORY)
def delete_report(request, repo, revision, report):
    report_of(repo, revision, report)
    del repo.reports[commit_of(repo, revision)][report]
    return no_content()


@ROUTES.get(REPORTS + "/{report}/annotations", scopes.REPOSITORY)
def annotations(request, repo, revision, report):
    return paging.numbered(request, report_of(repo, revision, report).annotations, show_annotation)


@ROUTES.post(REPORTS + "/{report}/annotations", scopes.REPOSITORY)
def add_annotations(request, repo, revision, report):
    """A bare list. One with the id of another replaces it."""
    found, wanted = report_of(repo, revision, report), request.json()
    refuse_unless(isinstance(wanted, list) and 1 <= len(wanted) <= CALL_MAX, f"1 to {CALL_MAX} annotations a call")
    for annotation in wanted:
        check(annotation, ("external_id", "annotation_type", "summary"), ANNOTATION_ALLOWED)
        refuse_unless(annotation.get("line", 1) >= 1, "line is below 1")
    merged = {each["external_id"]: each for each in [*found.annotations, *wanted]}
    refuse_unless(len(merged) <= REPORT_MAX, f"at most {REPORT_MAX} annotations a report")
    found.annotations = list(merged.values())
    return json_response([show_annotation(annotation) for annotation in wanted])
