"""The file sink's file system runs full under load, and gets space back: the daemon waits for it, and goes on by itself.

The files lie on a small tmpfs, and the kernel does not tell its boot id, as under a unit with ProcSubset=pid: what the
daemon itself has written, though it was not durable yet, is nevertheless not cut off.
"""
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
import file_sink
import harness
from client import Load
from daemon import Daemon
from private_mounts import hide_boot_id, mount_small_disk, occupy
from story import Story, make_repositories
import verify

DISK_BYTES = 32 << 20
DELIVERIES, REPOSITORIES, CONNECTIONS = 3000, 10, 8
ROUNDS = 3


def errors_of(target):
    return target.metric("bbstream_sink_errors_total")


def test(directory, rng, checks):
    disk = directory / "disk"
    mount_small_disk(disk, DISK_BYTES)
    hide_boot_id()
    target = Daemon(directory / "daemon", {"sink": {"file.path": str(disk / "events.jsonl")}}).start()
    story = Story(rng.getrandbits(32), make_repositories(REPOSITORIES), DELIVERIES, CONNECTIONS)
    load = Load(target, story, pause=0.005).start()
    for number in range(ROUNDS):
        wanted = DELIVERIES * (number + 1) // (ROUNDS + 1)
        harness.wait_until(lambda: target.metric("bbstream_published_sequence") >= wanted, "some records")
        before = errors_of(target)
        occupy(disk / "filler")
        harness.wait_until(lambda: errors_of(target) > before or not target.alive(), "the sink to fail")
        (disk / "filler").unlink()
        if not checks.that(target.alive(), f"the daemon ended with {target.process.returncode}, round {number}"):
            return
    load.join()
    checks.equal(load.accepted, story.count, "accepted deliveries")
    last = target.journal_last()
    target.wait_published(last)
    checks.equal(target.stop(), 0, "exit code")
    told = target.log.read_text().count("the kernel does not tell its boot id")
    checks.equal(told, 1, "warnings that the boot id is hidden")
    events, _ = file_sink.read(disk, checks)
    checks.none(verify.problems(story.all(), events))
    target.check_audit(len(events), checks)


harness.main(test)
