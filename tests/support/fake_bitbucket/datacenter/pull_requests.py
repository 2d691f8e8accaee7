"""Pull requests: lists, their parts, and what opens or edits one."""
from .. import graph
from ..http_message import json_response
from . import errors, paging
from .routes import PULL_REQUEST, REPO, REPO_READ, ROUTES

STATES = ("OPEN", "MERGED", "DECLINED", "ALL")


@ROUTES.get(REPO + "/pull-requests", REPO_READ)
def pull_requests(request, repo):
    """Open ones unless asked for others. There is no filter by time."""
    state = request.one("state", "OPEN").upper()
    if state not in STATES:
        raise errors.bad_request(f"{state} is no state of a pull request", "state")
    at, text, draft = request.one("at"), (request.one("filterText") or "").lower(), request.one("draft")
    side = "source_branch" if request.one("direction", "INCOMING").upper() == "OUTGOING" else "destination_branch"
    rows = [
        pr for pr in repo.pull_requests.values()
        if state in ("ALL", pr.state) and (not at or at == f"refs/heads/{getattr(pr, side)}")
        and text in f"{pr.title} {pr.description}".lower() and (draft is None or pr.draft == (draft == "true"))
    ]
    if request.one("order", "NEWEST").upper() == "NEWEST":
        rows = rows[::-1]
    return paging.paged(request, rows, lambda pr: request.bodies.pull_request(repo, pr))


@ROUTES.post(REPO + "/pull-requests", REPO_READ)
def open_pull_request(request, repo):
    wanted = request.json() or {}
    source, destination = (((wanted.get(side) or {}).get("id") or "").removeprefix("refs/heads/")
                           for side in ("fromRef", "toRef"))
    if not wanted.get("title") or source not in repo.branches or destination not in repo.branches:
        raise errors.bad_request("A pull request needs a title and two branches", "fromRef")
    reviewers = [
        request.world.users.get(((each or {}).get("user") or {}).get("name")) for each in wanted.get("reviewers") or ()
    ]
    if None in reviewers:
        raise errors.bad_request("No such reviewer", "reviewers")
    made = request.fake.change.open_pull_request(repo, source, destination, wanted["title"], request.fake.actor(request),
                                                 reviewers,
                                                 wanted.get("description") or "", bool(wanted.get("draft")))
    return json_response(request.bodies.pull_request(repo, made), 201)


@ROUTES.get(PULL_REQUEST, REPO_READ)
def pull_request(request, repo, pr):
    return request.bodies.pull_request(repo, pr)


@ROUTES.get(PULL_REQUEST + "/activities", REPO_READ)
def activities(request, repo, pr):
    """Newest first. A comment stands where it was made, as it is now, with its replies; one that was deleted nowhere."""
    def shown(activity):
        comment = activity.what.get("comment")
        return not comment or not (comment.deleted or comment.parent)

    return paging.paged(request, [each for each in pr.activities[::-1] if shown(each)],
                        lambda each: request.bodies.activity(repo, pr, each))


@ROUTES.get(PULL_REQUEST + "/commits", REPO_READ)
def commits(request, repo, pr):
    source = pr.source_repository or repo
    rows = graph.walk(source.commits, [pr.source_hash], [pr.destination_hash])
    return paging.paged(request, rows, lambda at: request.bodies.commit(source.commits[at]))


@ROUTES.get(PULL_REQUEST + "/changes", REPO_READ)
def changes(request, repo, pr):
    """Never more than one page, and `start` does not count."""
    source = pr.source_repository or repo
    found = {}
    for at in reversed(graph.walk(source.commits, [pr.source_hash], [pr.destination_hash])):
        found.update({change.path: change for change in source.commits[at].changes})
    limit = min(paging.number(request, "limit", paging.MAX), request.fake.settings.rows_max)
    values = [request.bodies.change(source, pr.source_hash, change) for change in list(found.values())[:limit]]
    return {
        "fromHash": pr.destination_hash, "toHash": pr.source_hash, "properties": {"changeScope": "ALL"}, "values": values,
        "size": len(values), "isLastPage": len(values) == len(found), "start": 0, "limit": limit
    }


@ROUTES.get("/jira/{version}/projects/{project}/repos/{slug}/pull-requests/{pull_request}/issues", REPO_READ)
def issues(request, repo, pr):
    """Those of Jira that the title names."""
    return [{"key": key, "url": f"https://jira.acme.example/browse/{key}"} for key in request.world.jira if key in pr.title]
