"""Deployments and environments."""
from ..clock import pipeline_date
from ..entities import braced_uuid
from . import errors, paging, scopes
from .routes import REPO, ROUTES

# Of a deployment, what only `fields` shows.
HIDDEN = ("environment.name", "environment.environment_type")


def environment_uuid(repo, name):
    return braced_uuid("environment", repo.id, name)


def environments_of(repo):
    return list(dict.fromkeys(deployment.environment for deployment in repo.deployments))


def environment_type(name):
    return {"type": "deployment_environment_type", "name": name}


def show_state(deployment, results):
    """What has not begun has no dates, and an empty status."""
    state = {"type": f"deployment_state_{deployment.state.lower()}", "name": deployment.state}
    if deployment.state == "UNDEPLOYED":
        return state | {"status": {}}
    state |= {
        "url": f"{results}/steps/{deployment.pipeline.steps[-1].uuid}", "started_on": pipeline_date(deployment.started_on)
    }
    if deployment.status:
        state |= {
            "status": {"type": f"deployment_state_completed_{deployment.status.lower()}", "name": deployment.status},
            "completed_on": pipeline_date(deployment.completed_on)
        }
    return state


def show_deployment(request, repo, deployment):
    bodies, pipeline = request.bodies, deployment.pipeline
    results = f"https://bitbucket.org/{bodies.full_name(repo)}/pipelines/results/{pipeline.build_number}"
    commit = bodies.commit_reference(repo, pipeline.commit)
    del commit["links"]["self"]
    release = {
        "type": "deployment_release", "uuid": braced_uuid("release", repo.id, deployment.number),
        "name": f"#{pipeline.build_number}", "key": f"pipelines-{pipeline.uuid}", "commit": commit,
        "url": results, "pipeline": {"type": "pipeline", "uuid": pipeline.uuid}, "created_on": pipeline_date(
            pipeline.created_on)
    }
    shown = {
        "type": "deployment", "uuid": deployment.uuid, "version": 1, "state": show_state(deployment, results),
        "key": f"steps-{pipeline.steps[-1].uuid}", "step": {"type": "pipeline_step", "uuid": pipeline.steps[-1].uuid},
        "environment": {
            "type": "deployment_environment", "uuid": environment_uuid(repo, deployment.environment),
            "name": deployment.environment, "environment_type": environment_type(deployment.environment)
        },
        "release": release, "deployable": release, "commit": commit
    }
    if deployment.last_update:
        shown["last_update_time"] = pipeline_date(deployment.last_update)
    return shown


@ROUTES.get(REPO + "/deployments", scopes.PIPELINE)
def deployments(request, repo):
    """`q` is ignored without a word, `sort` is refused, and the order says nothing of when they were."""
    if request.one("sort"):
        raise errors.bad_request("Bad request", detail="sort is not supported")
    return paging.numbered(request, sorted(repo.deployments, key=lambda each: each.uuid),
                           lambda each: show_deployment(request, repo, each),
                           hidden=[f"values.{path}" for path in HIDDEN])


@ROUTES.get(REPO + "/deployments/{uuid}", scopes.PIPELINE)
def deployment(request, repo, uuid):
    found = next((each for each in repo.deployments if each.uuid == uuid), None)
    if not found:
        raise errors.not_found()
    return paging.partial.select(show_deployment(request, repo, found), request.one("fields"), HIDDEN)


@ROUTES.get(REPO + "/environments", scopes.PIPELINE)
def environments(request, repo):
    names = environments_of(repo)
    return paging.numbered(request, names, lambda name: show_environment(repo, name, names.index(name)))


@ROUTES.get(REPO + "/environments/{uuid}", scopes.PIPELINE)
def environment(request, repo, uuid):
    names = environments_of(repo)
    found = next((name for name in names if environment_uuid(repo, name) == uuid), None)
    if not found:
        raise errors.not_found()
    return show_environment(repo, found, names.index(found))


def show_environment(repo, name, rank):
    return {
        "type": "deployment_environment", "uuid": environment_uuid(
            repo, name), "name": name, "slug": name.lower(), "rank": rank, "hidden": False, "category": {"name": name},
        "environment_lock_enabled": True, "deployment_gate_enabled": False, "lock": {
            "type": "deployment_environment_lock_open", "name": "OPEN"
        }, "restrictions": {"type": "deployment_restrictions_configuration", "admin_only": False},
        "environment_type": environment_type(name) | {"rank": rank}
    }
