"""Branches, tags, and the server's own push log."""
from .. import graph
from ..http_message import Response, json_response
from . import errors, paging
from .routes import REPO, REPO_ADMIN, REPO_READ, REPO_WRITE, ROUTES


@ROUTES.get(REPO + "/default-branch", REPO_READ)
def default_branch(request, repo):
    if repo.main_branch not in repo.branches:
        raise errors.error(404, "The repository has no default branch.", "repository.NoDefaultBranchException")
    name = repo.main_branch
    return {"id": f"refs/heads/{name}", "displayId": name, "type": "BRANCH"}


@ROUTES.get(REPO + "/branches/default", REPO_READ)
def default_branch_by_its_old_path(request, repo):
    default_branch(request, repo)
    return request.bodies.branch(repo, repo.main_branch)


def chosen(request, repo, refs):
    """By name, or newest first."""
    wanted = (request.one("filterText") or "").lower()
    names = [name for name in refs if wanted in name.lower()]
    if request.one("orderBy", "MODIFICATION") == "ALPHABETICAL":
        return sorted(names)
    return sorted(names, key=lambda name: -repo.commits[refs[name]].number)


@ROUTES.get(REPO + "/branches", REPO_READ)
def branches(request, repo):
    return paging.paged(request, chosen(request, repo, repo.branches), lambda name: request.bodies.branch(repo, name))


@ROUTES.post(REPO + "/branches", REPO_WRITE)
def create_branch(request, repo):
    wanted = request.json() or {}
    head = repo.resolve(wanted.get("startPoint") or "")
    if not wanted.get("name") or not head:
        raise errors.bad_request("A branch needs a name and a start point", "name")
    request.fake.change.push_head(repo, wanted["name"], head, request.fake.actor(request))
    return json_response(request.bodies.branch(repo, wanted["name"]))


@ROUTES.delete("/branch-utils/{version}/projects/{project}/repos/{slug}/branches", REPO_WRITE)
def delete_branch(request, repo):
    name = ((request.json() or {}).get("name") or "").removeprefix("refs/heads/")
    if name not in repo.branches:
        raise errors.not_found(f"{name} does not exist")
    request.fake.change.delete_branch(repo, name, request.fake.actor(request))
    return Response(204)


@ROUTES.get("/branch-utils/{version}/projects/{project}/repos/{slug}/branches/info/{commit}", REPO_READ)
def branches_with(request, repo, commit):
    names = [name for name, head in sorted(repo.branches.items()) if graph.is_ancestor(repo.commits, commit, head)]
    return paging.paged(request, names, lambda name: {"id": f"refs/heads/{name}", "displayId": name, "type": "BRANCH"})


@ROUTES.get(REPO + "/tags", REPO_READ)
def tags(request, repo):
    return paging.paged(request, chosen(request, repo, repo.tags), lambda name: request.bodies.tag(repo, name))


@ROUTES.get(REPO + "/tags/{name...}", REPO_READ)
def tag(request, repo, name):
    if name not in repo.tags:
        raise errors.error(404, f"No tag exists with name {name}", "repository.NoSuchTagException")
    return request.bodies.tag(repo, name)


@ROUTES.get(REPO + "/ref-change-activities", REPO_ADMIN)
def ref_change_activities(request, repo):
    """Newest first."""
    ref = request.one("ref")
    rows = [moved for moved in reversed(repo.push_log) if ref in (None, moved.ref)]
    return paging.paged(request, rows, lambda moved: request.bodies.ref_change(repo, moved))


@ROUTES.get(REPO + "/ref-change-activities/branches", REPO_ADMIN)
def branches_with_activities(request, repo):
    names = dict.fromkeys(moved.ref for moved in reversed(repo.push_log) if moved.ref.startswith("refs/heads/"))
    return paging.paged(request, list(names), lambda ref: {"id": ref, "displayId": ref.split("/", 2)[2], "type": "BRANCH"})
