"""The optional topics, switched on over a journal that is there already: nothing else moves, what comes out is what was
delivered and what the official schemas say, audit and replay know of it, and a kill loses and doubles nothing.

usage: optional_topics.py [--kafka]
"""
import json
import pathlib
import re
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
import client
import harness
from broker import Broker
from client import Load
from daemon import PATHS, Daemon
from payloads import stable_uuid
from story import Story, make_repositories

DELIVERIES, REPOSITORIES, CONNECTIONS = 200, 6, 4
SCHEMAS = harness.ROOT.parent / "shared/cdevents/schemas"


def span_body(number, repository):
    """A run and a command, which is no event; over several lines, as any sender may write it."""
    attribute = lambda key, value: {"key": key, "value": {"stringValue": value}}
    run = {"name": "bbc.pipeline_run", "startTimeUnixNano": "1787565300000000999",
           "endTimeUnixNano": str(1787565600000000000 + number * 10**9),
           "attributes": [attribute("pipeline.uuid", "{%s}" % stable_uuid("pipeline", number)),
                          attribute("pipeline.repository.uuid", "{%s}" % repository),
                          attribute("pipeline.state.result.name", "COMPLETE")]}
    command = {"name": "bbc.command", "attributes": [attribute("command.command", "make\ttest é")]}
    return json.dumps({"resourceSpans": [{"scopeSpans": [{"spans": [run, command]}]}]}, indent=1, ensure_ascii=False)


class Spans:
    """Delivers numbered bodies over one connection after the other, and remembers them."""

    def __init__(self, target):
        self.target = target
        self.bodies = []

    def deliver(self, count):
        for _ in range(count):
            body = span_body(len(self.bodies), stable_uuid("spans", len(self.bodies) % 3))
            connection = client.connect(self.target)
            headers = {"X-Event-Key": "pipeline:span_created", "X-Request-UUID": stable_uuid("request", len(self.bodies)),
                       "X-Hub-Signature": client.signature(body.encode(), client.daemon.SECRETS["cloud"]),
                       "Content-Length": len(body.encode()), "Connection": "close"}
            connection.sendall(client.raw_request("POST", PATHS["cloud"], headers.items(), body.encode()))
            answer = connection.makefile("rb").readline()
            assert b" 200 " in answer, answer
            self.bodies.append(body)


class FileView:
    """What the file sink has: (native events, spans as (sequence, body), CDEvents), each in its order."""

    def __init__(self, target):
        self.target = target

    def lines(self, name):
        path = self.target.directory / name
        return path.read_text(encoding="utf-8").split("\n")[:-1] if path.exists() else []

    def native(self):
        return [json.loads(line) for line in self.lines("events.jsonl")]

    def spans(self):
        return [(json.loads(line)["sequence"], json.loads(line)["data"]) for line in self.lines("otlpspans.jsonl")]

    def cdevents(self):
        return [json.loads(line) for line in self.lines("cdevents.jsonl")]


class KafkaView:
    def __init__(self, broker):
        self.broker = broker
        self.topics = ["repository.v1", "commit.v1", "pullrequest.v1", "build.v1", "unknown.v1"]

    def values(self, *topics):
        return sorted((event.value for event in self.broker.consume(list(topics))), key=lambda value: value["sequence"])

    def native(self):
        return [value for value in self.values(*self.topics) if value["bborigin"] != "replay"]

    def spans(self):
        found = [event for event in self.broker.consume(["otlpspans.v1"]) if event.headers["ce_bborigin"] != "replay"]
        for event in found:
            assert event.headers["content-type"] == "application/json", event.headers
            assert event.headers["ce_type"] == "dev.bbstream.delivery.received.v1", event.headers
            assert event.key == event.headers["ce_partitionkey"] and event.key.startswith("cloud:"), event.key
        return sorted((event.headers["ce_sequence"], event.value) for event in found)

    def cdevents(self):
        return [value for value in self.values("cdevents.v1") if value["bborigin"] != "replay"]


def check_cdevents(directory, cdevents, native, checks):
    """Each is of an event that is there, behind the events of its record; all are valid where the schemas are at hand."""
    sequence_of = {event["id"]: event["sequence"] for event in native}
    for made in cdevents:
        of = sequence_of.get(made["causationid"])
        checks.that(of and of[:-6] == made["sequence"][:-6] and of < made["sequence"], f"a CDEvent of nothing: {made}")
    checks.equal(len({made["id"] for made in cdevents}), len(cdevents), "ids of CDEvents that differ")
    lines = directory / "cdevents-to-check"
    lines.write_text("".join(json.dumps(made) + "\n" for made in cdevents), encoding="utf-8")
    script = harness.ROOT / "tests/golden/check_cdevents.py"
    ran = subprocess.run([sys.executable, "-B", script, lines, SCHEMAS], capture_output=True, text=True, check=False)
    checks.that(ran.returncode in (0, harness.SKIPPED), ran.stdout + ran.stderr)


def switch(target, on):
    target.configuration["events"] = {"otlp_spans": on, "cdevents": on}
    target.write_config()


def audit(target, checks, notes):
    report = target.audit()
    checks.equal((report["failed"], report["faults"], len(report["notes"])), (False, [], notes), "audit")
    return report


def check_replay(target, view, first, checks):
    """Of the files only: what is replayed of records from `first` on is what is there, but for its origin."""
    ran = target.run("journal", "replay", "--from", str(first), timeout=120)
    checks.equal((ran.returncode, ran.stderr), (0, ""), "replay")
    if not isinstance(view, FileView):
        return
    lasting = lambda line: re.sub(r'"recordedtime":"[^"]*"', "", line).replace('"bborigin":"replay"', '"bborigin":"webhook"')
    for name in ("otlpspans", "cdevents"):
        again = [lasting(line) for path in target.directory.glob(f"{name}.replay.*.jsonl")
                 for line in path.read_text(encoding="utf-8").split("\n")[:-1]]
        checks.equal(again, [lasting(line) for line in view.lines(f"{name}.jsonl")], f"replayed {name}")


def test(directory, rng, checks):
    sections = {}
    broker = None
    if "--kafka" in sys.argv:
        broker = Broker(directory / "kafka").start()
        sections = {"sink": {"kind": "kafka"}, "kafka": {'"bootstrap.servers"': broker.address}}
    target = Daemon(directory / "daemon", sections).start()
    view = KafkaView(broker) if broker else FileView(target)
    spans = Spans(target)
    spans.deliver(3)
    story = Story(rng.getrandbits(32), make_repositories(REPOSITORIES), DELIVERIES, CONNECTIONS)
    Load(target, story).start().join()
    before = target.journal_last()
    target.wait_published(before)
    checks.equal(target.stop(), 0, "exit code")
    alone = view.native()
    if broker:
        present = broker.partitions()
        checks.that("otlpspans.v1" not in present and "cdevents.v1" not in present, f"topics that nobody wants: {present}")

    switch(target, True)
    audit(target, checks, notes=0 if broker else 2)  # a topic that is not there says nothing
    target.start()
    spans.deliver(5)
    target.kill()
    target.start()
    spans.deliver(5)
    last = target.journal_last()
    target.wait_published(last)
    checks.equal(target.stop(), 0, "exit code")
    native, cdevents = view.native(), view.cdevents()
    checks.equal(native[:len(alone)], alone, "what was published before")
    checks.equal([json.loads(body) for body in spans.bodies[3:]], [body for _, body in view.spans()], "spans")
    checks.equal([made["type"] for made in cdevents], ["dev.cdevents.pipelinerun.finished.0.3.0"] * 10, "CDEvents")
    check_cdevents(directory, cdevents, native, checks)
    report = audit(target, checks, notes=2)
    checks.equal(report["compared"], len(native) + 20, "events that were compared")
    check_replay(target, view, before + 1, checks)
    audit(target, checks, notes=2)

    # The same journal into a sink that is new, with all of it wanted from the first record on.
    whole = Daemon(directory / "whole", {"events": {"otlp_spans": True, "cdevents": True}})
    whole.configuration["journal"] = target.configuration["journal"]
    whole.write_config()
    whole.start()
    harness.wait_until(lambda: whole.metric("bbstream_published_sequence") >= last, "the whole journal to be published")
    checks.equal(whole.stop(), 0, "exit code")
    files = FileView(whole)
    checks.equal([(event["id"], event["sequence"]) for event in files.native()],
                 [(event["id"], event["sequence"]) for event in native], "events in the order of their sequence")
    checks.equal([body for _, body in files.spans()], [json.loads(body) for body in spans.bodies], "all spans")
    check_cdevents(directory, files.cdevents(), files.native(), checks)
    kinds = {made["type"].split(".")[2] for made in files.cdevents()}
    checks.that({"branch", "bitbucket-ref", "bitbucket-commit", "pipelinerun"} <= kinds, f"kinds of CDEvents: {kinds}")
    report = whole.audit()
    checks.equal((report["failed"], report["faults"]), (False, []), "audit of the whole")


harness.main(test)
