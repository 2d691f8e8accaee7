"""Data Center's front door: who asks, whether they may, and which handler answers."""
from ..http_message import ApiError, Response, json_response
from . import errors
from .bodies import Bodies
from .permissions import permissions
from .routes import LOGIN, ROUTES

KINDS = {"pat", "password", "project_pat", "dc_oauth2"}


def answer(request):
    """The response to a request below /rest."""
    route, params = ROUTES.find(request.method, request.segments[1:])
    if not route:
        raise errors.error(405, "Method Not Allowed") if params else errors.not_found()
    request.credential = authenticate(request)
    headers = {}
    if request.credential and request.credential.user and request.fake.settings.names_user:
        headers = {"X-AUSERNAME": request.credential.user.name, "X-AUSERID": str(request.credential.user.id)}
    try:
        headers |= request.fake.limits.take_datacenter(request)
        _check_permission(request, route)
        _check_xsrf(request)
        result = route.handler(request, **_resolve(request, params))
    except ApiError as error:
        error.response.headers.update(headers)
        raise
    response = result if isinstance(result, Response) else json_response(result)
    response.headers.update(headers)
    return response


def authenticate(request):
    """The credential. No header is anonymous; a bad one is refused, or anonymous too where the instance is public."""
    header = request.headers.get("Authorization")
    if not header:
        return None
    credential = request.fake.credentials.find(header, KINDS)
    if credential and not credential.expired():
        return credential
    if request.fake.settings.public_instance:
        return None
    raise errors.captcha() if request.fake.settings.captcha else errors.unauthenticated()


def _check_permission(request, route):
    if route.needs is None:
        return
    if request.credential is None:
        if request.fake.settings.public_instance and request.method == "GET" and route.needs != LOGIN:
            return
        raise errors.anonymous()
    if route.needs != LOGIN and route.needs not in permissions(request.credential):
        raise errors.not_permitted()


def _check_xsrf(request):
    """A form post from a browser is what it is against; a client that says no-check, or sends JSON, passes."""
    if request.method in ("POST", "PUT", "DELETE") and request.fake.settings.xsrf_check:
        if request.headers.get("X-Atlassian-Token", "").lower() != "no-check":
            raise errors.xsrf()


def _resolve(request, params):
    """Keys and numbers become what they name."""
    request.bodies = Bodies(request.world, request.origin, "offset" if request.fake.settings.iso_dates else "ms")
    params.pop("version", None)
    if "project" in params:
        params["project"] = _project(request, params["project"])
    if "slug" in params:
        params["repo"] = _repository(request, params.pop("project"), params.pop("slug"))
    if "pull_request" in params:
        number = params.pop("pull_request")
        params["pr"] = params["repo"].pull_requests.get(int(number) if number.isdigit() else 0)
        if not params["pr"]:
            raise errors.no_such_pull_request(number)
    return params


def _project(request, key):
    found = next((each for each in request.world.projects.values() if each.key.lower() == key.lower()), None)
    if not found or not found.visible:
        raise errors.no_such_project(key)
    return found


def _repository(request, project, slug):
    repo = request.world.repository(slug) if not slug.startswith("{") else None
    if not repo or repo.project is not project or (request.credential and not request.credential.reaches(repo)):
        raise errors.no_such_repository(project.key, slug)
    if repo.denied:
        raise errors.not_permitted()
    return repo
