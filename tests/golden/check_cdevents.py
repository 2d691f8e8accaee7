#!/usr/bin/env python3
"""Validates CDEvents, as bbstream writes them into files, against the official schemas. Exit code 77 where there are none.

usage: check_cdevents.py LINES SCHEMAS
"""
import copy
import json
import pathlib
import re
import sys

import jsonschema

CUSTOM = "https://cdevents.dev/0.5.1/schema/custom"
# Their pattern of custom types, and our own name in it.
CUSTOM_TYPE = r"^dev\.cdeventsx\.bitbucket-[a-zA-Z]+\.[a-zA-Z]+\.[0-9]\.[0-9]\.[0-9]$"

checker = jsonschema.FormatChecker(formats=())


@checker.checks("uri")
def is_uri(text):
    return re.fullmatch(r"[A-Za-z][A-Za-z0-9+.-]*:(?:[A-Za-z0-9._~:/?#\[\]@!$&'()*+,;=-]|%[0-9A-Fa-f]{2})+", text) is not None


@checker.checks("uri-reference")
def is_uri_reference(text):
    return re.fullmatch(r"(?:[A-Za-z0-9._~:/?#\[\]@!$&'()*+,;=-]|%[0-9A-Fa-f]{2})*", text) is not None


@checker.checks("date-time")
def is_time(text):
    return re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z", text) is not None


def load_schemas(folder):
    """By $id; that of custom events is like the others but for its type and its free content."""
    schemas = {schema["$id"]: schema for schema in (json.loads(path.read_text()) for path in sorted(folder.glob("*.json")))}
    custom = copy.deepcopy(schemas["https://cdevents.dev/0.5.1/schema/repository-created-event"])
    custom["properties"]["context"]["properties"]["type"] = {"type": "string", "pattern": CUSTOM_TYPE}
    custom["properties"]["subject"]["properties"]["content"] = {"type": "object"}
    schemas[CUSTOM] = custom
    return schemas


def faults_of(event, schemas):
    """Of the CDEvent, and of the CloudEvent around it by CDEvents' CloudEvents binding."""
    made = event["data"]
    schema = schemas.get(event["dataschema"])
    if schema is None:
        return [f"{event['dataschema']}: there is no such schema"]
    found = [f"{'/'.join(map(str, each.absolute_path))}: {each.message}"
             for each in jsonschema.Draft202012Validator(schema, format_checker=checker).iter_errors(made)]
    context = made["context"]
    around = {"id": context["id"], "source": context["source"], "type": context["type"], "time": context["timestamp"],
              "subject": made["subject"]["id"], "causationid": made["customData"]["nativeId"],
              "datacontenttype": "application/cdevents+json"}
    found += [f"{name} is {event[name]}, not {value}" for name, value in around.items() if event[name] != value]
    if context["specversion"] != "0.5.1":
        found.append(f"specversion is {context['specversion']}")
    return found


def main():
    folder = pathlib.Path(sys.argv[2])
    if not folder.is_dir():
        print(f"{folder}: the official schemas are not there")
        sys.exit(77)
    schemas = load_schemas(folder)
    lines = pathlib.Path(sys.argv[1]).read_text(encoding="utf-8").splitlines()
    types = set()
    for line in lines:
        event = json.loads(line)
        types.add(event["type"])
        for fault in faults_of(event, schemas):
            sys.exit(f"{event['type']} {event['id']}: {fault[:400]}")
    if not types:
        sys.exit("there are no CDEvents")
    print(f"{len(lines)} CDEvents of {len(types)} types")


if __name__ == "__main__":
    main()
