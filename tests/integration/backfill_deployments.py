"""No webhook tells what is deployed: it is found by looking, and each phase is told once under its own id, whatever is lost and however
often the daemon is killed. Where no pipeline has gone on nothing is asked."""
import json
import pathlib
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
import backfill_pipelines
import harness
import identity
from backfill import read
from backfill_pipelines import QUIET, LossyWorld, asked_for, missing, polled_seldom, start
from fake_bitbucket import FakeBitbucket
from fake_bitbucket.history import History

KINDS = backfill_pipelines.KINDS | {"deploy": 50}
# (deliveries lost, how often the daemon is killed meanwhile and afterwards)
SCENARIOS = ((0, 0), (0.4, 2), (1, 0))
RESULTS = {"SUCCESSFUL": "success", "FAILED": "failure", "STOPPED": "cancelled"}


def phase(repo, deployment, name):
    return identity.event_id("deployment", "cloud", repo.uuid.strip("{}"), deployment.uuid.strip("{}"), name)


class Truth:
    """What began and what ended from now on: the id of its event, and what that says."""

    def __init__(self, fake):
        self.told = {}
        fake.change.listeners.append(self._listen)

    def _listen(self, happened):
        if happened.kind != "deployment":
            return
        one = happened.what["deployment"]
        if one.state != "UNDEPLOYED":
            name = "started" if one.state == "IN_PROGRESS" else "finished"
            self.told[phase(happened.repository, one, name)] = (name, one.environment, one.environment.lower(), RESULTS.get(one.status),
                                                                one.pipeline.commit, f"#{one.pipeline.build_number}")


def deployments(events):
    """(id, what it says) of each that is told."""
    for value in events:
        entity, name = value["type"].split(".")[2:4]
        if entity == "deployment":
            data = value["data"]
            yield value["id"], (name, data["environment"]["name"], data["environment"]["type"], data["result"], data["sha"], data["release"])


def run(fake, repo):
    """A pipeline that has begun."""
    made = fake.change.run_pipeline(repo)
    fake.change.start_pipeline(repo, made)
    return made


def before_anybody_looks(fake, repo):
    """One that has ended; and, of a pipeline that goes on, one that does so, too, and one that waits."""
    fake.change.deploy(repo, run(fake, repo), "Test")
    fake.change.finish_pipeline(repo, repo.pipelines[-1])
    running = run(fake, repo)
    fake.change.deploy(repo, running, "Staging", "IN_PROGRESS")
    fake.change.deploy(repo, running, "Production", "UNDEPLOYED")


def after_all(fake, repositories):
    """Every pipeline ends, and with it what it deploys; then one fails, and one goes on."""
    with fake.lock:
        for repo in repositories:
            for each in repo.pipelines:
                if each.state == "IN_PROGRESS":
                    fake.change.finish_pipeline(repo, each)
        last = run(fake, repositories[0])
        fake.change.deploy(repositories[0], last, "Production", status="FAILED")
        fake.change.deploy(repositories[0], last, "Test", "IN_PROGRESS")


def check_told(events, truth, when, checks):
    told = list(deployments(events))
    checks.equal(len(told), len({each for each, _ in told}), f"what is told {when}, and its ids")
    checks.equal(dict(told), truth.told, f"what is told {when}")


def scenario(directory, seed, lost, kills, checks):
    with FakeBitbucket() as fake:
        world = LossyWorld(fake, directory, seed, lost, kills, KINDS)
        for repo in world.piped:
            before_anybody_looks(fake, repo)
        without = fake.change.create_repository("PLAT", "without", "ada")
        off = fake.change.create_repository("PLAT", "off", "ada")
        off.pipelines_enabled = False
        start(world.target, fake, world.piped)
        truth = Truth(fake)
        world.live()
        after_all(fake, world.piped)
        check_told(world.find(truth.told.keys(), "what was deployed", checks), truth, "by looking", checks)
        checks.equal([asked_for(fake, repo, "/deployments") for repo in (without, off)], [0, 0], "requests where there are no pipelines")
        asked = sum(asked_for(fake, repo, "/deployments/?") for repo in world.piped)
        print(f"lost {lost:.0%}: {len(truth.told)} told with {asked} pages", flush=True)

        world.deliver_all()
        check_told(world.end(checks), truth, "after all was delivered", checks)


def between_looks(directory, seed, checks):
    """What goes on is looked up by itself while its pipeline does; the list is read again when that has ended, and then no more."""
    with FakeBitbucket() as fake:
        repo = History(fake, seed, 1, KINDS).repositories[0]
        target = polled_seldom(directory, fake)
        truth = Truth(fake)
        with fake.lock:
            running = run(fake, repo)
            one = fake.change.deploy(repo, running, state="IN_PROGRESS")
            fake.change.push(repo)
        harness.wait_until(lambda: not missing(target, {phase(repo, one, "started")}, checks), "it to be seen")
        walks = asked_for(fake, repo, "/deployments/?")
        fake.change.finish_deployment(repo, one)
        harness.wait_until(lambda: not missing(target, {phase(repo, one, "finished")}, checks), "its end to be seen")
        checks.equal(asked_for(fake, repo, "/deployments/?"), walks, "pages of the list before the pipeline has ended")
        last = fake.change.deploy(repo, running, "Test")
        fake.change.finish_pipeline(repo, running)
        harness.wait_until(lambda: not missing(target, truth.told.keys(), checks), "the last one to be found")
        checks.that(phase(repo, last, "started") in truth.told, "the last one began")
        time.sleep(QUIET)
        asked = asked_for(fake, repo, "/deployments")
        time.sleep(QUIET)
        checks.equal(asked_for(fake, repo, "/deployments"), asked, "requests after that")
        check_told(read(target, checks), truth, "between looks", checks)
        checks.equal(target.stop(), 0, "exit code")


def refused(directory, seed, checks):
    """Where they may not be read they alone are left alone."""
    with FakeBitbucket() as fake:
        repo = History(fake, seed, 1, KINDS).repositories[0]
        fake.faults.add(path="/deployments/", times=None, status=403)
        target = polled_seldom(directory, fake)
        pipelines = backfill_pipelines.Truth(fake)
        with fake.lock:
            running = run(fake, repo)
            fake.change.push(repo)
        harness.wait_until(lambda: asked_for(fake, repo, "/deployments") > 0, "deployments to be asked for")
        fake.change.finish_pipeline(repo, running)
        harness.wait_until(lambda: not missing(target, pipelines.findable(), checks), "the pipeline's end to be found")
        checks.equal(asked_for(fake, repo, "/deployments"), 1, "requests for what is refused")
        checks.equal(target.stop(), 0, "exit code")


def as_recorded(directory, seed, checks):
    """What the service itself has answered."""
    recorded = harness.ROOT.parent / "shared/recorded/rest-cloud/devlake-bitbucket_api_deployments.json"
    if not recorded.exists():
        print(f"skipped: no recorded answers in {recorded.parent}", flush=True)
        return
    shown = json.loads(recorded.read_text(encoding="utf-8"))
    wanted = {(each["uuid"].strip("{}"), each["environment"]["name"], each["release"]["commit"]["hash"], each["release"]["name"])
              for each in shown["values"] if each["state"]["name"] == "COMPLETED"}
    with FakeBitbucket() as fake:
        repo = History(fake, seed, 1, KINDS).repositories[0]
        target = polled_seldom(directory, fake)
        for body in (shown, {"values": []}):
            fake.faults.add(path="/deployments/", status=200, body=json.dumps(body))
        with fake.lock:
            run(fake, repo)
            fake.change.push(repo)
        harness.wait_until(lambda: asked_for(fake, repo, "/deployments/") > 1, "both pages to be asked for")
        target.wait_published(target.journal_last())
        found = [value["data"] for value in read(target, checks) if ".deployment.finished." in value["type"]]
        told = [(data["deploymentId"], data["environment"]["name"], data["sha"], data["release"]) for data in found]
        checks.that(wanted and sorted(told) == sorted(wanted), f"recorded deployments: {told}, not {wanted}")
        checks.equal(target.stop(), 0, "exit code")


def test(directory, rng, checks):
    seed = rng.getrandbits(32)
    for number, (lost, kills) in enumerate(SCENARIOS):
        scenario(directory / f"{number}", seed, lost, kills, checks)
    between_looks(directory / "between", seed, checks)
    refused(directory / "refused", seed, checks)
    as_recorded(directory / "recorded", seed, checks)


if __name__ == "__main__":
    harness.main(test)
