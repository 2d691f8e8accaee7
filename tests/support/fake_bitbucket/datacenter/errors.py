"""Data Center's errors. It answers 401 to missing permissions too; X-AUSERNAME tells them from a bad credential."""
from ..http_message import ApiError, json_response

EXCEPTIONS = "com.atlassian.bitbucket."


def error(status, message, exception=None, context=None, headers=None):
    name = EXCEPTIONS + exception if exception else None
    return ApiError(
        json_response({"errors": [{"context": context, "message": message, "exceptionName": name}]}, status, headers))


def unauthenticated():
    return error(401, "Authentication failed. Please check your credentials and try again.",
                 "auth.IncorrectPasswordAuthenticationException")


def captcha():
    return error(401, "CAPTCHA required. Your Bitbucket account has been marked with a CAPTCHA.",
                 "auth.CaptchaRequiredAuthenticationException")


def anonymous():
    return error(401, "You are not permitted to access this resource", "AuthorisationException")


def not_permitted():
    return error(401, "You are not permitted to access this resource", "AuthorisationException")


def no_such_repository(key, slug):
    return error(404, f"Repository {key}/{slug} does not exist.", "repository.NoSuchRepositoryException")


def no_such_project(key):
    return error(404, f"Project {key} does not exist.", "project.NoSuchProjectException")


def no_such_commit(revision, status=404):
    return error(status, f"Commit '{revision}' does not exist in repository.", "commit.NoSuchCommitException")


def no_such_pull_request(number):
    return error(404, f"No pull request exists with ID {number} for this repository.", "pull.NoSuchPullRequestException")


def stale(pr):
    return error(
        409,
        f"You are attempting to modify a pull request based on out-of-date information; it is at version {pr.version}.",
        "pull.PullRequestOutOfDateException")


def bad_request(message, context=None):
    return error(400, message, "ArgumentValidationException", context)


def not_found(message="The requested resource could not be found."):
    return error(404, message, "NoSuchResourceException")


def xsrf():
    return error(403, "XSRF check failed")


def rate_limited(headers):
    return error(429, "You have exceeded the rate limit for this resource.", None, headers=headers)
