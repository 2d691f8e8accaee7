"""Commits between head sets, single commits, and what changed between two."""
from .. import graph
from . import errors, paging, scopes
from .bodies import SHORT, links, quoted
from .routes import REPO, ROUTES

DIFFSTAT_PAGELEN = 500
HEADS_MAX = 500  # of include and exclude together; the service's own ceiling is not documented


@ROUTES.get(REPO + "/commits", scopes.REPOSITORY)
def commits(request, repo):
    return walk(request, repo, request.all("include"), request.all("exclude"))


@ROUTES.post(REPO + "/commits", scopes.REPOSITORY)
def commits_of_long_lists(request, repo):
    """The lists come in a form; the pages after the first by GET."""
    form = request.form()
    return walk(request, repo, *([value for key, value in form if key == name] for name in ("include", "exclude")))


@ROUTES.get(REPO + "/commits/{revision...}", scopes.REPOSITORY)
def commits_of(request, repo, revision):
    return walk(request, repo, [revision, *request.all("include")], request.all("exclude"))


@ROUTES.post(REPO + "/commits/{revision...}", scopes.REPOSITORY)
def commits_of_form(request, repo, revision):
    form = request.form()
    return walk(request, repo, [revision, *(value for key, value in form if key == "include")],
                [value for key, value in form if key == "exclude"])


def walk(request, repo, include, exclude):
    def begin():
        if len(include) + len(exclude) > HEADS_MAX:
            raise errors.bad_request("Bad request")
        missing = [name for name in [*include, *exclude] if not repo.resolve(name)]
        if missing:
            raise errors.commits_not_found(missing)
        heads = [repo.resolve(name) for name in include] if include else repo.heads()
        found = graph.walk(repo.commits, heads, [repo.resolve(name) for name in exclude])
        path = request.one("path")
        return [at for at in found if not path or any(change.path == path for change in repo.commits[at].changes)]

    return paging.iterated(request, begin, lambda at: request.bodies.commit(repo, repo.commits[at]))


@ROUTES.get(REPO + "/commit/{revision}", scopes.REPOSITORY)
def commit(request, repo, revision):
    found = repo.resolve(revision)
    if not found:
        raise errors.commits_not_found([revision])
    return paging.partial.select(request.bodies.single_commit(repo, repo.commits[found]), request.one("fields"))


def sides(repo, spec):
    """(new, old) of `new..old`: the other way round than git. One revision alone is compared with its first parent."""
    new, dots, old = spec.partition("..")
    found = [repo.resolve(new), repo.resolve(old) if dots else None]
    missing = [name for name, at in zip((new, old), found) if name and not at]
    if missing or not new:
        raise errors.commits_not_found(missing)
    if not dots:
        parents = repo.commits[found[0]].parents
        found[1] = parents[0] if parents else None
    return found


def changes_between(repo, new, old):
    """path -> its change, summed up over the commits that `new` has and `old` has not."""
    found = {}
    for at in reversed(graph.walk(repo.commits, [new], [old] if old else [])):
        for change in repo.commits[at].changes:
            before = found.get(change.path)
            added, removed = (before[1], before[2]) if before else (0, 0)
            found[change.path] = (before[0] if before else change, added + change.added, removed + change.removed)
    return found


@ROUTES.get(REPO + "/diffstat/{spec}", scopes.REPOSITORY)
def diffstat(request, repo, spec):
    new, old = sides(repo, spec)
    if old and request.one("topic", "true") == "true" and not graph.merge_base(repo.commits, new, old):
        raise errors.bad_request("No common ancestor")
    rows = list(changes_between(repo, new, old).values())
    return paging.numbered(request, rows, lambda row: diffstat_row(request, repo, new, old, row), DIFFSTAT_PAGELEN,
                           DIFFSTAT_PAGELEN)


def diffstat_row(request, repo, new, old, row):
    change, added, removed = row

    def side(path, at):
        url = f"{request.bodies.repository_url(repo)}/src/{at}/{quoted(path)}"
        return {"type": "commit_file", "path": path, "escaped_path": path, "links": links(self=url)}

    return {
        "type": "diffstat", "status": change.status, "lines_added": added, "lines_removed": removed,
        "old": None if change.status == "added" else side(change.old_path or change.path, old or new),
        "new": None if change.status == "removed" else side(change.path, new)
    }


@ROUTES.get(REPO + "/merge-base/{spec}", scopes.REPOSITORY)
def merge_base(request, repo, spec):
    new, old = sides(repo, spec)
    base = graph.merge_base(repo.commits, new, old)
    if not base:
        raise errors.not_found("No common ancestor")
    return request.bodies.commit(repo, repo.commits[base])


def spec_of(pr):
    return f"{pr.source_hash[:SHORT]}..{pr.destination_hash[:SHORT]}"
