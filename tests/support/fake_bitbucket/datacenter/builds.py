"""Build statuses of commits, by the present endpoint and by the old one, which alone can list. Deployments of a commit."""
from ..http_message import no_content
from . import errors, paging
from .commits import full
from .routes import REPO, REPO_READ, ROUTES

STATES = ("SUCCESSFUL", "FAILED", "INPROGRESS", "CANCELLED", "UNKNOWN")
OLD = "/build-status/{version}/commits"
OLD_MAX = 100


def store(request, repo, commit):
    wanted = request.json() or {}
    for name in ("key", "state", "url"):
        if not wanted.get(name):
            raise errors.bad_request(f"{name} is missing", name)
    if wanted["state"] not in STATES:
        raise errors.bad_request(f"{wanted['state']} is no state of a build", "state")
    request.fake.change.set_status(repo, commit, wanted["key"], wanted["state"], wanted["url"], wanted.get("name"),
                                   wanted.get("description") or "", wanted.get("ref"), request.fake.actor(request))
    return no_content()


@ROUTES.post(REPO + "/commits/{commit}/builds", REPO_READ)
def add(request, repo, commit):
    return store(request, repo, full(repo, commit))


@ROUTES.get(REPO + "/commits/{commit}/builds", REPO_READ)
def build(request, repo, commit):
    """One by its key."""
    key = request.one("key")
    if not key:
        raise errors.bad_request("A key must be given", "key")
    found = repo.statuses.get(full(repo, commit), {}).get(key)
    if not found:
        raise errors.error(404, f"No build status with key {key} exists", "build.NoSuchBuildStatusException")
    return request.bodies.build(found) | ({"ref": found.ref_name} if found.ref_name else {})


def holder(request, commit):
    """The repository that has the commit; the old endpoint names none."""
    return next((repo for repo in request.world.made if commit in repo.commits), None)


@ROUTES.get(OLD + "/{commit}", REPO_READ)
def builds(request, commit):
    repo = holder(request, commit)
    rows = list(repo.statuses.get(commit, {}).values())[-OLD_MAX:] if repo else []
    newest = request.one("orderBy", "NEWEST").upper() == "NEWEST"
    rows.sort(key=lambda status: status.updated_on, reverse=newest)
    return paging.paged(request, rows, request.bodies.build, OLD_MAX)


@ROUTES.post(OLD + "/{commit}", REPO_READ)
def add_by_the_old_path(request, commit):
    repo = holder(request, commit)
    if not repo:
        raise errors.no_such_commit(commit)
    return store(request, repo, commit)


@ROUTES.get(OLD + "/stats/{commit}", REPO_READ)
def stats(request, commit):
    repo = holder(request, commit)
    states = [status.state for status in (repo.statuses.get(commit, {}) if repo else {}).values()]
    return {
        name: states.count(state)
        for name, state in (("successful", "SUCCESSFUL"), ("inProgress", "INPROGRESS"), ("failed", "FAILED"),
                            ("cancelled", "CANCELLED"), ("unknown", "UNKNOWN"))
    }


@ROUTES.get(REPO + "/commits/{commit}/deployments", REPO_READ)
def deployment(request, repo, commit):
    """One by the three that name it; there is no list."""
    full(repo, commit)
    wanted = [request.one(name) for name in ("key", "environmentKey", "deploymentSequenceNumber")]
    if None in wanted:
        raise errors.bad_request("key, environmentKey and deploymentSequenceNumber must be given")
    found = next((each for each in repo.deployments
                  if each.pipeline.commit == commit and each.environment == wanted[1] and str(each.number) == wanted[2]),
                 None)
    if not found:
        raise errors.error(404, "No such deployment", "deployment.NoSuchDeploymentException")
    return {
        "deploymentSequenceNumber": found.number, "description": "", "displayName": f"#{found.number}", "environment": {
            "displayName": found.environment, "key": found.environment, "type": "PRODUCTION"
        }, "key": wanted[0], "lastUpdated": request.bodies.date(
            found.last_update), "state": found.status or found.state, "url": "https://ci.acme.example/deployments",
        "repository": request.bodies.repository(repo), "toCommit": request.bodies.minimal_commit(commit)
    }
