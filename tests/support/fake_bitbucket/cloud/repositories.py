"""The user, the workspace, its projects and repositories."""
from ..http_message import json_response
from . import errors, filtering, paging, scopes
from .bodies import cloud_date
from .routes import REPO, ROUTES

SORTS = ("created_on", "updated_on", "name", "full_name", "slug")


@ROUTES.get("/user", scopes.USER)
def current_user(request):
    return request.bodies.current_user(request.credential.user)


@ROUTES.get("/users/{name}", scopes.scopes("", "read:user"))
def user(request, name):
    found = request.world.user(name)
    if not found:
        raise errors.not_found(f"No such user: {name}")
    return request.bodies.user(found) | {"created_on": cloud_date(request.world.workspace_created_on)}


@ROUTES.get("/user/workspaces", scopes.WORKSPACES)
def my_workspaces(request):
    def show(_):
        return {"type": "workspace_access", "administrator": True, "workspace": request.bodies.workspace_base()}

    return paging.numbered(request, [request.world.workspace], show)


@ROUTES.get("/user/workspaces/{workspace}/permission", scopes.WORKSPACES)
def my_permission(request):
    return {
        "type": "workspace_membership", "permission": "owner", "user": request.bodies.user(request.credential.user),
        "workspace": request.bodies.workspace_reference()
    }


@ROUTES.get("/user/workspaces/{workspace}/permissions/repositories", scopes.MY_REPOSITORIES)
def my_repositories(request):
    def show(repo):
        return {
            "type": "repository_permission", "permission": "admin", "user": request.bodies.user(request.credential.user),
            "repository": request.bodies.repository_reference(repo)
        }

    return paging.numbered(request, request.world.made, show)


@ROUTES.get("/user/emails", scopes.EMAIL)
def emails(request):
    def show(user):
        return {
            "type": "email", "email": user.email, "is_primary": True, "is_confirmed": True,
            "links": {"self": {"href": f"{request.bodies.api}/user/emails/{user.email}"}}
        }

    return paging.numbered(request, [request.credential.user], show)


@ROUTES.get("/workspaces/{workspace}", scopes.WORKSPACE)
def workspace(request):
    return request.bodies.workspace()


@ROUTES.get("/workspaces/{workspace}/members", scopes.WORKSPACES)
def members(request):
    def show(each):
        url = f"{request.bodies.api}/workspaces/{request.world.workspace}/members/{each.uuid}"
        return {
            "type": "workspace_membership", "user": request.bodies.user(each),
            "workspace": request.bodies.workspace_reference(), "links": {"self": {"href": url}}
        }

    return paging.numbered(request, list(request.world.users.values()), show)


@ROUTES.get("/workspaces/{workspace}/projects", scopes.PROJECT)
def projects(request):
    rows = [project for project in request.world.projects.values() if project.visible]
    return paging.numbered(request,
                           filtering.arrange(request, rows, request.bodies.project, None, ("key", "name", "updated_on")),
                           request.bodies.project)


@ROUTES.get("/workspaces/{workspace}/projects/{key}", scopes.PROJECT)
def project(request, key):
    found = request.world.projects.get(key)
    if not found or not found.visible:
        raise errors.not_found(f"Project {key} not found")
    return request.bodies.project(found)


@ROUTES.get("/repositories/{workspace}", scopes.REPOSITORY)
def repositories(request):
    return paging.numbered(request, listed(request), request.bodies.repository)


def listed(request):
    """The repositories that a listing shows. Which they are is remembered until the world changes, as numbers only:
    a walk through many pages costs one look at each."""
    fake, everything = request.fake, request.world.repositories()
    credential, wanted, order = request.credential, request.one("q"), request.one("sort")
    if fake.settings.unstable_order and not order and paging.page_number(request) % 2 == 0:
        return Chosen(everything, range(len(everything) - 1, -1, -1))
    if not wanted and not order and credential.reach == "*" and not any(repo.hidden for repo in request.world.made):
        return everything
    key = (wanted, order, credential.reach)
    if fake.listings.version != request.world.version:
        fake.listings.start(request.world.version)
    if key not in fake.listings.found:
        fake.listings.found[key] = choose(everything, credential, wanted, order, request.bodies.repository)
    return Chosen(everything, fake.listings.found[key])


def facts(repo):
    """What filters and sorts mostly look at, without the rest of a body: a hundred thousand whole ones take their time."""
    return {
        "updated_on": cloud_date(repo.updated_on), "created_on": cloud_date(repo.created_on), "name": repo.name,
        "slug": repo.slug, "full_name": repo.slug, "is_private": repo.private, "project": {"key": repo.project.key}
    }


FACTS = {"updated_on", "created_on", "name", "slug", "is_private", "project.key"}


def choose(everything, credential, wanted, order, show):
    """The places of those that `q` wants, in the order of `sort`."""
    test, fields = filtering.matcher(wanted) if wanted else (None, set())
    field, descending = filtering.ordering(order, SORTS) if order else (None, False)
    show = facts if fields <= FACTS else show
    found = []
    for at, repo in enumerate(everything):
        if not credential.reaches(repo):
            continue
        body = show(repo) if test or field else None
        if not test or test(body):
            found.append((str(filtering.member(body, field) or "") if field else "", at))
    if field:
        found.sort(key=lambda pair: pair[0], reverse=descending)
    return [at for _, at in found]


class Listings:
    """Which repositories a filter chose, in a world of one version."""
    def __init__(self):
        self.start(None)

    def start(self, version):
        self.version = version
        self.found = {}


class Chosen:
    """Some of a sequence, by their places."""
    def __init__(self, everything, places):
        self.everything = everything
        self.places = places

    def __len__(self):
        return len(self.places)

    def __getitem__(self, at):
        return [self.everything[place] for place in self.places[at]]


@ROUTES.get(REPO, scopes.REPOSITORY)
def repository(request, repo):
    return json_response(paging.partial.select(request.bodies.repository(repo), request.one("fields")))
