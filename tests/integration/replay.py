"""`bbstream journal replay` beside a running daemon: the same events again, but for their origin, outside the cursor."""
import json
import pathlib
import re
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
import harness
import schemas
from client import Load
from daemon import Daemon
from story import Story, make_repositories

DELIVERIES, REPOSITORIES, CONNECTIONS = 300, 6, 4


def lasting(line):
    """A line without what tells a replay from the first time."""
    line = re.sub(r'"recordedtime":"[^"]*"', "", line)
    return line.replace('"bborigin":"replay"', '"bborigin":"webhook"')


def replay(target, *arguments, code=0):
    ran = target.run("journal", "replay", "--json", *arguments, timeout=120)
    assert ran.returncode == code, f"exit code {ran.returncode}: {ran.stdout}{ran.stderr}"
    return json.loads(ran.stdout)


def lines_of(path):
    return pathlib.Path(path).read_text(encoding="utf-8").split("\n")[:-1]


def replays(target):
    return sorted(target.directory.glob("replay.*.jsonl"))


def check_privacy(published, checks):
    emails = re.findall(r'"email":"([^"]*)"', "\n".join(published))
    checks.that(emails and not any("@" in each for each in emails), f"e-mail addresses are not cut: {emails[:3]}")


def check_all(target, published, checks):
    report = replay(target)
    again = lines_of(report["place"])
    checks.equal([lasting(line) for line in again], [lasting(line) for line in published], "replayed events")
    checks.that(all('"bborigin":"replay"' in line for line in again), "an event does not say that it is replayed")
    checks.equal((report["events"], sum(report["types"].values())), (len(published), len(published)), "counts")


def check_selections(target, published, checks):
    events = [json.loads(line) for line in published]
    record = lambda event: int(event["sequence"].split(".")[1])
    ids = lambda wanted: [event["id"] for event in events if wanted(event)]
    replayed = lambda *arguments: [json.loads(line)["id"] for line in lines_of(replay(target, *arguments)["place"])]
    checks.equal(replayed("--from", "20", "--to", "40"), ids(lambda event: 20 <= record(event) <= 40), "a range")
    name = events[7]["data"]["repository"]["fullName"]
    of_repository = ids(lambda event: event["data"]["repository"]["fullName"] == name)
    checks.equal(replayed("--repo", name), of_repository, "a repository by its name")
    checks.equal(replayed("--repo", events[7]["data"]["repository"]["id"]), of_repository, "a repository by its id")
    middle = events[len(events) // 2]["bbreceivedtime"]
    checks.equal(replayed("--since", middle), ids(lambda event: event["bbreceivedtime"] >= middle), "from a time on")
    checks.equal(replayed("--until", middle), ids(lambda event: event["bbreceivedtime"] < middle), "before a time")
    checks.equal(replayed("--repo", "acme/nobody"), [], "a repository that is not there")


def check_dry_run(target, published, checks):
    before = replays(target)
    report = replay(target, "--dry-run")
    checks.equal((report["events"], report["dryRun"], report["place"]), (len(published), True, None), "a dry run")
    checks.equal(replays(target), before, "files after a dry run")
    shown = target.run("journal", "replay", "--dry-run")
    checks.equal((shown.returncode, shown.stderr), (0, ""), "a dry run for a person")
    checks.that("would replay" in shown.stdout and "ref." in shown.stdout, shown.stdout)


# Runs a command that has been told to end before it begins, so that it sees the signal at its first look.
TOLD_TO_END = """import os, signal, sys
signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGTERM])
os.kill(os.getpid(), signal.SIGTERM)
os.execv(sys.argv[1], sys.argv[1:])"""


def check_interruption(target, checks):
    ran = harness.run([sys.executable, "-c", TOLD_TO_END, harness.BINARY, "journal", "replay", "--config", target.config])
    checks.equal((ran.returncode, ran.stdout, ran.stderr), (1, "", "bbstream: interrupted\n"), "a replay that is told to end")


def check_misuse(target, last, checks):
    beyond = replay(target, "--from", str(last + 1), code=1)
    checks.equal((beyond["events"], beyond["skips"], len(beyond["notes"])), (0, True, 1), "what is not there")
    wrong = target.run("journal", "replay", "--since", "yesterday")
    checks.equal(wrong.returncode, 2, "exit code for a time that is none")
    checks.that("yesterday" in wrong.stderr and wrong.stderr.count("\n") <= 2, wrong.stderr)


def test(directory, rng, checks):
    target = Daemon(directory / "daemon", {"privacy": {"commit_email": "domain"}}).start()
    story = Story(rng.getrandbits(32), make_repositories(REPOSITORIES), DELIVERIES, CONNECTIONS)
    Load(target, story).start().join()
    last = target.journal_last()
    harness.wait_until(lambda: target.audit()["last"] == last, "the cursor to be durable")
    published = lines_of(target.directory / "events.jsonl")
    checks.none(schemas.problems_of_lines(published))
    check_privacy(published, checks)
    check_all(target, published, checks)
    check_selections(target, published, checks)
    check_dry_run(target, published, checks)
    check_interruption(target, checks)
    check_misuse(target, last, checks)
    checks.equal(lines_of(target.directory / "events.jsonl"), published, "the sink's own lines")
    checks.equal(target.stop(), 0, "exit code")
    target.check_audit(len(published), checks)


harness.main(test)
