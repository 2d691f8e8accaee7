"""The journal loses its oldest records, and what it still has can be audited and replayed from older checkpoints."""
import json
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
import harness
import schemas
from client import Load
from daemon import Daemon
from story import Story, make_repositories

ROUNDS, DELIVERIES, CONNECTIONS = 8, 250, 8
JOURNAL_BYTES = "2MiB"  # some three rounds


def record_of(line):
    return int(json.loads(line)["sequence"].split(".")[1])


def replay(target, *arguments):
    ran = target.run("journal", "replay", "--json", *arguments, timeout=120)
    assert ran.stdout, ran.stderr
    return json.loads(ran.stdout)


def ids(lines):
    return [json.loads(line)["id"] for line in lines]


def check_range(target, published, first, last, checks):
    report = replay(target, "--from", str(first), "--to", str(last))
    again = pathlib.Path(report["place"]).read_text(encoding="utf-8").split("\n")[:-1]
    checks.equal((report["skips"], report["notes"]), (False, []), f"replay of {first} to {last}")
    checks.equal(ids(again), ids(line for line in published if first <= record_of(line) <= last), "replayed events")
    compared = target.audit("--from", str(first), "--to", str(last))
    checks.equal((compared["failed"], compared["first"], compared["last"]), (False, first, last), "audit of a range")


def test(directory, rng, checks):
    target = Daemon(directory / "daemon", {"journal": {"size_max": JOURNAL_BYTES}})
    ends = []
    for _ in range(ROUNDS):
        target.start()
        Load(target, Story(rng.getrandbits(32), make_repositories(6), DELIVERIES, CONNECTIONS), patience=60).start().join()
        ends.append(target.journal_last())
        target.wait_published(ends[-1])
        checks.equal(target.stop(), 0, "exit code")  # and every shard has a checkpoint
    kept = json.loads(target.run("journal", "status", "--json").stdout)
    checks.that(ends[0] < kept["first"] <= ends[-2], f"the journal begins with {kept['first']}, rounds end with {ends}")
    oldest = min(end for end in ends if end >= kept["first"] - 1)
    report = target.audit()
    checks.that(not report["failed"] and kept["first"] < report["first"] <= oldest + 1,
                f"audit from {report['first']} on, not from {oldest + 1} at the latest: {report}")
    checks.equal((report["skips"], len(report["notes"])), (True, 1), "what is left out")
    published = (target.directory / "events.jsonl").read_text(encoding="utf-8").split("\n")[:-1]
    checks.none(schemas.problems_of_lines(published))
    for first in (report["first"], (report["first"] + ends[-1]) // 2, ends[-1]):
        check_range(target, published, first, ends[-1], checks)
    check_range(target, published, report["first"], report["first"] + 20, checks)


harness.main(test)
