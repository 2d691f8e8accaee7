#!/usr/bin/env python3
"""Writes asyncapi.yaml (AsyncAPI 3.0): the topics, their keys, and the messages in them, from the table of types.

usage: compose_asyncapi.py [--check]

`--check` writes nothing and fails where the file is not what would be written.
"""
import json
import pathlib
import sys

import yaml

import compose

DAY_MS = 24 * 60 * 60 * 1000
BINDING = "0.5.0"
DRAFT_07 = "application/schema+json;version=draft-07"

# Each topic: what is in it, its partitions and days, and the types that go there, by their beginnings.
TOPICS = {
    "repository": ("Repositories and their refs.", 12, 90, ("repository.", "ref.", "mirror.")),
    "commit": ("Commits, and comments on them.", 12, 90, ("commit.",)),
    "pullrequest": ("Pull requests, their reviews and their comments.", 12, 90, ("pullrequest.",)),
    "build": ("Builds, pipelines and deployments.", 12, 90,
              ("buildstatus.", "pipelinerun.", "taskrun.", "deployment.")),
    "issue": ("Issues of Bitbucket Cloud.", 3, 90, ("issue.",)),
    "project": ("Projects.", 3, 90, ("project.",)),
    "security": ("Where secrets were found: access to it wants care.", 3, 90, ("secret.",)),
    "unknown": ("What has no type, whole.", 3, 30, ("unknown.",)),
    "system": ("What bbstream says of itself: gaps, and how they are filled.", 1, 30, ("system.",)),
}
# Of the attributes, those that may be absent from the headers: they may be long, or are not always there.
LONG_ATTRIBUTES = ("source", "subject", "partitionkey", "bbinstance", "bbeventkey")
KEY = {
    "type": "string",
    "description": "{instance}:{repository id}; without a repository {instance}:project:{project id}, or {instance}. "
                   "All events of a repository are in one partition of a topic, in order (murmur2_random).",
    "examples": ["cloud:3deb8c29-778a-450c-8f69-3e50a18079df", "datacenter:project:4", "cloud"],
}


def message_id(name):
    """pullrequestCommentCreated of pullrequest.comment_created"""
    first, *others = name.replace("_", ".").split(".")
    return first + "".join(part.capitalize() for part in others)


def types_in(topic):
    return [name for name in compose.TYPES if name.startswith(TOPICS[topic][3])]


def channel(topic, about, partitions, days, messages, policy="delete"):
    settings = {"cleanup.policy": [policy]}
    if policy == "delete":
        settings["retention.ms"] = days * DAY_MS
    return {
        "address": "{prefix}." + topic + ".v1",
        "description": about,
        "parameters": {"prefix": {"$ref": "#/components/parameters/prefix"}},
        "messages": {name: {"$ref": f"#/components/messages/{name}"} for name in messages},
        "bindings": {"kafka": {"partitions": partitions, "topicConfiguration": settings, "bindingVersion": BINDING}},
    }


def operation(topic, about):
    return {"action": "send", "summary": about, "channel": {"$ref": f"#/channels/{topic}"}}


def event_message(name):
    typed = {
        "type": "object",
        "properties": {
            "type": {"const": f"dev.bbstream.{name}.v1"},
            "data": {"$ref": f"./{name}/1.0.json"},
        },
    }
    return {
        "name": f"dev.bbstream.{name}.v1",
        "title": compose.TYPES[name][0],
        "traits": [{"$ref": "#/components/messageTraits/event"}],
        "payload": {"schemaFormat": DRAFT_07, "schema": {"allOf": [{"$ref": "./envelope/1.0.json"}, typed]}},
    }


def event_trait(envelope):
    return {
        "contentType": "application/cloudevents+json",
        "headers": headers(envelope),
        "bindings": {"kafka": {"key": KEY, "bindingVersion": BINDING}},
    }


def headers(envelope, without=()):
    """The attributes beside the value, each a text (CloudEvents' Kafka binding, 3.2 and 3.3)."""
    fields = {"content-type": {"const": "application/cloudevents+json; charset=UTF-8"}}
    required = ["content-type"]
    for name, meaning in envelope["properties"].items():
        if name == "data" or name in without:
            continue
        shape = {key: meaning[key] for key in ("pattern", "const") if key in meaning}
        fields["ce_" + name] = {"type": "string", **shape}
        if name in envelope["required"] and name not in LONG_ATTRIBUTES:
            required.append("ce_" + name)
    fields["traceparent"] = {"type": "string", "description": "W3C Trace Context, of this hop."}
    return {
        "type": "object",
        "description": "All attributes of the event. What is longer than 1 KiB, or holds a control character, is in "
                       "the value only.",
        "required": [*required, "traceparent"],
        "properties": fields,
    }


def other_message(name, title, key, members, optional=None):
    schema = compose.record(**members)
    schema["properties"].update(optional or {})
    return {
        "name": name,
        "title": title,
        "contentType": "application/json",
        "payload": {"schemaFormat": DRAFT_07, "schema": schema},
        "bindings": {"kafka": {"key": {"type": "string", "description": key}, "bindingVersion": BINDING}},
    }


DEAD_LETTER = other_message(
    "deadLetter", "What could not be published.", "That of the event.", {
        "stage": compose.text("What could not be done: fold, encode or publish."),
        "error": compose.text("Why."),
        "topic": compose.text("Where it was bound for, without the prefix."),
        "sequence": compose.text("That of the event.", pattern="^[0-9]{4}\\.[0-9]{19}\\.[0-9]{6}$"),
        "bytes": compose.number("The size of what it stands for."),
        "sha256": compose.some_text("Of the content.", pattern="^[0-9a-f]{64}$"),
        "dataref": compose.text("Where its delivery lies: bbstream:journal/{identity}/{sequence}."),
        "content": compose.some_text("The event, or the body of a delivery that gave none; null over 700,000 bytes."),
    }, optional={"bborigin": compose.text("Only in what a replay sends: replay.")})
# What is there only where the configuration asks for it ([events]).
OPTIONAL = "Optional (events.{}). "


def foreign_message(name, title, headers, schema):
    """A CloudEvent whose data is of another specification."""
    return {
        "name": name,
        "title": title,
        "contentType": headers["properties"]["content-type"]["const"].partition(";")[0],
        "headers": headers,
        "payload": {"schemaFormat": DRAFT_07, "schema": schema},
        "bindings": {"kafka": {"key": KEY, "bindingVersion": BINDING}},
    }


def spans_message(envelope):
    """The value is the delivery's body, so the attributes are headers in any content mode."""
    fields = headers(envelope, without=("dataschema", "datacontenttype"))
    fields["properties"]["content-type"] = {"const": "application/json"}
    fields["properties"]["ce_type"] = {"const": "dev.bbstream.delivery.received.v1"}
    return foreign_message(
        "otlpSpans", "OpenTelemetry's spans of Bitbucket Pipelines (OTLP/JSON), as they came.", fields,
        {"type": "object", "required": ["resourceSpans"], "properties": {"resourceSpans": {"type": "array"}}})


def cdevents_message(envelope):
    """The envelope of the events, but for what CDEvents say themselves; `data` is a CDEvent."""
    fields = headers(envelope)
    kind = {"type": "string", "pattern": "^dev\\.cdevents(x\\.bitbucket-[a-z]+|\\.[a-z]+)\\.[a-z]+(\\.[0-9]+){3}$"}
    fields["properties"]["ce_type"] = kind
    fields["properties"]["ce_datacontenttype"] = {"const": "application/cdevents+json"}
    inner = {
        "type": "object",
        "required": ["context", "subject", "customData", "customDataContentType"],
        "properties": {
            "context": {"type": "object", "required": ["specversion", "id", "source", "type", "timestamp"]},
            "subject": {"type": "object", "required": ["id", "content"]},
            "customData": {"type": "object", "required": ["nativeId", "nativeType"]},
        },
    }
    whole = {
        "type": "object",
        "required": [*envelope["required"], "causationid"],
        "properties": {"type": kind, "datacontenttype": {"const": "application/cdevents+json"}, "data": inner},
    }
    return foreign_message("cdevent", "An event in the words of CDEvents 0.5.1 (https://cdevents.dev).", fields, whole)


CURSOR = other_message(
    "cursor", "How far a node has published; bbstream reads it at its start.", "The node's name.", {
        "journal": compose.text("The journal's identity.", pattern="^[0-9a-f]{32}$"),
        "epoch": compose.number(minimum=1),
        "sequence": compose.number("The last record whose events are all in the topics."),
        "node": compose.text(),
    })
OWNER = other_message(
    "owner", "Which node serves an instance; another one is refused.", "instance/ and the instance's name.", {
        "owner": compose.text("The node."),
    }, optional={"ousted": compose.text("The node that it is being taken from.")})


def document(envelope):
    channels, operations, messages = {}, {}, {}
    for topic, (about, partitions, days, _) in TOPICS.items():
        channels[topic] = channel(topic, about, partitions, days, [message_id(name) for name in types_in(topic)])
        messages.update({message_id(name): event_message(name) for name in types_in(topic)})
    spans = spans_message(envelope)
    channels["otlpspans"] = channel("otlpspans", OPTIONAL.format("otlp_spans") + spans["title"], 6, 7, ["otlpSpans"])
    cdevent = cdevents_message(envelope)
    channels["cdevents"] = channel("cdevents", OPTIONAL.format("cdevents") + cdevent["title"], 12, 30, ["cdevent"])
    channels["dlq"] = channel("dlq", DEAD_LETTER["title"], 3, 30, ["deadLetter"])
    channels["cursor"] = channel("cursor", CURSOR["title"], 1, None, ["cursor", "owner"], policy="compact")
    messages.update(otlpSpans=spans, cdevent=cdevent, deadLetter=DEAD_LETTER, cursor=CURSOR, owner=OWNER)
    for topic, each in channels.items():
        operations["publish" + topic.capitalize()] = operation(topic, each["description"])
    return {
        "asyncapi": "3.0.0",
        "info": {
            "title": "bbstream",
            "version": "1.0.0",
            "description": "What happens in Bitbucket Cloud and Data Center, as an ordered stream of typed events. "
                           "Read with isolation.level=read_committed, and dedupe on id.",
        },
        "defaultContentType": "application/cloudevents+json",
        "channels": channels,
        "operations": operations,
        "components": {
            "parameters": {
                "prefix": {"description": "kafka.topic_prefix of the configuration.", "default": "bitbucket"},
            },
            "messages": messages,
            "messageTraits": {"event": event_trait(envelope)},
        },
    }


class plain_dumper(yaml.SafeDumper):
    """Writes again what occurs again: YAML's aliases are not easy to read."""

    def ignore_aliases(self, data):
        return True


def main():
    root = pathlib.Path(__file__).resolve().parent
    envelope = json.loads((root / "envelope/1.0.json").read_text())
    written = yaml.dump(document(envelope), Dumper=plain_dumper, sort_keys=False, width=120, allow_unicode=True)
    path = root / "asyncapi.yaml"
    if sys.argv[1:] != ["--check"]:
        path.write_text(written)
    elif not path.exists() or path.read_text() != written:
        sys.exit(f"{path} is not what compose_asyncapi.py writes")


if __name__ == "__main__":
    main()
