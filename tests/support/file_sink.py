"""Reads what the file sink has written."""
import json
import time

import verify

WRITE_SECONDS_MAX = 5
TOPIC_OF = {"ref": "repository.v1", "commit": "commit.v1", "unknown": "unknown.v1"}


def content_of(path):
    """Of a file that may be written to: half of a line is there for no longer than a write takes."""
    for _ in range(WRITE_SECONDS_MAX * 10):
        content = path.read_bytes()
        if content.endswith(b"\n") or not content:
            break
        time.sleep(0.1)
    return content


def read(directory, checks):
    """All files oldest first; the name of a full one is events.{first sequence}.jsonl."""
    full = sorted(path for path in directory.glob("events.*.jsonl"))
    events = []
    for path in [*full, directory / "events.jsonl"]:
        content = content_of(path)
        checks.that(content.endswith(b"\n") or not content, f"{path.name} ends within a line")
        for number, line in enumerate(content.split(b"\n")[:-1]):
            try:
                value = json.loads(line)
            except ValueError:
                checks.that(False, f"{path.name}:{number + 1} is torn: {line[:80]!r}...")
                continue
            if number == 0 and path in full:
                checks.equal(path.name, f"events.{value['sequence']}.jsonl", "the name of a full file")
            topic = TOPIC_OF.get(value["type"].split(".")[2], value["type"])
            events.append(verify.Event(topic, -1, len(events), None, None, value))
    return events, len(full)
