"""`bbstream audit` beside a running daemon and after it, on what is right, then with faults planted into the file sink."""
import pathlib
import re
import shutil
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
import harness
import schemas
from client import Load
from daemon import Daemon
from story import Story, make_repositories

DELIVERIES, REPOSITORIES, CONNECTIONS = 600, 10, 8
KINDS = ("missing", "doubled", "out_of_order", "foreign", "different")


def faults(report):
    return {kind: report[kind] for kind in KINDS if report[kind]}


def check_right(report, last, checks):
    checks.equal((report["failed"], faults(report), report["notes"]), (False, {}, []), "audit of what is right")
    checks.equal((report["first"], report["last"]), (1, last), "the records that were compared")
    checks.that(report["compared"] >= last // 2, f"only {report['compared']} events of {last} records were compared")


def plant(lines):
    """Each fault once: (lines with faults, what an audit must say of them)."""
    planted = list(lines)
    planted[50] = planted[50].replace(b'"bbinstance":"', b'"bbinstance":"x', 1)
    planted[40], planted[41] = planted[41], planted[40]
    planted.insert(30, planted[20])
    del planted[10]
    planted.append(re.sub(rb'("sequence":"[\d.]+\.)\d{6}"', rb'\g<1>000900"', planted[60], count=1))
    return planted, dict.fromkeys(KINDS, 1)


def check_planted(target, checks):
    path = target.directory / "events.jsonl"
    right = path.read_bytes()
    checks.none(schemas.problems_of_lines(right.splitlines()))
    planted, wanted = plant(right.splitlines(keepends=True))
    path.write_bytes(b"".join(planted))
    ran = target.run("audit", "--json")
    checks.equal(ran.returncode, 1, "exit code with faults")
    report = target.audit()
    checks.equal(faults(report), wanted, "faults that were found")
    checks.equal(sorted(each["kind"] for each in report["faults"]), sorted(KINDS), "faults that are named")
    shown = target.run("audit")
    checks.equal((shown.returncode, shown.stderr), (1, ""), "audit for a person")
    for kind in KINDS:
        checks.that(f"1 {kind}" in shown.stdout, f"audit does not say {kind}: {shown.stdout}")
    path.write_bytes(right)


def check_ranges(target, last, checks):
    report = target.audit("--from", "100", "--to", "200")
    checks.equal((report["failed"], report["first"], report["last"]), (False, 100, 200), "audit of a range")
    beyond = target.audit("--from", str(last + 1))
    checks.equal((beyond["failed"], beyond["compared"], len(beyond["notes"])), (True, 0, 1), "audit of what is not there")


def check_without_sink(target, checks):
    """A sink that was lost has no cursor: nothing to compare, and no false alarm."""
    shutil.move(target.directory / "events.cursor", target.directory / "away")
    report = target.audit()
    checks.equal((report["failed"], report["compared"], len(report["notes"])), (False, 0, 1), "audit without a cursor")
    shutil.move(target.directory / "away", target.directory / "events.cursor")


def check_removed(directory, rng, checks):
    """Which full files were removed follows from those that are there, not from what the configuration says now."""
    target = Daemon(directory / "removing", {"sink": {"file.size_max": "16KiB", "file.keep": 2}}).start()
    Load(target, Story(rng.getrandbits(32), make_repositories(4), 120, 4)).start().join()
    last = target.journal_last()
    target.wait_published(last)
    checks.equal(target.stop(), 0, "exit code")
    full = sorted(target.directory.glob("events.*.jsonl"))
    checks.equal(len(full), 2, "full files")
    for keep in (2, 0, 5):
        target.configuration["sink"]["file.keep"] = keep
        target.write_config()
        report = target.audit()
        checks.equal((report["failed"], faults(report), len(report["notes"])), (False, {}, 1), f"audit with keep = {keep}")
        checks.that(report["out_of_reach"] > 0 < report["compared"], f"what was compared with keep = {keep}: {report}")
    lines = full[0].read_bytes().splitlines(keepends=True)
    for lost in (0, len(lines) // 2):
        full[0].write_bytes(b"".join(lines[:lost] + lines[lost + 1:]))
        checks.equal(faults(target.audit()), {"missing": 1}, f"faults where line {lost} of the oldest file is lost")
    full[0].write_bytes(b"".join(lines))


def check_changed_privacy(target, checks):
    """Events of before the change are different, and the audit says what that may come from."""
    target.configuration["privacy"] = {"commit_email": "drop"}
    target.write_config()
    report = target.audit()
    checks.equal((list(faults(report)), len(report["notes"])), (["different"], 1), "audit after a change of [privacy]")
    checks.that("[privacy]" in report["notes"][0], f"what different may come from: {report['notes']}")
    target.configuration["privacy"] = {}
    target.write_config()


def test(directory, rng, checks):
    target = Daemon(directory / "daemon").start()
    story = Story(rng.getrandbits(32), make_repositories(REPOSITORIES), DELIVERIES, CONNECTIONS)
    load = Load(target, story).start()
    harness.wait_until(lambda: target.metric("bbstream_published_sequence") >= DELIVERIES // 4, "some records")
    beside = target.audit()
    checks.equal((beside["failed"], faults(beside)), (False, {}), "audit under load")
    load.join()
    last = target.journal_last()
    target.wait_published(last)
    checks.equal(target.stop(), 0, "exit code")
    check_right(target.audit(), last, checks)
    check_planted(target, checks)
    check_ranges(target, last, checks)
    check_without_sink(target, checks)
    check_changed_privacy(target, checks)
    check_removed(directory, rng, checks)
    check_right(target.audit(), last, checks)


harness.main(test)
