"""Cloud's front door: who asks, whether they may, and which handler answers."""
from ..credentials import USERLESS
from ..http_message import Response, json_response
from . import errors
from .bodies import Bodies
from .routes import ROUTES
from .scopes import NONE

KINDS = {"api_token", "oauth2", *USERLESS}
REMOVED = {("repositories", ), ("workspaces", ), ("user", "permissions", "workspaces"),
           ("user", "permissions", "repositories"), ("snippets", )}
APP_PASSWORDS = "App passwords were removed. Use an API token with your Atlassian e-mail address."
EXPIRED = "Access token expired. Use your refresh token to obtain a new access token."


def answer(request):
    """The response to a request below /2.0."""
    segments = request.segments[1:]
    if request.method in ("POST", "PUT") and not request.headers.get("Content-Length"):
        raise errors.error(411, "Length Required")
    route, params = ROUTES.find(request.method, segments)
    if not (route and route.needs is NONE):
        request.credential = authenticate(request)
    if tuple(part for part in segments if part) in REMOVED or _removed_pull_requests(segments):
        raise errors.removed()
    if not route:
        raise errors.error(405, "Method not allowed") if params else errors.not_found()
    headers = _describe(request, route)
    try:
        headers |= request.fake.limits.take_cloud(request, route)
        _check_scopes(request, route)
        result = route.handler(request, **_resolve(request, params))
    except errors.ApiError as error:
        error.response.headers.update(headers)
        raise
    response = result if isinstance(result, Response) else json_response(result)
    response.headers.update(headers)
    return response


def _removed_pull_requests(segments):
    return len(segments) == 2 and segments[0] == "pullrequests"


def authenticate(request):
    header = request.headers.get("Authorization")
    credential = request.fake.credentials.find(header, KINDS | {"app_password"})
    if not credential:
        raise errors.unauthorized()
    if credential.kind == "app_password":
        raise errors.unauthorized(APP_PASSWORDS)
    if credential.expired():
        raise errors.unauthorized(EXPIRED) if credential.kind == "oauth2" else errors.unauthorized()
    return credential


def _describe(request, route):
    """The headers that tell what the credential is and what the endpoint wants."""
    if not request.credential or not request.fake.settings.scope_headers:
        return {}
    return {
        "X-OAuth-Scopes": ", ".join(sorted(request.credential.scopes)), "X-Accepted-OAuth-Scopes": ", ".join(
            route.needs.of(request.credential)), "X-Credential-Type": request.credential.kind
    }


def _check_scopes(request, route):
    credential = request.credential
    if not credential:
        return
    wanted = route.needs.of(credential)
    if not credential.allows(wanted):
        raise errors.scope_missing(wanted, credential.scopes)
    if credential.kind in USERLESS and route.parts[0] == "user":
        raise errors.forbidden("This endpoint does not support token-based authentication")


def _resolve(request, params):
    """Workspace and slug become the repository, a number the pull request, a UUID the pipeline."""
    request.bodies = Bodies(request.world, request.origin)
    if "workspace" in params:
        _check_workspace(request, params.pop("workspace"), params.get("slug"))
    if "slug" in params:
        params["repo"] = _repository(request, params.pop("slug"))
    if "pull_request" in params:
        number = params.pop("pull_request")
        params["pr"] = params["repo"].pull_requests.get(int(number) if number.isdigit() else 0)
        if not params["pr"]:
            raise errors.not_found()
    if "pipeline" in params:
        params["pipeline"] = _pipeline(params["repo"], params["pipeline"])
    return params


def _check_workspace(request, name, slug):
    world = request.world
    if name not in (world.workspace, world.workspace_uuid) and not (name == "{}" and slug and slug.startswith("{")):
        raise errors.repository_not_found(name,
                                          slug) if slug else errors.not_found(f"No workspace with identifier '{name}'.")


def _repository(request, slug):
    repo = request.world.repository(slug)
    if not repo or not request.credential.reaches(repo):
        raise errors.repository_not_found(request.world.workspace, slug)
    if repo.denied:
        raise errors.forbidden("Access denied. You must have write or admin access.")
    return repo


def _pipeline(repo, name):
    if not repo.pipelines_enabled:
        raise errors.not_found()
    for pipeline in repo.pipelines:
        if name in (pipeline.uuid, str(pipeline.build_number)):
            return pipeline
    raise errors.not_found()
