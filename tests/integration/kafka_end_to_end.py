"""5,000 signed deliveries for 50 repositories of both products, over 32 TLS connections, through a real Kafka broker.

A read_committed consumer must see each event once, in order per repository, with the right key, partition and headers.
With --without-transactions: the same by an idempotent producer alone, which on a quiet day gives the same result.
"""
import json
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
import harness
import schemas
from broker import Broker
from client import Load
from daemon import Daemon
from story import Story, make_repositories
import verify

DELIVERIES, REPOSITORIES, CONNECTIONS = 5000, 50, 32


def check_replay(target, broker, events, checks):
    """The same events once more under the same ids, which an audit leaves out."""
    ran = target.run("journal", "replay", "--json", "--from", "100", "--to", "300", timeout=120)
    checks.equal((ran.returncode, ran.stderr), (0, ""), "replay")
    count = json.loads(ran.stdout)["events"]
    again = [event for event in broker.consume() if event.value["bborigin"] == "replay"]
    wanted = [event for event in events if 100 <= record_of(event) <= 300]
    identity = lambda event: (event.topic, event.partition, event.key, event.value["id"], event.value["sequence"])
    checks.none(problem for event in again for problem in schemas.problems(event.value))
    checks.equal(len(again), count, "replayed events in the topics")
    checks.equal(sorted(map(identity, again)), sorted(map(identity, wanted)), "where they are, and who")
    report = target.audit()
    checks.equal((report["failed"], report["replayed"], report["compared"]), (False, count, len(events)), "audit after it")


def check_example(broker, events, checks):
    """The consumer that the documentation shows drops what the replay brought once more."""
    program = harness.ROOT / "docs/examples/consume.py"
    ran = harness.run(["/usr/bin/python3", "-B", program, broker.address, "example", "--to-the-end"], timeout=120)
    checks.equal((ran.returncode, ran.stderr), (0, ""), "docs/examples/consume.py")
    shown = sorted(line.split()[1:3] for line in ran.stdout.splitlines())
    checks.equal(shown, sorted([event.value["type"], event.value["source"]] for event in events), "what it shows")


def record_of(event):
    return int(event.value["sequence"].split(".")[1])


def test(directory, rng, checks):
    broker = Broker(directory / "kafka").start()
    kafka = {'"bootstrap.servers"': broker.address, "transactions": "--without-transactions" not in sys.argv}
    target = Daemon(directory / "daemon", {"sink": {"kind": "kafka"}, "kafka": kafka})
    target.start()
    story = Story(rng.getrandbits(32), make_repositories(REPOSITORIES), DELIVERIES, CONNECTIONS)
    load = Load(target, story).start()
    load.join()
    checks.equal((load.accepted, load.refused), (story.count, {}), "answers")
    sequences = sorted(sequence for delivery in story.all() for sequence in delivery.sequences)
    checks.equal(sequences, list(range(1, story.count + 1)), "sequences")

    target.wait_published(story.count)
    checks.equal(target.stop(), 0, "exit code")
    events = broker.consume()
    print(f"{len(events)} events of {story.count} deliveries")
    checks.none(verify.problems(story.all(), events, broker.partitions()))
    target.check_audit(len(events), checks)
    check_replay(target, broker, events, checks)
    check_example(broker, events, checks)


harness.main(test)
