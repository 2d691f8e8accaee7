"""From a full journal to a real Kafka broker, exactly once, beside a plain producer of the same bytes.

The journal is filled by a daemon that finds no broker; then one that does goes on with it, and what counts is the time
between the first and the last commit. Both take turns, a first one to warm the broker up: its code for transactions and
that for plain batches are compiled as they are used, which takes it seconds.
"""
import argparse
import pathlib
import shutil
import statistics
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


def prepared(home):
    load.write_requests(home / "requests")
    return home / "requests"


def fill(target, home, seconds):
    """Sequence of the last record."""
    connected = target.configuration["kafka"]
    target.configuration["kafka"] = {'"bootstrap.servers"': f"127.0.0.1:{harness.free_port()}"}
    target.write_config()
    target.start()
    wrk(target.port, prepared(home), 64, seconds)
    last = target.journal_last()
    target.stop()
    target.configuration["kafka"] = connected
    target.write_config()
    return last


def sample_of(broker, home):
    """Some events as they came out, and their mean size."""
    read = harness.run(["kcat", "-b", broker.address, "-C", "-q", "-e", "-t", TOPIC, "-o", "beginning",
                        "-c", str(SAMPLE_EVENTS), "-f", "%s\\n"])
    (home / "sample").write_text(read.stdout)
    return home / "sample", len(read.stdout) // max(1, read.stdout.count("\n"))


def plain(binary, broker, count, sample):
    done = harness.run([binary, broker.address, TOPIC, int(count), sample], timeout=600)
    assert done.returncode == 0, done.stderr
    return float(done.stdout)


def turn(target, broker, home, seconds, producer, sample):
    """How many events there were, and each one's events per second."""
    last = fill(target, home, seconds)
    target.start()
    count, ours = drain(target, last)
    target.stop()
    return count, ours, plain(producer, broker, count, sample)


def run(home, rounds, seconds, producer):
    broker = Broker(home / "kafka").start()
    target = Daemon(home / "bbstream", {"sink": {"kind": "kafka"}, "kafka": {'"bootstrap.servers"': broker.address}})
    target.start()
    wrk(target.port, prepared(home), 64, 2)  # a sample of events, and the topics
    target.wait_published(target.journal_last())
    target.stop()
    sample, size = sample_of(broker, home)
    done = [turn(target, broker, home, seconds, producer, sample) for _ in range(1 + rounds)][1:]
    count = sum(each[0] for each in done)
    ours, theirs = (statistics.median(each[at] for each in done) for at in (1, 2))
    table = Table(f"Publishing: {count:,.0f} events of {size:,} bytes from the journal to Kafka, transactions on", "plain")
    ratio = statistics.median(each[1] / each[2] for each in done)
    table.line("events/s", ours, theirs, ratio, floor=0.4)
    return table.below


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--seconds", type=int, default=5, help="how long the journal is filled, each time")
    chosen = parser.parse_args()
    home = pathlib.Path(tempfile.mkdtemp(prefix="bench-", dir=harness.ROOT / "build"))
    try:
        return 1 if run(home, chosen.rounds, chosen.seconds, harness.ROOT / "build/bench/plain_producer") else 0
    finally:
        harness.end_all()
        shutil.rmtree(home, ignore_errors=True)


sys.exit(main())
