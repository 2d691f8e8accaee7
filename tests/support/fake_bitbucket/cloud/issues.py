"""Cloud's own issue tracker, as it was. Atlassian removed it on 20 August 2026; the settings say with which status that shows."""
from ..clock import cloud_date
from ..http_message import json_response
from . import errors, filtering, paging, scopes
from .bodies import SITE, links, rendered
from .routes import REPO, ROUTES

KINDS = ("bug", "enhancement", "proposal", "task")
PRIORITIES = ("trivial", "minor", "major", "critical", "blocker")
STATES = ("submitted", "new", "open", "resolved", "on hold", "invalid", "duplicate", "wontfix", "closed")
SORTS = ("id", "created_on", "updated_on", "priority", "state", "kind", "title")


def tracker(request, repo):
    if request.fake.settings.issues_removed:
        raise errors.error(request.fake.settings.issues_removed, "Repository has no issue tracker.")
    if not repo.issues_enabled:
        raise errors.not_found("Repository has no issue tracker.")
    return repo.issues


def issue_of(request, repo, number):
    found = tracker(request, repo).get(int(number) if number.isdigit() else 0)
    if not found:
        raise errors.not_found(f"Issue {number} not found")
    return found


def show_issue(request, repo, issue):
    url = f"{request.bodies.repository_url(repo)}/issues/{issue.id}"
    return {
        "type": "issue", "id": issue.id, "title": issue.title, "content": rendered(issue.text), "state": issue.state,
        "kind": issue.kind, "priority": issue.priority, "reporter": request.bodies.user(
            issue.reporter), "assignee": request.bodies.user(
                issue.assignee), "repository": request.bodies.repository_reference(repo), "created_on": cloud_date(
                    issue.created_on), "updated_on": cloud_date(issue.updated_on), "edited_on": None, "milestone": None,
        "component": None, "version": None, "votes": 0, "watches": 1, "links": links(
            self=url,
            html=f"{SITE}/{request.bodies.full_name(repo)}/issues/{issue.id}",
            comments=f"{url}/comments",
            attachments=f"{url}/attachments",
            watch=f"{url}/watch",
            vote=f"{url}/vote")
    }


def show_comment(request, repo, issue, comment):
    reference = {
        "type": "issue", "id": issue.id, "title": issue.title, "repository": request.bodies.repository_reference(repo),
        "links": links(self=f"{request.bodies.repository_url(repo)}/issues/{issue.id}")
    }
    return {
        "type": "issue_comment", "id": comment.id, "content": rendered(comment.text), "issue": reference,
        "user": request.bodies.user(comment.author), "created_on": cloud_date(comment.created_on), "updated_on": None,
        "links": links(self=f"{request.bodies.repository_url(repo)}/issues/{issue.id}/comments/{comment.id}",
                       html=f"{SITE}/{request.bodies.full_name(repo)}/issues/{issue.id}#comment-{comment.id}")
    }


@ROUTES.get(REPO + "/issues", scopes.ISSUE)
def issues(request, repo):
    def show(issue):
        return show_issue(request, repo, issue)

    return paging.numbered(request, filtering.arrange(request, list(tracker(request, repo).values()), show, None, SORTS),
                           show)


@ROUTES.post(REPO + "/issues", scopes.ISSUE_WRITE)
def create(request, repo):
    tracker(request, repo)
    wanted = request.json() or {}
    allowed = {"kind": KINDS, "priority": PRIORITIES}
    wrong = {name: ["invalid"] for name, values in allowed.items() if wanted.get(name) not in (None, *values)}
    if wrong or not wanted.get("title"):
        raise errors.bad_request("Bad request", fields=wrong or {"title": ["required"]})
    fields = {name: wanted[name] for name in allowed if wanted.get(name)}
    made = request.fake.change.create_issue(repo, wanted["title"], (wanted.get("content") or {}).get("raw") or "",
                                            request.fake.actor(request), **fields)
    return json_response(show_issue(request, repo, made), 201)


@ROUTES.get(REPO + "/issues/{number}", scopes.ISSUE)
def issue(request, repo, number):
    return show_issue(request, repo, issue_of(request, repo, number))


@ROUTES.put(REPO + "/issues/{number}", scopes.ISSUE_WRITE)
def update(request, repo, number):
    found, wanted = issue_of(request, repo, number), request.json() or {}
    if wanted.get("state") not in (None, *STATES):
        raise errors.bad_request("Bad request", fields={"state": ["invalid"]})
    for name in ("state", "title", "kind", "priority"):
        if wanted.get(name):
            setattr(found, name, wanted[name])
    found.updated_on = request.world.clock.tick()
    return show_issue(request, repo, found)


@ROUTES.delete(REPO + "/issues/{number}", scopes.ISSUE_DELETE)
def delete(request, repo, number):
    """Answers what it was, as recorded."""
    found = issue_of(request, repo, number)
    shown = show_issue(request, repo, found)
    del repo.issues[found.id]
    return shown | {"links": {"self": shown["links"]["self"]}}


@ROUTES.get(REPO + "/issues/{number}/comments", scopes.ISSUE)
def comments(request, repo, number):
    found = issue_of(request, repo, number)
    return paging.numbered(request, found.comments, lambda comment: show_comment(request, repo, found, comment))


@ROUTES.post(REPO + "/issues/{number}/comments", scopes.ISSUE_WRITE)
def comment(request, repo, number):
    found, text = issue_of(request, repo, number), ((request.json() or {}).get("content") or {}).get("raw")
    if not text:
        raise errors.bad_request("Bad request", fields={"content": ["required"]})
    made = request.fake.change.comment_issue(found, text, request.fake.actor(request))
    return json_response(show_comment(request, repo, found, made), 201)
