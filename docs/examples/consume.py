#!/usr/bin/env python3
"""Reads bbstream's topics once each, in order per repository, and prints a line an event.

    consume.py BOOTSTRAP_SERVERS GROUP [--to-the-end]     needs python3-confluent-kafka
"""
import collections
import json
import sys

from confluent_kafka import Consumer, KafkaError

TOPICS = [f"bitbucket.{name}.v1" for name in ("repository", "commit", "pullrequest", "build", "issue", "project",
                                              "security", "unknown", "system")]
REMEMBERED = 100_000


class Seen:
    """The newest ids: what comes twice (a replay, or transactions switched off) has the same one."""

    def __init__(self):
        self.ids = collections.OrderedDict()

    def add(self, id):
        """Whether it is new."""
        if id in self.ids:
            return False
        self.ids[id] = None
        if len(self.ids) > REMEMBERED:
            self.ids.popitem(last=False)
        return True


def read(message):
    """The event; nothing for a record that holds none, which bbstream does not write, but others may."""
    try:
        event = json.loads(message.value())
        if all(isinstance(event[name], str) for name in ("id", "time", "type", "source", "subject")):
            return event
    except (KeyError, TypeError, ValueError, RecursionError):
        pass
    print(f"{message.topic()} [{message.partition()}] {message.offset()} holds no event", file=sys.stderr, flush=True)
    return None


def handle(event):
    print(event["time"], event["type"], event["source"], event["subject"], flush=True)


def main(servers, group, to_the_end):
    consumer = Consumer({
        "bootstrap.servers": servers,
        "group.id": group,
        "isolation.level": "read_committed",
        "auto.offset.reset": "earliest",
        "enable.auto.commit": False,
        "enable.partition.eof": to_the_end,
    })
    consumer.subscribe(TOPICS)
    seen, ended, open_partitions = Seen(), set(), set()
    try:
        while not (ended and ended >= open_partitions):
            message = consumer.poll(1)
            open_partitions = {(each.topic, each.partition) for each in consumer.assignment()}
            if message is None:
                continue
            if message.error():
                if message.error().code() != KafkaError._PARTITION_EOF:
                    raise SystemExit(message.error())
                ended.add((message.topic(), message.partition()))
                continue
            event = read(message)
            if event and seen.add(event["id"]):
                handle(event)
            consumer.commit(message, asynchronous=True)  # only what was handled
    finally:
        consumer.close()


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    main(sys.argv[1], sys.argv[2], "--to-the-end" in sys.argv[3:])
