"""What webhooks lose is found by looking, while those that come are late, doubled and out of order: a daemon beside the fake Bitbucket ends
up with its truth, each fact once."""
import collections
import contextlib
import datetime
import pathlib
import random
import sys
import threading
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
import daemon
import file_sink
import harness
import polled
from fake_bitbucket import FakeBitbucket, graph
from fake_bitbucket.cloud.hooks import EVENTS as CLOUD_EVENTS
from fake_bitbucket.datacenter.hooks import EVENTS as DATACENTER_EVENTS
from fake_bitbucket.entities import NO_COMMIT
from fake_bitbucket.history import History, Truth
from fake_bitbucket.webhooks.delivery import Deliveries, Manners

BACKFILL = {"enabled": True, "interval": "1s", "grace": "1s", "reconcile": "2s", "inventory": "4s"}
REPOSITORIES = 4
# Only what moves refs: the rest is not looked for here.
QUIET = dict.fromkeys(("open_pull_request", "comment", "judge", "withdraw", "edit", "close", "status", "run", "advance"), 0)
TROUBLE = ({"status": 503}, {"status": 500}, {"drop": True}, {"cut": 20}, {"status": 429, "retry_after": "seconds", "retry_after_seconds": 1})
TOLERANCE = datetime.timedelta(seconds=2)  # of what two clocks tell
# (deliveries lost, API failing, steps)
SCENARIOS = ((0.01, False, 120), (0.3, True, 120), (1.0, True, 60))
ALIVE_MAX = 1.5  # seconds between a start and the next kill
ROWS_MAX = 3  # of a page where the daemon is killed: each walk is long enough to be interrupted
SLOW = {"delay": 0.2}


class Told:
    """What the events of one instance say."""

    def __init__(self, events, instance, begin):
        self.commits = set()  # (repository, commit)
        self.found = set()  # those of them that no webhook told
        self.heads = {repo: dict(refs) for repo, refs in begin.items()}
        self._moved = {}  # (repository, ref) -> when, as the product tells
        gap = None
        for value in events:
            if value["bbinstance"] != instance:
                continue
            kind, data = value["type"].removeprefix("dev.bbstream."), value["data"]
            if kind == "commit.added.v1":
                self.commits.add((data["repository"]["id"], data["commit"]["sha"]))
                if value["bborigin"] == "backfill":
                    self.found.add((data["repository"]["id"], data["commit"]["sha"]))
            elif kind == "system.gap_detected.v1":
                gap = data["ref"]["name"] if data["reason"] != "truncated" else gap
            elif kind.startswith("ref."):
                found = data["reconstructed"] and value["bbtimebasis"] == "received"  # when it happened nothing tells
                told = None if found else datetime.datetime.fromisoformat(value["time"])
                self._move(data, gap == data["ref"]["name"], told)
                gap = None

    def _move(self, data, after_gap, told):
        """A change that does not go on from the head is late, unless a gap comes before it and it is no older than the last move;
        a repository's first one is where it begins. Bitbucket promises no order: of pushes that come out of it one may move the head
        back, behind a gap, and a look then tells the way forward again. So what is exact is where the heads are in the end."""
        repo, ref = data["repository"]["id"], data["ref"]["name"]
        first = repo not in self.heads
        refs, moved = self.heads.setdefault(repo, {}), self._moved.get((repo, ref))
        older = told and moved and told + TOLERANCE < moved
        if first or (after_gap and not older) or refs.get(ref, NO_COMMIT) == (data["oldSha"] or NO_COMMIT):
            refs[ref] = data["newSha"] or NO_COMMIT
            self._moved[repo, ref] = max(filter(None, (told, moved)), default=None)

    def existing(self):
        """repository -> {ref: commit}, of those that have any."""
        kept = {repo: {ref: at for ref, at in refs.items() if at != NO_COMMIT} for repo, refs in self.heads.items()}
        return {repo: refs for repo, refs in kept.items() if refs}


def renamed(by_repository, ids):
    return {ids[repo]: refs for repo, refs in by_repository.items() if refs}


def read(target, checks):
    events, _ = file_sink.read(target.directory, checks)
    return [event.value for event in events]


def stir_trouble(fake, rng, trouble=TROUBLE):
    for _ in range(3):
        fake.faults.add(times=1, skip=rng.randrange(10), **rng.choice(trouble))


def live(fake, history, deliveries, rng, steps, failing):
    polled.live(fake, history, deliveries, steps, (lambda: stir_trouble(fake, rng)) if failing else lambda: None)
    fake.faults.clear()
    for _ in range(3):
        deliveries.flush()


@contextlib.contextmanager
def beside(work):
    """`work` in a thread of its own; what it raises is raised at the end. (A daemon dies with the thread that started it, so it is
    the work that goes there.)"""
    failed = []

    def run():
        try:
            work()
        except BaseException as why:  # pylint: disable=broad-except
            failed.append(why)

    thread = threading.Thread(target=run)
    thread.start()
    yield thread
    thread.join()
    if failed:
        raise failed[0]


def kill(fake, target, rng, times):
    """Ends the daemon at moments that it does not choose, and starts it again at once. Some answers take their time meanwhile."""
    for _ in range(times):
        stir_trouble(fake, rng, (SLOW,))
        time.sleep(rng.uniform(0, ALIVE_MAX))
        target.kill()
        target.start(env=polled.ENVIRONMENT)


def pushed_away(world):
    """(repository, commit) of what force pushes took out of a ref. Where it was there at first sight and comes back, it is told as new."""
    return {(repo.id, sha) for repo in world.made for moved in repo.push_log if moved.forced
            for sha in graph.reachable(repo.commits, [moved.old]) - graph.reachable(repo.commits, [moved.new])}


def missing(target, truth, begin, checks):
    """What has not been told yet, of both products; empty when all is."""
    target.wait_published(target.journal_last())
    events, found = read(target, checks), []
    for instance in ("cloud", "dc-main"):
        ids = polled.names(truth.world, instance)
        told = Told(events, instance, renamed(begin, ids))
        found += [(instance, commit) for commit in {(ids[repo], sha) for repo, sha in truth.findable()} - told.commits]
        want, have = renamed(truth.heads(), ids), told.existing()
        for repo in want.keys() | have.keys():
            differ = set(want.get(repo, {}).items()) ^ set(have.get(repo, {}).items())
            found += [(instance, repo, ref, want.get(repo, {}).get(ref), have.get(repo, {}).get(ref)) for ref, _ in differ]
    return found


def scenario(directory, seed, lost, failing, steps, checks, kills=0):
    """`kills`: so often while it looks for the first time, while the world goes on, and afterwards."""
    rng, killing = random.Random(seed), random.Random(seed)
    with FakeBitbucket() as fake:
        if kills:
            fake.settings.rows_max = ROWS_MAX
        history = History(fake, seed, REPOSITORIES, QUIET)
        target = daemon.Daemon(directory, {"backfill": BACKFILL}, instances=polled.instances(fake))
        target.start(env=polled.ENVIRONMENT)
        kill(fake, target, killing, min(kills, 1))
        harness.wait_until(lambda: all(target.metric("bbstream_backfill_looks_total", instance=name, outcome="same") >= REPOSITORIES
                                       for name in ("cloud", "dc-main")), "the first looks")
        checks.equal(read(target, checks), [], "events of the baseline")

        truth = Truth(fake)
        begin = truth.heads()
        deliveries = Deliveries(fake, seed, Manners(lost=lost, doubled=0.1, swapped=0.1, scattered=0.2, held=0.1), target.context)
        url = f"https://127.0.0.1:{target.port}"
        fake.change.add_hook(fake.world.workspace_hooks, url + daemon.PATHS["cloud"], CLOUD_EVENTS["workspace"], secret=daemon.SECRETS["cloud"])
        fake.change.add_hook(fake.world.projects["PLAT"].hooks, url + daemon.PATHS["dc-main"], DATACENTER_EVENTS, secret=daemon.SECRETS["dc-main"])
        with beside(lambda: live(fake, history, deliveries, rng, steps, failing)):
            kill(fake, target, killing, kills)
        kill(fake, target, killing, kills)
        try:
            harness.wait_until(lambda: not missing(target, truth, begin, checks), "what was lost to be found", 60, 0.5)
        except AssertionError as late:
            checks.that(False, f"{late}: {sorted(map(str, missing(target, truth, begin, checks)))[:10]}")
        checks.equal(target.stop(), 0, "exit code")  # until then polling may end another gap
        events = read(target, checks)
        for instance in ("cloud", "dc-main"):
            ids = polled.names(truth.world, instance)
            told = Told(events, instance, renamed(begin, ids))
            known = truth.pushed() | pushed_away(truth.world)
            invented = told.found - {(ids[repo], sha) for repo, sha in known}
            checks.equal(sorted(invented), [], f"commits of {instance} that nobody pushed")
        repeated = [each for each, count in collections.Counter(value["id"] for value in events).items() if count > 1]
        checks.equal(repeated, [], "ids that came twice")
        origins = collections.Counter((value["bborigin"], value["type"].split(".")[2]) for value in events)
        checks.that(origins[("poll", "ref")] and origins[("backfill", "commit")] or lost < 0.1, f"nothing was found: {origins}")
        target.check_audit(len(events), checks)
        print(f"lost {lost:.0%}: {len(events)} events, {dict(origins)}", flush=True)


def test(directory, rng, checks):
    for number, (lost, failing, steps) in enumerate(SCENARIOS):
        scenario(directory / f"{number}", rng.getrandbits(32), lost, failing, steps, checks)


if __name__ == "__main__":
    harness.main(test)
