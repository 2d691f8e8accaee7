"""Pull requests: lists, their parts, and what opens or edits one."""
from .. import graph
from ..http_message import Response, json_response
from . import errors, filtering, paging, scopes
from .commits import spec_of
from .routes import PULL_REQUEST, REPO, ROUTES

PAGELEN_MAX = 50
STATES = ("OPEN", "MERGED", "DECLINED", "SUPERSEDED")
FILTERS = {
    "updated_on", "created_on", "state", "id", "title", "draft", "author.uuid", "author.nickname", "author.account_id",
    "source.branch.name", "destination.branch.name", "source.commit.hash", "source.repository.full_name", "reviewers.uuid",
    "close_source_branch"
}
HIDDEN = ("values.participants", "values.reviewers", "values.rendered")  # a list shows them only to who asks


@ROUTES.get(REPO + "/pullrequests", scopes.PULL_REQUEST)
def pull_requests(request, repo):
    states = request.all("state")
    for state in states:
        if state not in STATES:
            raise errors.bad_request(f"Invalid state: {state}")
    wanted = request.one("q")
    if not states and (not wanted or "state" not in filtering.matcher(wanted, FILTERS)[1]):
        states = ["OPEN"]
    if len(states) > 1 and request.one("sort") and len(repo.pull_requests) > request.fake.settings.sort_states_max:
        raise errors.error(500, "Something went wrong")
    rows = [pr for pr in reversed(repo.pull_requests.values()) if not states or pr.state in states]

    def show(pr):
        return request.bodies.pull_request(repo, pr)

    rows = filtering.arrange(request, rows, show, FILTERS, ("updated_on", "created_on", "id"))
    return paging.numbered(request, rows, show, PAGELEN_MAX, hidden=HIDDEN)


@ROUTES.get(REPO + "/pullrequests/activity", scopes.PULL_REQUEST)
def activity_of_all(request, repo):
    rows = [(pr, each) for pr in repo.pull_requests.values() for each in pr.activities]
    return activities(request, repo, rows)


@ROUTES.get(PULL_REQUEST, scopes.PULL_REQUEST)
def pull_request(request, repo, pr):
    return paging.partial.select(request.bodies.pull_request(repo, pr), request.one("fields"))


@ROUTES.post(REPO + "/pullrequests", scopes.PULL_REQUEST_WRITE)
def open_pull_request(request, repo):
    wanted = request.json() or {}
    source = ((wanted.get("source") or {}).get("branch") or {}).get("name")
    destination = ((wanted.get("destination") or {}).get("branch") or {}).get("name") or repo.main_branch
    if not wanted.get("title") or source not in repo.branches or destination not in repo.branches:
        raise errors.bad_request("Bad request", fields={"source": ["required"]})
    reviewers = [
        request.world.user(each.get("uuid") or each.get("account_id") or "") for each in wanted.get("reviewers") or ()
    ]
    if None in reviewers:
        raise errors.bad_request("reviewers: Malformed reviewers list", fields={"reviewers": ["Malformed reviewers list"]})
    made = request.fake.change.open_pull_request(repo, source, destination, wanted["title"], request.fake.actor(request),
                                                 reviewers, wanted.get("description") or "", bool(wanted.get("draft")),
                                                 bool(wanted.get("close_source_branch")))
    return json_response(request.bodies.pull_request(repo, made), 201)


@ROUTES.put(PULL_REQUEST, scopes.PULL_REQUEST_WRITE)
def edit(request, repo, pr):
    if pr.state != "OPEN":
        raise errors.bad_request("Only open pull requests can be mutated")
    wanted = request.json() or {}
    fields = {name: wanted[name] for name in ("title", "description", "draft") if name in wanted}
    request.fake.change.edit_pull_request(repo, pr, request.fake.actor(request), **fields)
    return request.bodies.pull_request(repo, pr)


@ROUTES.get(PULL_REQUEST + "/commits", scopes.PULL_REQUEST)
def commits(request, repo, pr):
    if pr.fork_deleted:
        raise errors.not_found()
    source = pr.source_repository or repo

    def begin():
        return graph.walk(source.commits, [pr.source_hash], [pr.destination_hash])

    return paging.iterated(request, begin, lambda at: request.bodies.commit(source, source.commits[at]),
                           pages_may_be_asked=False)


@ROUTES.get(PULL_REQUEST + "/diffstat", scopes.PULL_REQUEST)
def diffstat(request, repo, pr):
    """Sends the client to the repository's own."""
    url = f"{request.bodies.repository_url(repo)}/diffstat/{spec_of(pr)}?from_pullrequest_id={pr.id}&topic=true"
    return Response(302, headers={"Location": url})


@ROUTES.get(PULL_REQUEST + "/statuses", scopes.PULL_REQUEST)
def statuses(request, repo, pr):
    rows = list(repo.statuses.get(pr.source_hash, {}).values())
    return paging.numbered(request, rows, lambda status: request.bodies.status(repo, pr.source_hash, status))


@ROUTES.get(PULL_REQUEST + "/activity", scopes.PULL_REQUEST)
def activity(request, repo, pr):
    return activities(request, repo, [(pr, each) for each in pr.activities])


def activities(request, repo, rows):
    """Newest first, whatever `q` and `sort` say; several kinds of entry, none with an id."""
    rows.sort(key=lambda row: row[1].id, reverse=True)
    rows = [row for row in rows if row[1].kind not in ("unapproved", "change_request_removed", "changes_request_removed")]
    return paging.numbered(request, rows, lambda row: entry(request.bodies, repo, *row), PAGELEN_MAX, sized=False)


def entry(bodies, repo, pr, activity):
    body = {"pull_request": bodies.pull_request_reference(repo, pr)}
    if activity.kind == "commented":
        return body | {"comment": bodies.comment(repo, pr, activity.what["comment"])}
    if activity.kind in ("approved", "changes_requested"):
        return body | {
            "approval" if activity.kind == "approved" else "changes_requested": {
                "date": paging_date(activity), "user": bodies.user(activity.user), "pullrequest": body["pull_request"]
            }
        }
    closing = {"merged": "MERGED", "declined": "DECLINED", "superseded": "SUPERSEDED"}
    source = bodies.source(repo, pr)
    if activity.kind == "rescoped" and source["commit"]:
        source["commit"] = bodies.commit_reference(repo, activity.what["new"], short=True)
    return body | {
        "update": {
            "state": closing.get(activity.kind, "OPEN"), "title": pr.title, "description": pr.description,
            "reason": pr.reason if activity.kind == "declined" else "", "author": bodies.user(
                activity.user), "date": paging_date(activity), "reviewers": [bodies.user(user) for user in pr.reviewers],
            "source": source, "destination": bodies.endpoint(repo, pr.destination_branch, pr.destination_hash), "changes": {
                name: {"old": old, "new": getattr(pr, name)} for name, old in activity.what.get("before", {}).items()
            }
        }
    }


def paging_date(activity):
    return filtering.moment(activity.date.isoformat()).isoformat(timespec="microseconds")
