"""What reviewers and mergers do to a pull request."""
from ..http_message import json_response, no_content
from . import errors, paging
from .routes import PULL_REQUEST, REPO_READ, REPO_WRITE, ROUTES

VERDICTS = {"APPROVED": "approve", "NEEDS_WORK": "request_changes"}


def _open(pr):
    if pr.state != "OPEN":
        raise errors.error(409, f"This pull request has already been {pr.state.lower()}.",
                           "pull.IllegalPullRequestStateException")


def _fresh(request, pr):
    """The version must be the one that the client saw."""
    version = request.one("version") or (request.json() or {}).get("version")
    if version is None or not str(version).lstrip("-").isdigit():
        raise errors.bad_request("A version must be given", "version")
    if int(version) not in (-1, pr.version):
        raise errors.stale(pr)


def _not_the_author(pr, user):
    if pr.author is user:
        raise errors.error(400, "Authors may not update their status.", "pull.InvalidPullRequestParticipantStatusException")


@ROUTES.put(PULL_REQUEST + "/participants/{name}", REPO_READ)
def participate(request, repo, pr, name):
    """One's own verdict only, and none on one's own pull request."""
    _open(pr)
    user, wanted = request.fake.actor(request), request.json() or {}
    status = wanted.get("status") or ("APPROVED" if wanted.get("approved") else "UNAPPROVED")
    if user.name != name:
        raise errors.not_permitted()
    _not_the_author(pr, user)
    if status == "UNAPPROVED":
        withdraw(request, repo, pr, user)
    elif status in VERDICTS:
        getattr(request.fake.change, VERDICTS[status])(repo, pr, user)
    else:
        raise errors.bad_request(f"{status} is no status", "status")
    return request.bodies.participant(user, "REVIEWER", pr.verdicts.get(user.name), pr.reviewed.get(user.name))


def withdraw(request, repo, pr, user):
    request.fake.change.unapprove(repo, pr, user)
    request.fake.change.withdraw_request(repo, pr, user)


@ROUTES.post(PULL_REQUEST + "/approve", REPO_READ)
def approve(request, repo, pr):
    _open(pr)
    user = request.fake.actor(request)
    _not_the_author(pr, user)
    request.fake.change.approve(repo, pr, user)
    return request.bodies.participant(user, "REVIEWER", pr.verdicts.get(user.name), pr.reviewed.get(user.name))


@ROUTES.delete(PULL_REQUEST + "/approve", REPO_READ)
def unapprove(request, repo, pr):
    _open(pr)
    user = request.fake.actor(request)
    withdraw(request, repo, pr, user)
    return request.bodies.participant(user, "REVIEWER", None, pr.reviewed.get(user.name))


@ROUTES.post(PULL_REQUEST + "/comments", REPO_READ)
def comment(request, repo, pr):
    wanted = request.json() or {}
    if not wanted.get("text"):
        raise errors.bad_request("A comment needs a text", "text")
    parent, anchor = (wanted.get("parent") or {}).get("id"), wanted.get("anchor")
    inline = {"path": anchor.get("path"), "to": anchor.get("line")} if anchor else None
    made = request.fake.change.comment(repo, pr, wanted["text"], request.fake.actor(request), parent, inline)
    return json_response(request.bodies.comment(repo, made), 201)


@ROUTES.get(PULL_REQUEST + "/comments", REPO_READ)
def comments(request, repo, pr):
    """Of one path only."""
    path = request.one("path")
    if not path:
        raise errors.bad_request("A path must be given", "path")
    rows = [each for each in pr.comments.values() if each.inline and each.inline.get("path") == path and not each.deleted]
    return paging.paged(request, rows, lambda each: request.bodies.comment(repo, each))


@ROUTES.get(PULL_REQUEST + "/comments/{number}", REPO_READ)
def one_comment(request, repo, pr, number):
    found = pr.comments.get(int(number) if number.isdigit() else 0)
    if not found or found.deleted:
        raise errors.error(404, f"Comment {number} does not exist", "comment.NoSuchCommentException")
    return request.bodies.comment(repo, found, [each for each in pr.comments.values() if each.parent == found.id])


@ROUTES.get(PULL_REQUEST + "/merge", REPO_READ)
def mergeability(request, repo, pr):
    _open(pr)
    return {"canMerge": True, "conflicted": False, "outcome": "CLEAN", "vetoes": []}


@ROUTES.post(PULL_REQUEST + "/merge", REPO_WRITE)
def merge(request, repo, pr):
    _open(pr)
    _fresh(request, pr)
    if request.credential.kind == "project_pat":
        raise errors.not_permitted()
    wanted = request.json() or {}
    request.fake.change.merge(repo, pr, request.fake.actor(request), wanted.get("message"), "squash"
                              in (wanted.get("strategyId") or ""))
    return request.bodies.pull_request(repo, pr)


@ROUTES.post(PULL_REQUEST + "/decline", REPO_READ)
def decline(request, repo, pr):
    _open(pr)
    _fresh(request, pr)
    request.fake.change.decline(repo, pr, request.fake.actor(request), (request.json() or {}).get("comment") or "")
    return request.bodies.pull_request(repo, pr)


@ROUTES.post(PULL_REQUEST + "/reopen", REPO_READ)
def reopen(request, repo, pr):
    _fresh(request, pr)
    if pr.state != "DECLINED":
        raise errors.error(409, "Only a declined pull request can be reopened.", "pull.IllegalPullRequestStateException")
    request.fake.change.reopen(repo, pr, request.fake.actor(request))
    return request.bodies.pull_request(repo, pr)


@ROUTES.get(PULL_REQUEST + "/participants", REPO_READ)
def participants(request, repo, pr):
    rows = request.bodies.reviewers(pr) + request.bodies.participants(pr)
    return paging.paged(request, rows, lambda row: row)


@ROUTES.delete(PULL_REQUEST, REPO_WRITE)
def delete(request, repo, pr):
    _fresh(request, pr)
    del repo.pull_requests[pr.id]
    return no_content()
