"""Made-up histories of the fake Bitbucket: the same for the same seed; REST shows of them what the truth says."""
import hashlib
import pathlib
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
import harness
from asking import ADMIN, get, walk
from fake_bitbucket import sample_fake
from fake_bitbucket.entities import NO_COMMIT
from fake_bitbucket.history import WEIGHTS, History, Truth

STEPS = 8000


def made(seed, steps):
    fake = sample_fake()
    truth = Truth(fake)
    History(fake, seed).live(steps)
    return fake, truth


def digest(truth):
    return hashlib.sha256(repr((truth.commits, truth.moves, truth.heads())).encode()).hexdigest()


def cloud_shows(fake, truth, checks):
    """All commits of each repository, by an iterator's pages, and all heads."""
    shown, heads = set(), {}
    for repo in fake.world.made:
        base = f"/2.0/repositories/acme/{repo.slug}"
        shown |= {(repo.id, commit) for page in walk(fake, f"{base}/commits?pagelen=100&fields=next,values.hash")
                  for commit in page.values("hash")}
        rows = [
            row for page in walk(fake, f"{base}/refs?pagelen=100&fields=next,values.name,values.type,values.target.hash")
            for row in page.values()
        ]
        heads[repo.id] = {
            f"refs/{'heads' if row['type'] == 'branch' else 'tags'}/{row['name']}": row["target"]["hash"] for row in rows
        }
    checks.equal(heads, truth.heads(), "heads that Cloud shows")
    before = {(repo, commit) for repo, commits in truth.before.items() for commit in commits}
    checks.equal(shown - before, truth.findable(), "commits that Cloud shows")


def push_log_leads_to_heads(fake, truth, checks):
    """Data Center's push log, folded from its oldest line on."""
    for repo in fake.world.made:
        rows, start = [], 0
        while start is not None:
            page = get(
                fake,
                f"/rest/api/latest/projects/{repo.project.key}/repos/{repo.slug}/ref-change-activities?limit=500&start={start}",
                ADMIN).json
            rows, start = rows + page["values"], page.get("nextPageStart")
        heads = {}
        for change in (row["refChange"] for row in reversed(rows)):
            checks.equal(heads.pop(change["refId"], NO_COMMIT), change["fromHash"], f"where {change['refId']} stood")
            if change["toHash"] != NO_COMMIT:
                heads[change["refId"]] = change["toHash"]
        checks.equal(heads, truth.heads()[repo.id], f"heads by the push log of {repo.slug}")


def lively(fake, truth, checks):
    """Everything happened that a backfill has trouble with."""
    moves = [move for moves in truth.moves.values() for move in moves]
    checks.that(any(forced for *_, forced in moves), "nothing was forced")
    checks.that(any(new == NO_COMMIT for _, _, new, _ in moves), "nothing was deleted")
    checks.that(len(truth.pushed()) > len(truth.findable()) > 0, "no commit was pushed away")
    checks.that(len(moves) > len({move[:3] for move in moves}), "no transition came twice")
    prs = [pr for repo in fake.world.made for pr in repo.pull_requests.values()]
    checks.equal({pr.state for pr in prs}, {"OPEN", "MERGED", "DECLINED"}, "states of pull requests")
    runs = [run for repo in fake.world.made for run in repo.pipelines]
    checks.that(any(run.run_number > 1 for run in runs), "no run was repeated")
    checks.equal({run.state for run in runs}, {"PENDING", "IN_PROGRESS", "COMPLETED"}, "states of runs")


def test(_, rng, checks):
    seed = rng.getrandbits(32)
    began = time.monotonic()
    fake, truth = made(seed, STEPS)
    print(
        f"{STEPS} changes in {time.monotonic() - began:.1f} s: {len(truth.pushed())} commits, {len(fake.world.made)} repositories"
    )
    with fake:
        cloud_shows(fake, truth, checks)
        push_log_leads_to_heads(fake, truth, checks)
        lively(fake, truth, checks)
    checks.equal(digest(made(seed, 300)[1]), digest(made(seed, 300)[1]), "the same seed, again")
    checks.that(digest(made(seed, 300)[1]) != digest(made(seed + 1, 300)[1]), "another seed gives the same history")
    quiet = sample_fake()
    History(quiet, seed, weights=dict.fromkeys(WEIGHTS, 0) | {"push": 1}).live(50)
    checks.equal(sum(len(repo.tags) for repo in quiet.world.made), 1, "tags where only pushes were wanted")


harness.main(test)
