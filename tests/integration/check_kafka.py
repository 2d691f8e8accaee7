"""`bbstream check` of a real broker, and of none: topics that are missing or there, transactions, and a daemon beside it that is not disturbed."""
import json
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
import harness
from broker import Broker
from client import Load
from daemon import Daemon
from story import Story, make_repositories

DELIVERIES, REPOSITORIES, CONNECTIONS = 100, 5, 2


def sink_lines(target, checks, *words, code=0):
    ran = harness.run([harness.BINARY, "check", "--json", *words, "--config", target.config], timeout=120)
    checks.equal(ran.returncode, code, f"exit code of check {words}: {ran.stdout}{ran.stderr}")
    lines = [json.loads(line) for line in ran.stdout.splitlines()]
    return {line["check"]: (line["result"], line["said"]) for line in lines if line["of"] == "sink"}


def deliver(target, seed, checks):
    Load(target, Story(seed, make_repositories(REPOSITORIES), DELIVERIES, CONNECTIONS)).start().join()
    target.wait_published(target.journal_last())


def test(directory, rng, checks):
    broker = Broker(directory / "kafka").start()
    kafka = {'"bootstrap.servers"': broker.address}
    target = Daemon(directory / "daemon", {"sink": {"kind": "kafka"}, "kafka": kafka})
    found = sink_lines(target, checks)
    checks.equal(found["kafka"], ("ok", "reachable"), "a broker")
    checks.that(found["topics"][0] == "ok" and "bitbucket.cursor.v1" in found["topics"][1], f"topics to come: {found}")
    checks.equal(broker.partitions(), {}, "check makes no topics")
    target.configuration["kafka"]["topics.auto_create"] = False
    target.write_config()
    checks.equal(sink_lines(target, checks, code=1)["topics"][0], "fail", "topics that nobody will make")
    del target.configuration["kafka"]["topics.auto_create"]
    target.write_config()
    target.start()
    deliver(target, rng.getrandbits(32), checks)
    found = sink_lines(target, checks, "--write")
    for check in ("kafka", "topics", "transactions", "acl"):
        checks.equal(found.get(check, ("absent",))[0], "ok", f"{check}: {found}")
    checks.equal(sink_lines(target, checks)["acl"][0], "unknown", "acl without --write")
    # The daemon's producer was not fenced, and what check wrote is seen by nobody.
    published = len(broker.consume())
    deliver(target, rng.getrandbits(32), checks)
    checks.that("fenced" not in target.log.read_text(), "check has fenced the daemon")
    events = broker.consume()
    checks.that(len(events) > published, "the daemon goes on")
    checks.equal(target.stop(), 0, "exit code")
    target.check_audit(len(events), checks)
    target.configuration["kafka"]["transactions"] = False
    target.write_config()
    checks.equal(sink_lines(target, checks)["transactions"][0], "warning", "without transactions")
    target.configuration["kafka"]['"bootstrap.servers"'] = f"127.0.0.1:{harness.free_port()}"
    target.write_config()
    checks.equal(sink_lines(target, checks, code=1)["kafka"][0], "fail", "no broker")


harness.main(test)
