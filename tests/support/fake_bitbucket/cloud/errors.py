"""Cloud's errors. `detail` is an object, a string or missing, as the service has it."""
from ..http_message import ApiError, Response, json_response


def error(status, message, headers=None, **more):
    return ApiError(json_response({"type": "error", "error": {"message": message, **more}}, status, headers))


def not_found(message="Resource not found"):
    return error(404, message)


def repository_not_found(workspace, slug):
    return error(404, f"Repository {workspace}/{slug} not found")


def unauthorized(message="Token is invalid, expired, or not supported for this endpoint."):
    return error(401, message, {"WWW-Authenticate": 'Bearer realm="Atlassian"'})


def scope_missing(required, granted):
    return error(403,
                 "Your credentials lack one or more required privilege scopes.",
                 detail={"required": sorted(required), "granted": sorted(granted)})


def forbidden(message="Access denied. You must have write or admin access."):
    return error(403, message)


def removed():
    return error(410, "CHANGE-2770 - Functionality has been deprecated")


def bad_request(message, **more):
    return error(400, message, **more)


def commits_not_found(hashes):
    return error(404, "Commit not found", data={"shas": list(hashes)})


def rate_limited(headers):
    return ApiError(Response(429, b"Rate limit for this resource has been exceeded", "text/plain", headers))
