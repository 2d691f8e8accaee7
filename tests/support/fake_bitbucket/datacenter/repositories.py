"""The instance, its users, projects and repositories."""
from . import errors, paging
from .permissions import permissions
from .routes import LOGIN, PROJECT, PROJECT_VIEW, REPO, REPO_READ, ROUTES


@ROUTES.get("/api/{version}/application-properties")
def application_properties(request):
    """Open to everyone."""
    version = request.fake.settings.datacenter_version
    return {"version": version, "buildNumber": "9004000", "buildDate": "1710000000000", "displayName": "Bitbucket"}


@ROUTES.get("/api/{version}/users", LOGIN)
def users(request):
    wanted = (request.one("filter") or "").lower()
    rows = [
        user for user in request.world.users.values() if wanted in f"{user.name} {user.display_name} {user.email}".lower()
    ]
    return paging.paged(request, rows, request.bodies.user)


@ROUTES.get("/api/{version}/users/{name}", LOGIN)
def user(request, name):
    found = request.world.users.get(name)
    if not found:
        raise errors.error(404, f"No such user: {name}", "user.NoSuchUserException")
    return request.bodies.user(found)


@ROUTES.get("/api/{version}/admin/rate-limit/settings", LOGIN)
def rate_limit_settings(request):
    limits = request.fake.limits.datacenter
    return {
        "enabled": limits is not None,
        "defaultSettings": {"capacity": limits.capacity if limits else 60, "fillRate": limits.per_second if limits else 5}
    }


@ROUTES.get("/api/{version}/projects", PROJECT_VIEW)
def projects(request):
    wanted = (request.one("name") or "").lower()
    rows = [each for each in request.world.projects.values() if wanted in each.name.lower()]
    return paging.paged(request, rows, request.bodies.project, visible=lambda each: each.visible)


@ROUTES.get(PROJECT, PROJECT_VIEW)
def project(request, project):
    return request.bodies.project(project)


def visible(request):
    return lambda repo: not repo.hidden and (not request.credential or request.credential.reaches(repo))


@ROUTES.get(PROJECT + "/repos", REPO_READ)
def repositories_of(request, project):
    rows = of_project(request.world, project)
    return paging.paged(request, rows, request.bodies.repository, visible=visible(request))


def of_project(world, project):
    """Those of one project, in order; the lazily made ones all are of the same."""
    many = world.many if world.many and world.many.project is project else None
    made = [repo for repo in world.made if repo.project is project]
    return type(world.repositories())(made, many)


@ROUTES.get("/api/{version}/repos", REPO_READ)
def repositories(request):
    """Archived ones are hidden unless asked for, and those that the credential may not do enough with."""
    name, key = (request.one("name") or "").lower(), (request.one("projectkey") or "").lower()
    archived, permission = request.one("archived", "ACTIVE"), request.one("permission", "REPO_READ")
    rows = request.world.repositories()
    if permission not in (permissions(request.credential) if request.credential else {"REPO_READ"}):
        rows = []
    elif name or key or archived != "ALL" and any(repo.archived for repo in request.world.made):
        rows = [
            repo for repo in rows if name in repo.name.lower() and key in ("", repo.project.key.lower()) and (
                archived == "ALL" or repo.archived == (archived == "ARCHIVED"))
        ]
    return paging.paged(request, rows, request.bodies.repository, visible=visible(request))


@ROUTES.get(REPO, REPO_READ)
def repository(request, repo):
    return request.bodies.repository(repo)
