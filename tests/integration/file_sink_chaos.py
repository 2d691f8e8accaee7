"""Deliveries while the daemon, which writes to rotated files, is killed by SIGKILL again and again.

No line may be torn, lost or doubled, over all files; whatever was answered with 2xx is there exactly once.
"""
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
import file_sink
import harness
from chaos import kill_and_restart, kill_while_publishing
from client import Load
from daemon import Daemon
from story import Story, make_repositories
import verify

DELIVERIES, REPOSITORIES, CONNECTIONS, KILLS = 5000, 50, 32, 30


def test(directory, rng, checks):
    target = Daemon(directory / "daemon", {"sink": {"file.size_max": "256KiB"}}).start()
    story = Story(rng.getrandbits(32), make_repositories(REPOSITORIES), DELIVERIES, CONNECTIONS)
    load = Load(target, story, pause=0.005).start()
    kill_and_restart(target, rng, KILLS, load.progress, DELIVERIES * 9 // 10)
    load.join()
    print(f"{load.accepted} of {story.count} accepted; other outcomes: {load.refused}", flush=True)

    last = kill_while_publishing(target, rng, kills=3, longest=0.2)
    target.wait_published(last)
    checks.equal(target.stop(), 0, "exit code")
    events, full = file_sink.read(target.directory, checks)
    print(f"{len(events)} events of {last} records in {full + 1} files")
    checks.that(full >= 10, f"only {full} full files")
    checks.none(verify.problems(story.all(), events))
    target.check_audit(len(events), checks)


harness.main(test)
