"""Pipelines, their steps and logs."""
import re

from ..http_message import Response, json_response, no_content
from . import errors, filtering, paging, scopes
from .routes import PIPELINE, REPO, ROUTES

SORTS = ("created_on", "creator.uuid", "run_creation_date")
STATUSES = {
    "PARSING": "PENDING", "PENDING": "PENDING", "BUILDING": "IN_PROGRESS", "PAUSED": "IN_PROGRESS", "HALTED": "IN_PROGRESS",
    "PASSED": "SUCCESSFUL", "FAILED": "FAILED", "STOPPED": "STOPPED", "ERROR": "ERROR"
}


def wants(request, repo, pipeline):
    """Whether the endpoint's own parameters choose it; `q` never counts."""
    have = {
        "target.branch": pipeline.ref_name, "target.ref_name": pipeline.ref_name, "target.ref_type": "BRANCH",
        "target.commit.hash": pipeline.commit, "creator.uuid": pipeline.creator.uuid, "trigger_type": pipeline.trigger,
        "target.selector.pattern": pipeline.pattern
    }
    if any(request.one(name) not in (None, value) for name, value in have.items()):
        return False
    statuses = request.all("status")
    return not statuses or any(STATUSES.get(status) in (pipeline.state, pipeline.result) for status in statuses)


@ROUTES.get(REPO + "/pipelines", scopes.PIPELINE)
def pipelines(request, repo):
    """Oldest first unless sorted, and `next` forgets the sort."""
    if not repo.pipelines_enabled:
        raise errors.not_found()
    rows = [each for each in repo.pipelines if wants(request, repo, each)]
    if request.one("sort"):
        descending = filtering.ordering(request.one("sort"), SORTS)[1]
        rows = rows[::-1] if descending else rows
    drops = ("sort", ) if request.fake.settings.pipelines_forget_sort else ()
    return paging.numbered(request, rows, lambda each: request.bodies.pipeline(repo, each), next_drops=drops)


@ROUTES.post(REPO + "/pipelines", scopes.PIPELINE_RUN)
def run(request, repo):
    wanted = request.json() or {}
    target = wanted.get("target") or {}
    if not repo.pipelines_enabled:
        raise errors.not_found()
    if target.get("ref_name") not in repo.branches:
        raise errors.bad_request("Bad request", detail="The target of the pipeline does not exist")
    made = request.fake.change.run_pipeline(repo, target["ref_name"], request.fake.actor(request), "MANUAL",
                                            (target.get("selector") or {}).get("pattern"),
                                            wanted.get("variables") or ())
    return json_response(request.bodies.pipeline(repo, made), 201)


@ROUTES.get(PIPELINE, scopes.PIPELINE)
def pipeline(request, repo, pipeline):
    return request.bodies.pipeline(repo, pipeline)


@ROUTES.post(PIPELINE + "/stopPipeline", scopes.PIPELINE_STOP)
def stop(request, repo, pipeline):
    if pipeline.state == "COMPLETED":
        raise errors.bad_request("The pipeline has already completed")
    request.fake.change.stop_pipeline(repo, pipeline, request.fake.actor(request))
    return no_content()


@ROUTES.get(PIPELINE + "/steps", scopes.PIPELINE)
def steps(request, repo, pipeline):
    return paging.numbered(request, pipeline.steps, lambda step: request.bodies.step(pipeline, step))


def step_of(pipeline, uuid):
    found = next((step for step in pipeline.steps if step.uuid == uuid), None)
    if not found:
        raise errors.not_found()
    return found


@ROUTES.get(PIPELINE + "/steps/{step}", scopes.PIPELINE)
def step(request, repo, pipeline, step):
    return request.bodies.step(pipeline, step_of(pipeline, step))


@ROUTES.get(PIPELINE + "/steps/{step}/log", scopes.PIPELINE)
def log(request, repo, pipeline, step):
    """Of a finished step it lies in a storage elsewhere, which wants no credential and refuses one."""
    found = step_of(pipeline, step)
    if found.log is None:
        raise errors.not_found()
    if found.state == "COMPLETED" and request.fake.settings.log_storage:
        return Response(
            307, headers={"Location": f"{request.fake.storage_origin(request)}/log-storage/{found.uuid.strip('{}')}"})
    return ranged(request, found.log)


def ranged(request, content):
    headers = {"ETag": '"%d"' % len(content), "Accept-Ranges": "bytes"}
    if request.headers.get("If-None-Match") == headers["ETag"]:
        return Response(304, headers=headers)
    match = re.fullmatch(r"bytes=(\d+)-(\d*)", request.headers.get("Range") or "")
    if not match:
        return Response(200, content, "application/octet-stream", headers)
    first, last = int(match[1]), min(int(match[2] or len(content) - 1), len(content) - 1)
    if first > last:
        return Response(416, headers={"Content-Range": f"bytes */{len(content)}"})
    return Response(206, content[first:last + 1], "application/octet-stream",
                    headers | {"Content-Range": f"bytes {first}-{last}/{len(content)}"})
