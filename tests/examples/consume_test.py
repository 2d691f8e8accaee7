"""docs/examples/consume.py on a topic that holds more than bbstream's events; a stand-in is the client library."""
import json
import os
import pathlib
import subprocess
import sys
import tempfile

PROGRAM = pathlib.Path(__file__).resolve().parents[2] / "docs/examples/consume.py"

# Gives the lines of a file as the records of one partition, and then its end.
CLIENT = '''
import collections
import os

Partition = collections.namedtuple("Partition", "topic partition")


class KafkaError:
    _PARTITION_EOF = -191

    def code(self):
        return self._PARTITION_EOF


class Message:
    def __init__(self, offset, value):
        self.offset, self.topic, self.partition = lambda: offset, lambda: "events", lambda: 0
        self.value, self.error = lambda: value, lambda: KafkaError() if value is None else None


class Consumer:
    def __init__(self, settings):
        with open(os.environ["RECORDS"], "rb") as lines:
            values = [*lines.read().splitlines(), None]
        self.messages = [Message(offset, value) for offset, value in enumerate(values)]

    def poll(self, seconds):
        return self.messages.pop(0)

    def assignment(self):
        return [Partition("events", 0)]

    def subscribe(self, topics):
        pass

    def commit(self, message, asynchronous):
        pass

    def close(self):
        pass
'''


def consume(records):
    with tempfile.TemporaryDirectory() as directory:
        folder = pathlib.Path(directory)
        (folder / "confluent_kafka.py").write_text(CLIENT, encoding="utf-8")
        (folder / "records").write_bytes(b"\n".join(records) + b"\n")
        return subprocess.run([sys.executable, "-B", PROGRAM, "servers", "group", "--to-the-end"], text=True,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                              env=os.environ | {"PYTHONPATH": directory, "RECORDS": str(folder / "records")})


def event(number):
    return json.dumps({"id": f"id-{number}", "time": "t", "type": "k", "source": "s", "subject": str(number)}).encode()


def check(found, wanted):
    if found != wanted:
        sys.exit(f"expected {wanted}, got {found}")


def main():
    ran = consume([event(0), b"no JSON", b"{}", b"[]", b"\xff", event(1), event(0), b'{"id":["x"]}', b'{"id":"x"}', b"[" * 100_000])
    check(ran.stdout.splitlines(), ["t k s 0", "t k s 1"])
    check(ran.stderr.splitlines(), [f"events [0] {offset} holds no event" for offset in (1, 2, 3, 4, 7, 8, 9)])
    check(ran.returncode, 0)


main()
