"""Build statuses of commits."""
from ..http_message import json_response
from . import errors, filtering, paging, scopes
from .routes import REPO, ROUTES

COMMIT = REPO + "/commit/{revision}"
STATES = ("SUCCESSFUL", "FAILED", "INPROGRESS", "STOPPED")


def commit_of(repo, revision):
    found = repo.resolve(revision)
    if not found:
        raise errors.commits_not_found([revision])
    return found


@ROUTES.get(COMMIT + "/statuses", scopes.REPOSITORY)
def statuses(request, repo, revision):
    commit, ref_name = commit_of(repo, revision), request.one("refname")
    rows = [each for each in repo.statuses.get(commit, {}).values() if not ref_name or each.ref_name == ref_name]

    def show(status):
        return request.bodies.status(repo, commit, status)

    return paging.numbered(request, filtering.arrange(request, rows, show, None, ("created_on", "updated_on", "key")), show)


@ROUTES.post(COMMIT + "/statuses/build", scopes.REPOSITORY)
def create(request, repo, revision):
    return json_response(store(request, repo, revision, request.json() or {}), 201)


@ROUTES.get(COMMIT + "/statuses/build/{key}", scopes.REPOSITORY)
def status(request, repo, revision, key):
    commit = commit_of(repo, revision)
    found = repo.statuses.get(commit, {}).get(key)
    if not found:
        raise errors.not_found()
    return request.bodies.status(repo, commit, found)


@ROUTES.put(COMMIT + "/statuses/build/{key}", scopes.REPOSITORY)
def update(request, repo, revision, key):
    return store(request, repo, revision, (request.json() or {}) | {"key": key})


def store(request, repo, revision, wanted):
    commit = commit_of(repo, revision)
    wrong = {name: ["required"] for name in ("key", "state", "url") if not wanted.get(name)}
    if wanted.get("state") not in STATES:
        wrong["state"] = [f"{wanted.get('state')!r} is not one of {', '.join(STATES)}"]
    if len(wanted.get("key") or "") > 40:
        wrong["key"] = ["at most 40 characters"]
    if wrong:
        raise errors.bad_request("Bad request", fields=wrong)
    made = request.fake.change.set_status(repo, commit, wanted["key"], wanted["state"], wanted["url"], wanted.get("name"),
                                          wanted.get("description") or "", wanted.get("refname"),
                                          request.fake.actor(request))
    return request.bodies.status(repo, commit, made)
