"""From a full journal to a real Kafka broker, exactly once, beside a plain producer of the same bytes.

The journal is filled while the broker is away; then the broker comes, and what counts is the time between the first and
the last commit.
"""
import argparse
import pathlib
import shutil
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "tests/support"))
import harness
import load
from broker import Broker
from daemon import Daemon
from measure import Table, wrk

TOPIC, SAMPLE_EVENTS = "bitbucket.repository.v1", 2000


def published(target):
    return target.metric("bbstream_events_published_total")


def drain(target, last):
    """Events per second from the first commit seen to the last."""
    first = harness.wait_until(lambda: published(target), "a first commit", 120, pause=0.01)
    begin = time.monotonic()
    harness.wait_until(lambda: target.metric("bbstream_published_sequence") >= last, "everything to be published", 600)
    took = time.monotonic() - begin
    count = published(target)
    return count, (count - first) / took


def plain(binary, broker, count, sample):
    done = harness.run([binary, broker.address, TOPIC, int(count), sample], timeout=600)
    assert done.returncode == 0, done.stderr
    return float(done.stdout)


def run(home, seconds, producer):
    broker = Broker(home / "kafka").start()
    target = Daemon(home / "bbstream", {"sink": {"kind": "kafka"}, "kafka": {'"bootstrap.servers"': broker.address}})
    target.start()  # once with the broker, so that the topics are there
    target.stop()
    broker.kill()
    target.start()
    requests = home / "requests"
    load.write_requests(requests)
    wrk(target.port, requests, 64, seconds)
    last = target.journal_last()
    broker.start()
    count, ours = drain(target, last)
    target.stop()
    sample = home / "sample"
    read = harness.run(["kcat", "-b", broker.address, "-C", "-q", "-e", "-t", TOPIC, "-o", "beginning",
                        "-c", str(SAMPLE_EVENTS), "-f", "%s\\n"])
    sample.write_text(read.stdout)
    theirs = plain(producer, broker, count, sample)
    size = len(read.stdout) // max(1, read.stdout.count("\n"))
    table = Table(f"Publishing: {count:,.0f} events of {size:,} bytes from the journal to Kafka, transactions on", "plain")
    table.line("events/s", ours, theirs, ours / theirs, floor=0.4)
    return table.below


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=int, default=10, help="how long the journal is filled")
    chosen = parser.parse_args()
    home = pathlib.Path(tempfile.mkdtemp(prefix="bench-", dir=harness.ROOT / "build"))
    try:
        return 1 if run(home, chosen.seconds, harness.ROOT / "build/bench/plain_producer") else 0
    finally:
        harness.end_all()
        shutil.rmtree(home, ignore_errors=True)


sys.exit(main())
