"""Deployments and environments."""
from ..clock import pipeline_date
from ..entities import braced_uuid
from . import errors, paging, scopes
from .routes import REPO, ROUTES

# Of a deployment, what only `fields` shows.
HIDDEN = ("environment.name", )


def environment_uuid(repo, name):
    return braced_uuid("environment", repo.id, name)


def environments_of(repo):
    return list(dict.fromkeys(deployment.environment for deployment in repo.deployments))


def show_deployment(request, repo, deployment):
    bodies, pipeline = request.bodies, deployment.pipeline
    results = f"https://bitbucket.org/{bodies.full_name(repo)}/pipelines/results/{pipeline.build_number}"
    state = {
        "type": f"deployment_state_{deployment.state.lower()}", "name": deployment.state,
        "url": f"{results}/steps/{pipeline.steps[-1].uuid}", "started_on": pipeline_date(deployment.started_on)
    }
    if deployment.status:
        state |= {
            "status": {"type": f"deployment_state_completed_{deployment.status.lower()}", "name": deployment.status},
            "completed_on": pipeline_date(deployment.completed_on)
        }
    commit = bodies.commit_reference(repo, pipeline.commit)
    del commit["links"]["self"]
    release = {
        "type": "deployment_release", "uuid": braced_uuid("release", repo.id, deployment.number),
        "name": f"#{pipeline.build_number}", "key": f"pipelines-{pipeline.uuid}", "commit": commit,
        "url": results, "pipeline": {"type": "pipeline", "uuid": pipeline.uuid}, "created_on": pipeline_date(
            pipeline.created_on)
    }
    return {
        "type": "deployment", "uuid": deployment.uuid, "version": 1, "state": state,
        "key": f"steps-{pipeline.steps[-1].uuid}", "step": {"type": "pipeline_step", "uuid": pipeline.steps[-1].uuid},
        "environment": {
            "type": "deployment_environment", "uuid": environment_uuid(repo, deployment.environment),
            "name": deployment.environment
        },
        "release": release, "deployable": release, "commit": commit, "last_update_time": pipeline_date(
            deployment.last_update)
    }


@ROUTES.get(REPO + "/deployments", scopes.PIPELINE)
def deployments(request, repo):
    """`q` is ignored without a word, `sort` is refused."""
    if request.one("sort"):
        raise errors.bad_request("Bad request", detail="sort is not supported")
    return paging.numbered(request, repo.deployments, lambda each: show_deployment(request, repo, each),
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
        "environment_type": {"type": "deployment_environment_type", "name": name, "rank": rank}
    }
