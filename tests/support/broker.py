"""A real Kafka broker of the test's own, and a read_committed consumer of it."""
import json
import os
import subprocess

import harness
import verify

TOPICS = ["repository.v1", "commit.v1", "unknown.v1", "system.v1", "dlq.v1"]


SCRIPT = harness.ROOT / "dev.d/kafka"


class Broker:
    def __init__(self, directory):
        self.directory = directory
        self.address = None
        # Should this test be killed, its end of a pipe closes, and what waits at the other end kills the broker.
        waiting, self._alive = os.pipe()
        subprocess.run(["setsid", "--fork", "sh", "-c", 'cat >/dev/null; exec "$0" kill "$1"', SCRIPT, directory],
                       stdin=waiting, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
        os.close(waiting)
        harness.at_end.append(self.stop)

    def start(self):
        done = harness.run([SCRIPT, "start", "--directory", self.directory], timeout=240)
        assert done.returncode == 0, done.stderr
        self.address = done.stdout.split()[-1]
        return self

    def kill(self):
        assert harness.run([SCRIPT, "kill", self.directory]).returncode == 0

    def stop(self):
        harness.run([SCRIPT, "stop", self.directory])

    def partitions(self):
        """Event topic (without prefix) -> number of partitions."""
        listed = harness.run(["kcat", "-b", self.address, "-L", "-J"])
        assert listed.returncode == 0, listed.stderr
        return {topic["topic"].removeprefix(verify.PREFIX): len(topic["partitions"])
                for topic in json.loads(listed.stdout)["topics"] if topic["topic"].startswith(verify.PREFIX)}

    def consume(self, topics=None):
        """Everything that a read_committed consumer sees, to the end of each topic."""
        present = self.partitions()
        return [event for topic in topics or TOPICS if topic in present for event in self._consume(topic)]

    def _consume(self, topic):
        read = harness.run(["kcat", "-b", self.address, "-C", "-t", verify.PREFIX + topic, "-e", "-q", "-J", "-o", "beginning",
                            "-X", "isolation.level=read_committed", "-X", "check.crcs=true"], timeout=120)
        assert read.returncode == 0, read.stderr
        records = [json.loads(line) for line in read.stdout.split("\n") if line]
        records.sort(key=lambda record: (record["partition"], record["offset"]))
        for record in records:
            headers = record.get("headers") or []
            yield verify.Event(topic, record["partition"], record["offset"], record["key"],
                               dict(zip(headers[::2], headers[1::2])), json.loads(record["payload"]))
