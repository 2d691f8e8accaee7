"""One daemon an instance: a second node on the same topics is refused, until it takes over; the former one then ends. A node
that is renamed takes over from itself, and publishes nothing twice."""
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
import harness
from broker import Broker
from client import Load
from daemon import Daemon
from story import Story, make_repositories
import verify

CONNECTIONS = 4


def daemon(directory, node, broker):
    return Daemon(directory / node, {"": {"node": node}, "sink": {"kind": "kafka"},
                                     "kafka": {'"bootstrap.servers"': broker.address}})


def deliver(target, story):
    load = Load(target, story).start()
    load.join()
    return load.accepted


def take_over(target):
    return target.start(command=[harness.BINARY, "serve", "--take-over", "--config", target.config])


def rename(target, node):
    target.configuration[""]["node"] = node
    target.write_config()


def check_refused(target, owner, checks):
    target.start(wait=False)
    checks.equal(target.process.wait(60 * harness.SLOWNESS), 1, "exit code of the one that is refused")
    for part in (f"served by the node {owner},", "--take-over"):
        checks.that(part in target.log_tail(), f"{part!r} is not in what is said: {target.log_tail()}")


def check_events(stories, broker, checks):
    """Each owner's own, whole and once, and nothing of what came to the former one afterwards."""
    events = broker.consume()
    for story in stories:
        ids = {expected.id for delivery in story.all() for expected in delivery.expected}
        checks.none(verify.problems(story.all(), [event for event in events if event.value["id"] in ids], broker.partitions()))
        events = [event for event in events if event.value["id"] not in ids]
    checks.equal(events, [], "events of nobody's")


def test(directory, rng, checks):
    broker = Broker(directory / "kafka").start()
    repositories = make_repositories(16)
    stories = [Story(rng.getrandbits(32), repositories[at::4], 100, CONNECTIONS) for at in range(3)]
    first, second = (daemon(directory, node, broker) for node in ("first", "second"))
    first.start()
    accepted = deliver(first, stories[0])
    first.wait_published(accepted)
    check_refused(second, "first", checks)
    checks.that(first.alive(), "the owner goes on")
    checks.equal(first.stop(), 0, "exit code of the owner")
    check_refused(second, "first", checks)
    first.start()

    take_over(second)
    accepted = deliver(second, stories[1])
    second.wait_published(accepted)
    deliver(first, Story(rng.getrandbits(32), repositories[3::4], 10, CONNECTIONS))
    checks.equal(first.process.wait(60 * harness.SLOWNESS), 1, "exit code of the one that is taken over")
    check_refused(first, "second", checks)
    checks.equal(second.stop(), 0, "exit code of the new owner")
    second.start()
    checks.equal(second.stop(), 0, "it is the owner without being told again")

    rename(second, "renamed")
    check_refused(second, "second", checks)
    take_over(second)
    accepted = deliver(second, stories[2])
    second.wait_published(accepted)
    checks.equal(second.stop(), 0, "exit code under its new name")
    check_events(stories, broker, checks)


harness.main(test)
