"""CloudEvents in binary content mode on the real broker: data as the value, attributes as headers, and an audit of it."""
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
import harness
import schemas
from broker import Broker
from client import Load
from daemon import Daemon
from story import Story, make_repositories

DELIVERIES, REPOSITORIES, CONNECTIONS = 300, 10, 4
ATTRIBUTES = ("specversion", "id", "source", "type", "subject", "time", "dataschema", "sequence", "partitionkey", "bborigin")


def structured(event):
    """The event as its attributes and its data make it."""
    attributes = {name[3:]: value for name, value in event.headers.items() if name.startswith("ce_")}
    if "bbattempt" in attributes:
        attributes["bbattempt"] = int(attributes["bbattempt"])
    return attributes | {"datacontenttype": event.headers.get("content-type"), "data": event.value}


def check_events(events, checks):
    for event in events:
        checks.equal(event.headers.get("content-type"), "application/json", "content type")
        checks.equal([name for name in ATTRIBUTES if not event.headers.get(f"ce_{name}")], [], "attributes that are missing")
        checks.equal(event.headers["ce_partitionkey"], event.key, "key")
        checks.none(schemas.problems(structured(event)))
        checks.that("specversion" not in event.value and "repository" in event.value, f"a value is not data: {event.value}")


def test(directory, rng, checks):
    broker = Broker(directory / "kafka").start()
    kafka = {'"bootstrap.servers"': broker.address, "content_mode": "binary"}
    target = Daemon(directory / "daemon", {"sink": {"kind": "kafka"}, "kafka": kafka}).start()
    story = Story(rng.getrandbits(32), make_repositories(REPOSITORIES), DELIVERIES, CONNECTIONS)
    Load(target, story).start().join()
    target.wait_published(target.journal_last())
    checks.equal(target.stop(), 0, "exit code")
    events = broker.consume()
    check_events(events, checks)
    checks.equal(len({event.headers["ce_id"] for event in events}), len(events), "ids that differ")
    target.check_audit(len(events), checks)
    ran = target.run("journal", "replay", "--to", "50", timeout=120)
    checks.equal((ran.returncode, ran.stderr), (0, ""), "replay")
    report = target.audit()
    checks.that(not report["failed"] and report["replayed"] > 0, f"audit after a replay: {report}")


harness.main(test)
