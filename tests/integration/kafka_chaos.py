"""The end-to-end load while the daemon is killed by SIGKILL again and again, and the broker three times.

Whatever was answered with 2xx must come out exactly once; what was never answered at most once; nothing else.
"""
import math
import pathlib
import sys
import threading
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
import harness
from broker import Broker
from chaos import kill_and_restart, kill_while_publishing
from client import Load
from daemon import Daemon
from story import Story, make_repositories
import verify

DELIVERIES, REPOSITORIES, CONNECTIONS = 5000, 50, 32
DAEMON_KILLS, BROKER_KILLS = 24, 3


def harm_broker(broker, rng, marks, load):
    """Kills it at each mark; half of what is left until the next mark is delivered while it is away or coming back."""
    for mark, following in zip(marks, [*marks[1:], DELIVERIES]):
        harness.wait_until(lambda: load.progress() >= mark, "deliveries to go on", 300)
        print(f"broker killed after {load.accepted} accepted deliveries", flush=True)
        broker.kill()
        load.until = (mark + following) // 2
        time.sleep(rng.uniform(0, 2))
        broker.start()
        time.sleep(rng.uniform(0, 3))
        load.until = following
    load.until = math.inf


def test(directory, rng, checks):
    broker = Broker(directory / "kafka").start()
    target = Daemon(directory / "daemon", {"sink": {"kind": "kafka"}, "kafka": {'"bootstrap.servers"': broker.address}})
    target.start()
    story = Story(rng.getrandbits(32), make_repositories(REPOSITORIES), DELIVERIES, CONNECTIONS)
    marks = sorted(rng.sample(range(DELIVERIES // 10, DELIVERIES * 8 // 10), BROKER_KILLS))
    load = Load(target, story, pause=0.02)
    load.until = marks[0]
    load.start()
    harm = threading.Thread(target=harm_broker, args=(broker, rng, marks, load), daemon=True)
    harm.start()
    kill_and_restart(target, rng, DAEMON_KILLS, load.progress, DELIVERIES * 9 // 10)
    load.join()
    harm.join()
    print(f"{load.accepted} of {story.count} accepted; other outcomes: {load.refused}", flush=True)

    last = kill_while_publishing(target, rng, kills=2, longest=1.5)
    target.wait_published(last, 180)
    checks.equal(target.stop(), 0, "exit code")
    events = broker.consume()
    print(f"{len(events)} events of {last} records")
    checks.none(verify.problems(story.all(), events, broker.partitions()))
    target.check_audit(len(events), checks)


harness.main(test)
