"""The journal's file system runs full, and gets space back: 503 meanwhile, recovery without help, nothing lost.

The journal lies on a small tmpfs, mounted where only this process and its children see it.
"""
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
import file_sink
import harness
from client import Load
from daemon import Daemon
from filling import LargeDelivery, fill
from private_mounts import mount_small_disk, occupy
from story import Story, make_repositories
import verify

DISK_BYTES = 48 << 20
ROUNDS = 3


def test(directory, rng, checks):
    disk = directory / "disk"
    mount_small_disk(disk, DISK_BYTES)
    target = Daemon(directory / "daemon", {"journal": {"path": str(disk / "journal"), "size_max": "20GiB"}}).start()
    story = Story(rng.getrandbits(32), make_repositories(10), 600, 8)
    load = Load(target, story, patience=1, pause=0.005).start()
    sent = story.all()
    for number in range(ROUNDS):
        quiet = number == ROUNDS - 1
        if quiet:
            load.join()
        occupy(disk / "filler")
        large, refusal = fill(target, rng, DISK_BYTES + (64 << 20))
        sent += [each.delivery for each in large]
        checks.equal(refusal.status, 503, f"the answer with a full disk, round {number}")
        checks.that(refusal.headers.get("Retry-After", "").isdigit(), f"Retry-After: {refusal.headers.get('Retry-After')!r}")
        checks.equal(target.status("/livez"), 200, "/livez with a full disk")
        if number == 1:
            target.kill()
            target.start(wait=False)
            harness.wait_until(lambda: target.status("/livez") == 200, "a start with a full disk")
        if quiet:  # small deliveries might still have found room
            checks.equal(target.status("/readyz"), 503, "/readyz with a full disk")
        (disk / "filler").unlink()
        if quiet:  # whoever is not ready gets no deliveries, so it must find out by itself
            harness.wait_until(lambda: target.status("/readyz") == 200, "/readyz once there is space")
        again = LargeDelivery(rng)
        sent.append(again.delivery)
        harness.wait_until(lambda: again.accepted_by(target), "deliveries to be accepted again", 60, pause=0.1)
        print(f"round {number}: {len(large) - 1} large deliveries accepted before the disk was full", flush=True)
    target.wait_published(target.journal_last(), 60)
    checks.equal(target.stop(), 0, "exit code")
    print(f"{load.accepted} of {story.count} accepted; other outcomes: {load.refused}")
    events, _ = file_sink.read(target.directory, checks)
    checks.none(verify.problems(sent, events))


harness.main(test)
