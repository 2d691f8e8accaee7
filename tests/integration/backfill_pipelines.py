"""Ends of pipelines and of their steps that webhooks lose are found by looking: at the end each that REST can show was told once, under
the id that its webhook would have had; and what comes late is told already."""
import collections
import pathlib
import random
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
import backfill
import daemon
import harness
import identity
import openapi_check
import polled
from backfill import CLOUD_EVENTS, read
from fake_bitbucket import FakeBitbucket
from fake_bitbucket.history import WEIGHTS, History
from fake_bitbucket.webhooks.delivery import Deliveries, Manners

REPOSITORIES = 3
STEPS = 100
# Pipelines, and pushes, which begin none here: nothing else shows that a repository has changed.
KINDS = dict.fromkeys(WEIGHTS, 0) | {"push": 4, "run": 20, "advance": 50}
# (deliveries lost, how often the daemon is killed meanwhile and afterwards)
SCENARIOS = ((0, 0), (0.01, 0), (0.4, 2), (1, 0))
QUIET = 4 * harness.SLOWNESS  # seconds


class Truth:
    """Every end of a run and of a step: the id of its event. `last`: those that REST still shows."""

    def __init__(self, fake):
        self.ended, self.last, self.begun = set(), {}, set()
        fake.change.listeners.append(self._listen)

    def _listen(self, happened):
        if happened.kind != "pipeline":
            return
        pipeline, repo = happened.what["pipeline"], happened.repository.uuid.strip("{}")
        number = [pipeline.run_number] if pipeline.run_number > 1 else []
        self.last.pop(pipeline.uuid, None)
        if pipeline.state != "COMPLETED":
            return
        runs = [("pipeline.run", pipeline.uuid)] + [("pipeline.step", step.uuid) for step in pipeline.steps if step.started_on]
        self.last[pipeline.uuid] = {identity.event_id(kind, "cloud", repo, uuid.strip("{}"), *number, "finished", 0) for kind, uuid in runs}
        self.ended |= self.last[pipeline.uuid]

    def findable(self):
        return set().union(*self.last.values())


def ends(events):
    """The ids of what is told to have ended."""
    return [value["id"] for value in events if value["type"].split(".")[2] in ("pipelinerun", "taskrun") and value["type"].endswith(".finished.v1")]


def phase(repo, pipeline, name):
    return identity.event_id("pipeline.run", "cloud", repo.uuid.strip("{}"), pipeline.uuid.strip("{}"), name, 0)


def missing(target, wanted, checks):
    """What has not been told yet."""
    target.wait_published(target.journal_last())
    return wanted - {value["id"] for value in read(target, checks)}


def before_anybody_looks(fake, repo):
    """A run that has ended, one that goes on, and one that waits."""
    ended, running, _ = (fake.change.run_pipeline(repo) for _ in range(3))
    for each in (ended, running):
        fake.change.start_pipeline(repo, each)
    fake.change.finish_pipeline(repo, ended)


def after_all(fake, repo):
    """The ids of what is told of a run that waits, and of one that goes on."""
    with fake.lock:
        waiting, running = (fake.change.run_pipeline(repo) for _ in range(2))
        fake.change.start_pipeline(repo, running)
    return {phase(repo, waiting, "queued"), phase(repo, running, "started")}


def asked_for(fake, repo, what):
    """How often Cloud was asked for that of the repository."""
    return sum(repo.uuid.strip("{}") in entry.target and what in entry.target for entry in list(fake.log.entries))


def start(target, fake, repositories):
    """Until the first look at each has ended, and another has begun."""
    target.start(env=polled.ENVIRONMENT)
    harness.wait_until(lambda: all(asked_for(fake, repo, "/pipelines/?") > 1 for repo in repositories), "the first looks")


def check_found(events, truth, lost, checks):
    told = ends(events)
    checks.equal(len(told), len(set(told)), "ends that are told, and their ids")
    checks.equal(sorted(set(told) - truth.ended), [], "ends that never were")
    found = collections.Counter(value["type"].split(".", 2)[2] for value in events if value["bborigin"] == "poll")
    ended = {kind: count for kind, count in found.items() if ".finished." in kind}
    checks.that(lost or not ended, f"found, though nothing was lost: {ended}")
    checks.that(lost < 1 or {"pipelinerun.finished.v1", "taskrun.finished.v1"} <= ended.keys(), f"nothing was found: {found}")
    print(f"lost {lost:.0%}: {len(told)} ends, found {dict(found)}", flush=True)


class LossyWorld:
    """Repositories of Cloud with pipelines, whose webhooks are lost, and a daemon that is killed meanwhile."""

    def __init__(self, fake, directory, seed, lost, kills, kinds):
        self.fake, self.seed, self.lost, self.kills = fake, seed, lost, kills
        self.killing = random.Random(seed)
        self.watch = openapi_check.Watch() if lost == 1 and not openapi_check.available() else None
        if self.watch:
            self.watch.follow(fake)
        if kills:
            fake.settings.rows_max = backfill.ROWS_MAX
        self.history = History(fake, seed, REPOSITORIES, kinds)
        self.piped = list(self.history.repositories)
        self.target = daemon.Daemon(directory, {"backfill": backfill.BACKFILL}, instances=polled.instances(fake))
        self.deliveries = None

    def live(self):
        """All that happens by itself."""
        fake, target = self.fake, self.target
        self.deliveries = Deliveries(fake, self.seed, Manners(lost=self.lost, doubled=0.1, held=0.1 if self.lost else 0), target.context)
        fake.change.add_hook(fake.world.workspace_hooks, f"https://127.0.0.1:{target.port}" + daemon.PATHS["cloud"], CLOUD_EVENTS["workspace"],
                             secret=daemon.SECRETS["cloud"])
        with backfill.beside(lambda: polled.live(fake, self.history, self.deliveries, STEPS)):
            backfill.kill(fake, target, self.killing, self.kills)
        backfill.kill(fake, target, self.killing, self.kills)
        fake.faults.clear()

    def find(self, wanted, what, checks):
        """Waits until these ids are told; then what is told."""
        try:
            harness.wait_until(lambda: not missing(self.target, wanted, checks), f"{what} to be found", 90, 0.5)
        except AssertionError as late:
            checks.that(False, f"{late}: {sorted(missing(self.target, wanted, checks))[:4]} of {len(wanted)}")
        return read(self.target, checks)

    def deliver_all(self):
        """What was lost comes after all."""
        self.deliveries.forget_connections()
        self.deliveries.flush()
        self.deliveries.deliver_lost()
        self.target.wait_published(self.target.journal_last())

    def end(self, checks):
        """What is told in the end."""
        checks.equal(self.target.stop(), 0, "exit code")
        events = read(self.target, checks)
        self.target.check_audit(len(events), checks)
        if self.watch:
            checks.equal(sorted({f"{problem}" for problem in self.watch.problems})[:5], [], "requests that Atlassian's documents do not know")
        return events


def scenario(directory, seed, lost, kills, checks):
    with FakeBitbucket() as fake:
        world = LossyWorld(fake, directory, seed, lost, kills, KINDS)
        for repo in world.piped:
            before_anybody_looks(fake, repo)
        off = world.history.create(None)
        off.pipelines_enabled = False
        start(world.target, fake, world.piped)
        truth = Truth(fake)
        world.live()
        wanted = after_all(fake, world.piped[0]) | truth.findable()
        check_found(world.find(wanted, "what was lost", checks), truth, lost, checks)
        checks.that(1 <= asked_for(fake, off, "/pipelines") <= 1 + 2 * kills, f"{asked_for(fake, off, '/pipelines')} requests for what is off")

        world.deliver_all()
        told = ends(read(world.target, checks))
        checks.equal(sorted(truth.ended - set(told)), [], "ends that are not told after all was delivered")
        checks.equal(len(told), len(set(told)), "ends that are told, and their ids, after all was delivered")
        told = ends(world.end(checks))  # looks went on
        checks.equal(len(told), len(set(told)), "ends that are told, and their ids, at the end")


def polled_seldom(directory, fake):
    """A daemon that has looked at all once, and looks again only where something has changed."""
    target = daemon.Daemon(directory, {"backfill": backfill.BACKFILL | {"reconcile": "1h", "inventory": "1h"}}, instances=polled.instances(fake))
    target.start(env=polled.ENVIRONMENT)
    harness.wait_until(lambda: target.metric("bbstream_backfill_looks_total", instance="cloud", outcome="same") >= 1, "the first look")
    return target


def between_looks(directory, seed, checks):
    """A run that is seen to go on is looked up until it ends, and nothing else is: its end changes nothing that a listing shows."""
    with FakeBitbucket() as fake:
        repo = History(fake, seed, 1, KINDS).repositories[0]
        target = polled_seldom(directory, fake)
        truth = Truth(fake)
        with fake.lock:
            run = fake.change.run_pipeline(repo)
            fake.change.start_pipeline(repo, run)
            fake.change.push(repo)
        harness.wait_until(lambda: not missing(target, {phase(repo, run, "started")}, checks), "the run to be seen")
        walks = -1
        while walks != asked_for(fake, repo, "/refs"):
            walks = asked_for(fake, repo, "/refs")
            time.sleep(QUIET)
        fake.change.finish_pipeline(repo, run)
        harness.wait_until(lambda: not missing(target, truth.findable(), checks), "its end to be found")
        checks.equal(asked_for(fake, repo, "/refs"), walks, "requests for refs")
        checks.equal(asked_for(fake, repo, "/steps/"), 1, "requests for steps")
        asked = asked_for(fake, repo, "/pipelines/")
        time.sleep(QUIET)
        checks.equal(asked_for(fake, repo, "/pipelines/"), asked, "requests for pipelines after that")
        checks.equal(target.stop(), 0, "exit code")


def test(directory, rng, checks):
    seed = rng.getrandbits(32)
    for number, (lost, kills) in enumerate(SCENARIOS):
        scenario(directory / f"{number}", seed, lost, kills, checks)
    between_looks(directory / "between", seed, checks)


if __name__ == "__main__":
    harness.main(test)
