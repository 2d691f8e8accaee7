"""Branches and tags."""
import hashlib
import re

from ..http_message import Response, json_response, no_content
from . import errors, filtering, paging, scopes
from .routes import REPO, ROUTES

SORTS = ("name", "target.date")


@ROUTES.get(REPO + "/refs", scopes.REPOSITORY)
def refs(request, repo):
    rows = [("branch", name) for name in sorted(repo.branches)] + [("tag", name) for name in sorted(repo.tags)]
    return listing(request, rows, lambda row: getattr(request.bodies, row[0])(repo, row[1]))


@ROUTES.get(REPO + "/refs/branches", scopes.REPOSITORY)
def branches(request, repo):
    return listing(request, sorted(repo.branches), lambda name: request.bodies.branch(repo, name))


@ROUTES.get(REPO + "/refs/tags", scopes.REPOSITORY)
def tags(request, repo):
    return listing(request, sorted(repo.tags), lambda name: request.bodies.tag(repo, name))


def natural(name):
    """Numbers within a name count as numbers: v9 comes before v10."""
    return [(0, int(part), "") if part[0] in "0123456789" else (1, 0, part) for part in re.split("([0-9]+)", name) if part]


def listing(request, rows, show):
    """By their bytes unless sorted; sorted by name naturally."""
    return paging.numbered(request, filtering.arrange(request, rows, show, None, SORTS, {"name": natural}), show)


@ROUTES.get(REPO + "/refs/branches/{name...}", scopes.REPOSITORY)
def branch(request, repo, name):
    """Has an ETag; 304 where the client has it already."""
    if name not in repo.branches:
        raise errors.not_found(f"{name!r} does not exist in repository")
    tag = '"%s"' % hashlib.sha1(f"{name} {repo.branches[name]}".encode()).hexdigest()[:16]
    if request.headers.get("If-None-Match") == tag:
        return Response(304, headers={"ETag": tag})
    return json_response(paging.partial.select(request.bodies.branch(repo, name), request.one("fields")),
                         headers={"ETag": tag})


@ROUTES.get(REPO + "/refs/tags/{name...}", scopes.REPOSITORY)
def tag(request, repo, name):
    if name not in repo.tags:
        raise errors.not_found(f"{name!r} does not exist in repository")
    return request.bodies.tag(repo, name)


@ROUTES.post(REPO + "/refs/branches", scopes.BRANCH_WRITE)
def create_branch(request, repo):
    wanted = request.json() or {}
    head = repo.resolve((wanted.get("target") or {}).get("hash") or "")
    if not wanted.get("name") or not head:
        raise errors.bad_request("Bad request", fields={"name": ["required"]})
    if wanted["name"] in repo.branches:
        raise errors.bad_request("BRANCH_ALREADY_EXISTS")
    request.fake.change.push_head(repo, wanted["name"], head, request.fake.actor(request))
    return json_response(request.bodies.branch(repo, wanted["name"]), 201)


@ROUTES.delete(REPO + "/refs/branches/{name...}", scopes.BRANCH_DELETE)
def delete_branch(request, repo, name):
    if name not in repo.branches:
        raise errors.not_found(f"{name!r} does not exist in repository")
    request.fake.change.delete_branch(repo, name, request.fake.actor(request))
    return no_content()
