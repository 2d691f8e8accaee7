"""What reviewers and mergers do to a pull request."""
from ..change import Changes
from ..http_message import Response, json_response, no_content
from . import errors, filtering, paging, scopes
from .routes import PULL_REQUEST, ROUTES

STRATEGIES = ("merge_commit", "squash", "fast_forward", "squash_fast_forward", "rebase_fast_forward", "rebase_merge")


def _open(pr):
    if pr.state != "OPEN":
        raise errors.bad_request("You can't do this to a closed pull request.")


def _offer(path, give, withdraw):
    """What a reviewer says of an open pull request, and takes back."""
    @ROUTES.post(PULL_REQUEST + path, scopes.PULL_REQUEST_WRITE)
    def given(request, repo, pr):
        _open(pr)
        user = request.fake.actor(request)
        give(request.fake.change, repo, pr, user)
        role = "REVIEWER" if user in pr.reviewers else "PARTICIPANT"
        return request.bodies.participant(user, role, pr.verdicts.get(user.name))

    @ROUTES.delete(PULL_REQUEST + path, scopes.PULL_REQUEST_WITHDRAW)
    def withdrawn(request, repo, pr):
        _open(pr)
        withdraw(request.fake.change, repo, pr, request.fake.actor(request))
        return no_content()


_offer("/approve", Changes.approve, Changes.unapprove)
_offer("/request-changes", Changes.request_changes, Changes.withdraw_request)


@ROUTES.get(PULL_REQUEST + "/comments", scopes.PULL_REQUEST)
def comments(request, repo, pr):
    def show(comment):
        return request.bodies.comment(repo, pr, comment)

    return paging.numbered(request,
                           filtering.arrange(request, list(pr.comments.values()), show, None, ("created_on", "updated_on")),
                           show)


@ROUTES.get(PULL_REQUEST + "/comments/{comment}", scopes.PULL_REQUEST)
def one_comment(request, repo, pr, comment):
    found = pr.comments.get(int(comment) if comment.isdigit() else 0)
    if not found:
        raise errors.not_found()
    return request.bodies.comment(repo, pr, found)


@ROUTES.post(PULL_REQUEST + "/comments", scopes.PULL_REQUEST)
def comment(request, repo, pr):
    wanted = request.json() or {}
    text = (wanted.get("content") or {}).get("raw")
    if not text:
        raise errors.bad_request("Bad request", fields={"content": ["required"]})
    made = request.fake.change.comment(repo, pr, text, request.fake.actor(request), (wanted.get("parent") or {}).get("id"),
                                       wanted.get("inline"))
    return json_response(request.bodies.comment(repo, pr, made), 201)


@ROUTES.post(PULL_REQUEST + "/decline", scopes.PULL_REQUEST_WRITE)
def decline(request, repo, pr):
    _open(pr)
    request.fake.change.decline(repo, pr, request.fake.actor(request), (request.json() or {}).get("reason") or "")
    return request.bodies.pull_request(repo, pr)


@ROUTES.post(PULL_REQUEST + "/merge", scopes.PULL_REQUEST_WRITE)
def merge(request, repo, pr):
    """At once, or as a task that has to be asked for: where the client wants that, and where the merge takes too long."""
    _open(pr)
    wanted = request.json() or {}
    strategy = wanted.get("merge_strategy") or "merge_commit"
    if strategy not in STRATEGIES:
        raise errors.bad_request("Bad request", fields={"merge_strategy": [f"{strategy} is not allowed"]})
    if wanted.get("close_source_branch") is not None:
        pr.close_source_branch = wanted["close_source_branch"]
    request.fake.change.merge(repo, pr, request.fake.actor(request), wanted.get("message"), strategy.startswith("squash"),
                              strategy == "fast_forward")
    slow = request.fake.settings.slow_merges
    if request.one("async") == "true" or slow:
        task = f"{repo.id}-{pr.id}"
        request.fake.merge_tasks[task] = slow
        url = f"{request.bodies.pull_request_url(repo, pr)}/merge/task-status/{task}"
        return Response(202, headers={"Location": url})
    return request.bodies.pull_request(repo, pr)


@ROUTES.get(PULL_REQUEST + "/merge/task-status/{task}", scopes.PULL_REQUEST)
def merge_task(request, repo, pr, task):
    """PENDING as often as the settings say."""
    left = request.fake.merge_tasks.get(task)
    if left is None:
        raise errors.not_found()
    if left > 0:
        request.fake.merge_tasks[task] = left - 1
        return {"task_status": "PENDING", "links": {"self": {"href": f"{request.origin}{request.path}"}}}
    return {"task_status": "SUCCESS", "merge_result": request.bodies.pull_request(repo, pr)}
