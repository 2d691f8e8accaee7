"""Commits between two revisions, single commits, and what changed."""
from .. import graph
from . import errors, paging
from .routes import REPO, REPO_READ, ROUTES

CHANGES_MAX = 1000


@ROUTES.get(REPO + "/commits", REPO_READ)
def commits(request, repo):
    """One `until`, inclusive, and one `since`, exclusive. What is missing is an error unless the client says otherwise."""
    until, since, tolerant = request.one("until"), request.one("since"), request.one("ignoreMissing") == "true"
    heads = [find(repo, until, tolerant)] if until else [repo.branches.get(repo.main_branch)]
    excluded = [find(repo, since, tolerant)] if since else []
    found = [] if heads == [None] else graph.walk(repo.commits, heads, [at for at in excluded if at])
    path, merges = request.one("path"), request.one("merges", "include")
    rows = [
        at for at in found if (not path or any(change.path == path for change in repo.commits[at].changes)) and (
            merges == "include" or (len(repo.commits[at].parents) > 1) == (merges == "only"))
    ]
    return paging.paged(request, rows, lambda at: request.bodies.commit(repo.commits[at]))


def find(repo, revision, tolerant):
    found = repo.resolve(revision)
    if not found and not tolerant:
        raise errors.no_such_commit(revision, 400)
    return found


@ROUTES.get(REPO + "/compare/commits", REPO_READ)
def compare(request, repo):
    heads = [find(repo, request.one(name) or repo.main_branch, False) for name in ("from", "to")]
    rows = graph.walk(repo.commits, heads[:1], heads[1:])
    return paging.paged(request, rows, lambda at: request.bodies.commit(repo.commits[at]))


def full(repo, commit):
    """By hash only, never by a ref's name."""
    if commit not in repo.commits and not (len(commit) >= 7 and any(at.startswith(commit) for at in repo.commits)):
        raise errors.no_such_commit(commit)
    return repo.resolve(commit)


@ROUTES.get(REPO + "/commits/{commit}", REPO_READ)
def one(request, repo, commit):
    return request.bodies.single_commit(repo, repo.commits[full(repo, commit)])


@ROUTES.get(REPO + "/commits/{commit}/changes", REPO_READ)
def changes(request, repo, commit):
    at = repo.commits[full(repo, commit)]
    return paging.paged(request, at.changes, lambda change: request.bodies.change(repo, at.hash, change), CHANGES_MAX,
                        more={"fromHash": None, "toHash": at.hash, "properties": {}})


@ROUTES.get(REPO + "/commits/{commit}/pull-requests", REPO_READ)
def pull_requests(request, repo, commit):
    at = full(repo, commit)
    rows = [
        pr for pr in repo.pull_requests.values() if at in graph.walk(repo.commits, [pr.source_hash], [pr.destination_hash])
    ]
    return paging.paged(request, rows, lambda pr: request.bodies.pull_request(repo, pr))
