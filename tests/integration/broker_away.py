"""The broker is away when the daemon starts, for so long that the journal reaches its bound, and comes back.

Webhooks are accepted meanwhile; at the bound the answer is 503 with Retry-After; afterwards everything that was
accepted is there, and deliveries are accepted again without anybody's help.
"""
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
import harness
from broker import Broker
from client import Load
from daemon import Daemon
from filling import LargeDelivery, fill
from story import Story, make_repositories
import verify

CONNECTIONS = 8


def test(directory, rng, checks):
    broker = Broker(directory / "kafka").start()
    broker.kill()
    target = Daemon(directory / "daemon", {"sink": {"kind": "kafka"}, "kafka": {'"bootstrap.servers"': broker.address},
                                           "journal": {"size_max": "24MiB"}}).start()
    story = Story(rng.getrandbits(32), make_repositories(10), 500, CONNECTIONS)
    load = Load(target, story).start()
    load.join()
    checks.equal((load.accepted, load.refused), (story.count, {}), "answers while the broker is away")
    checks.equal(target.status("/readyz"), 200, "/readyz while the broker is away")

    large, refusal = fill(target, rng, 64 << 20)
    checks.equal(refusal.status, 503, "the answer at the journal's bound")
    checks.that(refusal.headers.get("Retry-After", "").isdigit(), f"Retry-After is {refusal.headers.get('Retry-After')!r}")
    print(f"{len(large)} large deliveries until then")

    broker.start()
    last = LargeDelivery(rng)
    harness.wait_until(lambda: last.accepted_by(target), "deliveries to be accepted again", 120, pause=0.2)
    sent = [*story.all(), *(each.delivery for each in large), last.delivery]
    sequence = max(delivery.sequences[-1] for delivery in sent if delivery.sequences)
    target.wait_published(sequence)
    checks.equal(target.stop(), 0, "exit code")
    checks.none(verify.problems(sent, broker.consume(), broker.partitions()))


harness.main(test)
