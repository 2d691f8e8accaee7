#!/usr/bin/env python3
"""Checks schemas/asyncapi.yaml: what it refers to is there, each message is of one channel, which is the topic that
the list for people names, and the examples are what the messages say, by JSON Schema's draft 07 too.

usage: check_asyncapi.py REPOSITORY
"""
import json
import pathlib
import re
import sys

import jsonschema
import yaml


def fail(message):
    print(message, file=sys.stderr)
    sys.exit(1)


class documents:
    """Files by path, each read once."""

    def __init__(self):
        self.known = {}

    def load(self, path):
        if path not in self.known:
            if not path.is_file():
                fail(f"{path}: there is no such file")
            self.known[path] = (yaml.safe_load if path.suffix == ".yaml" else json.loads)(path.read_text())
        return self.known[path]

    def resolve(self, path, reference):
        """The file that it names, and what it points to there."""
        file, _, pointer = reference.partition("#")
        target = (path.parent / file).resolve() if file else path
        value = self.load(target)
        for part in pointer.split("/")[1:]:
            part = part.replace("~1", "/").replace("~0", "~")
            if part not in value:
                fail(f"{path}: {reference} points to nothing")
            value = value[part]
        return target, value


def check_references(within, path, value, seen):
    if isinstance(value, list):
        for each in value:
            check_references(within, path, each, seen)
    if not isinstance(value, dict):
        return
    for key, each in value.items():
        if key != "$ref":
            check_references(within, path, each, seen)
        elif (path, each) not in seen:
            seen.add((path, each))
            check_references(within, *within.resolve(path, each), seen)


def listed_topics(root):
    """By type, as schemas/README.md lists them."""
    row = re.compile(r"^\| `(dev\.bbstream\.[a-z_.0-9]+)` \| `([a-z0-9.]+)` \|", re.MULTILINE)
    return dict(row.findall((root / "schemas/README.md").read_text()))


def check_channels(within, path, document, listed):
    """Each message stands in one channel: the one of its type's topic."""
    found = {}
    for channel in document["channels"].values():
        topic = channel["address"].removeprefix("{prefix}.")
        for reference in channel["messages"].values():
            message = within.resolve(path, reference["$ref"])[1]
            if message["name"] in found:
                fail(f"{message['name']}: it is in two channels")
            found[message["name"]] = topic
    types = {name: topic for name, topic in found.items() if name.startswith("dev.bbstream.")}
    if types != listed:
        fail(f"channels and list differ: {set(types.items()) ^ set(listed.items())}")
    if len(found) != len(document["components"]["messages"]):
        fail("there is a message that no channel has")
    sent = {operation["channel"]["$ref"].rsplit("/", 1)[1] for operation in document["operations"].values()}
    if sent != set(document["channels"]):
        fail("there is a channel that nothing is sent to")


def headers_of(event):
    named = {"ce_" + name: str(value) for name, value in event.items() if name != "data"}
    return {"content-type": "application/cloudevents+json; charset=UTF-8", "traceparent": event["traceparent"], **named}


def check_example(within, path, message):
    envelope, typed = message["payload"]["schema"]["allOf"]
    target, data = within.resolve(path, typed["properties"]["data"]["$ref"])
    example = within.load(target.parent / "examples" / target.name)
    trait = within.resolve(path, message["traits"][0]["$ref"])[1]
    for value, schema in (
            (example, within.resolve(path, envelope["$ref"])[1]),
            (example["type"], typed["properties"]["type"]),
            (example["data"], data),
            (headers_of(example), trait["headers"]),
            (example["partitionkey"], trait["bindings"]["kafka"]["key"])):
        errors = list(jsonschema.Draft7Validator(schema).iter_errors(value))
        if errors:
            fail(f"{message['name']}: {errors[0].message[:300]}")
    if message["name"] != example["type"]:
        fail(f"{message['name']}: its example is a {example['type']}")


def main():
    root = pathlib.Path(sys.argv[1]).resolve()
    path = root / "schemas/asyncapi.yaml"
    within = documents()
    document = within.load(path)
    check_references(within, path, document, set())
    check_channels(within, path, document, listed_topics(root))
    events = [each for each in document["components"]["messages"].values() if each["name"].startswith("dev.")]
    for message in events:
        check_example(within, path, message)
    print(f"{len(events)} types in {len(document['channels'])} topics")


if __name__ == "__main__":
    main()
