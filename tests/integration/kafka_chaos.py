"""The end-to-end load while the daemon is killed by SIGKILL again and again, and the broker three times.

Whatever was answered with 2xx must come out exactly once; what was never answered at most once; nothing else.
"""
import pathlib
import sys
import threading
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
import harness
from broker import Broker
from chaos import kill_and_restart
from client import Load
from daemon import Daemon
from story import Story, make_repositories
import verify

DELIVERIES, REPOSITORIES, CONNECTIONS = 5000, 50, 32
DAEMON_KILLS, BROKER_KILLS = 24, 3


def harm_broker(broker, rng, at, load):
    for mark in at:
        while load.accepted < mark:
            time.sleep(0.01)
        print(f"broker killed after {load.accepted} accepted deliveries", flush=True)
        broker.kill()
        time.sleep(rng.uniform(0, 2))
        broker.start()


def test(directory, rng, checks):
    broker = Broker(directory / "kafka").start()
    target = Daemon(directory / "daemon", {"sink": {"kind": "kafka"}, "kafka": {'"bootstrap.servers"': broker.address}})
    target.start()
    story = Story(rng.getrandbits(32), make_repositories(REPOSITORIES), DELIVERIES, CONNECTIONS)
    load = Load(target, story, pause=0.01).start()
    marks = sorted(rng.sample(range(DELIVERIES // 10, DELIVERIES * 7 // 10), BROKER_KILLS))
    harm = threading.Thread(target=harm_broker, args=(broker, rng, marks, load), daemon=True)
    harm.start()
    kill_and_restart(target, rng, DAEMON_KILLS, lambda: load.accepted, DELIVERIES * 7 // 10)
    load.join()
    harm.join()
    print(f"{load.accepted} of {story.count} accepted; other outcomes: {load.refused}", flush=True)

    target.wait_ready()
    for _ in range(2):  # while it publishes what is left
        time.sleep(rng.uniform(0, 1.5))
        target.kill()
        target.start()
    last = target.journal_last()
    harness.wait_until(lambda: target.metric("bbstream_published_sequence") >= last, "everything to be published", 180)
    checks.equal(target.stop(), 0, "exit code")
    events = broker.consume()
    print(f"{len(events)} events of {last} records")
    for problem in verify.problems(story.all(), events, broker.partitions()):
        checks.that(False, problem)
    if checks.problems:
        print(target.log_tail(60))


harness.main(test)
