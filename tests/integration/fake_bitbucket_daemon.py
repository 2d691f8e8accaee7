"""The real daemon between the fake Bitbucket's webhooks and its truth: every move of a ref, and every gap that a loss tears."""
import collections
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
import daemon
import file_sink
import harness
from fake_bitbucket import FakeBitbucket
from fake_bitbucket.cloud.hooks import EVENTS as CLOUD_EVENTS
from fake_bitbucket.datacenter.hooks import EVENTS as DATACENTER_EVENTS
from fake_bitbucket.entities import NO_COMMIT
from fake_bitbucket.history import History, Truth
from fake_bitbucket.webhooks.delivery import Deliveries, Manners

STEPS = 1500


def told(target, seed, manners, checks, iso_dates=False):
    """(truth, deliveries, events) of a history that was delivered to a daemon."""
    fake = FakeBitbucket()
    fake.settings.iso_dates = iso_dates
    truth, deliveries = Truth(fake), Deliveries(fake, seed, manners, target.context)
    url = f"https://127.0.0.1:{target.port}"
    fake.change.add_hook(fake.world.workspace_hooks, url + daemon.PATHS["cloud"], CLOUD_EVENTS["workspace"],
                         secret=daemon.SECRETS["cloud"])
    fake.change.add_hook(fake.world.add_project("PLAT").hooks, url + daemon.PATHS["dc-main"], DATACENTER_EVENTS,
                         secret=daemon.SECRETS["dc-main"])
    history = History(fake, seed)
    for _ in range(STEPS // 100):
        history.live(100)
        deliveries.flush()
    for _ in range(2):
        deliveries.flush()
    checks.none(f"{each.key} was answered {each.statuses}" for each in deliveries.all
                if each.fate == "sent" and 200 not in each.statuses)
    accepted = collections.Counter()
    for each in deliveries.all:
        accepted[each.key] += each.statuses.count(200)
    counted = {key: target.metric("bbstream_deliveries_total", key=key, outcome="accepted") for key in accepted}
    checks.equal(counted, dict(accepted), "deliveries that the metrics count")
    target.wait_published(target.journal_last())
    events, _ = file_sink.read(target.directory, checks)
    return truth, deliveries, [event.value for event in events]


def moves(events, instance):
    """repository -> [(ref, old, new)] in the order of the events."""
    found = collections.defaultdict(list)
    for value in events:
        if value["type"].split(".")[2] == "ref" and value["bbinstance"] == instance:
            data = value["data"]
            found[data["repository"]["id"]].append((data["ref"]["name"], data["oldSha"] or NO_COMMIT, data["newSha"]
                                                    or NO_COMMIT))
    return found


def nothing_is_missing(directory, seed, checks):
    target = daemon.Daemon(directory / "whole").start()
    truth, deliveries, events = told(target, seed, Manners(doubled=0.1), checks)
    ids = {
        "cloud": {repo.id: repo.uuid.strip("{}") for repo in truth.world.made},
        "dc-main": {repo.id: str(repo.id) for repo in truth.world.made}
    }
    for instance, names in ids.items():
        want = {names[repo]: [move[:3] for move in found] for repo, found in truth.moves.items()}
        checks.equal(moves(events, instance), want, f"moves of refs by {instance}")
    unknown = collections.Counter(value["bbeventkey"] for value in events if value["type"].split(".")[2] == "unknown")
    checks.equal(unknown, {}, "events of keys that nobody knows")
    pushed = {commit for _, commit in truth.pushed()}
    added = {value["data"]["commit"]["sha"] for value in events if value["type"] == "dev.bbstream.commit.added.v1"}
    checks.that(added <= pushed and len(added) > len(pushed) / 2,
                f"{len(added)} commits of {len(pushed)}, {len(added - pushed)} of them made up")
    gaps = collections.Counter(
        value["data"]["reason"] for value in events if value["type"] == "dev.bbstream.system.gap_detected.v1")
    checks.that(set(gaps) <= {"truncated"}, f"gaps where nothing was lost: {gaps}")
    checks.equal(target.stop(), 0, "exit code")
    print(f"{len(deliveries.all)} deliveries, {len(events)} events")


def losses_are_gaps(directory, seed, checks):
    target = daemon.Daemon(directory / "lossy").start()
    truth, _, events = told(target, seed, Manners(lost=0.05), checks, iso_dates=True)
    for instance in ("cloud", "dc-main"):
        have = sum(len(found) for found in moves(events, instance).values())
        every = sum(len(found) for found in truth.moves.values())
        checks.that(have < every, f"{have} moves of {every} by {instance}, and deliveries were lost")
        gaps = [
            value for value in events if value["type"] == "dev.bbstream.system.gap_detected.v1"
            and value["bbinstance"] == instance and value["data"]["reason"] == "chain"
        ]
        checks.that(gaps, f"no gap seen by {instance}")
    checks.equal(target.stop(), 0, "exit code")


def test(directory, rng, checks):
    seed = rng.getrandbits(32)
    nothing_is_missing(directory, seed, checks)
    losses_are_gaps(directory, seed, checks)


harness.main(test)
