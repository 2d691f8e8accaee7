#!/usr/bin/env python3
"""Validates every golden event, and the examples, against the envelope's schema and that of its data.

usage: check_schemas.py REPOSITORY
"""
import json
import pathlib
import re
import sys

import jsonschema

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
import schemas as schemas_of_events

PREFIX = schemas_of_events.PREFIX
# What the schemas may be written in, so that older dialects and registries understand them too.
KEYWORDS = {
    "$schema", "$id", "$defs", "$ref", "$comment", "title", "description", "examples", "type", "required", "properties",
    "items", "pattern", "format", "minimum", "maximum", "minLength", "maxLength", "maxItems", "anyOf", "const",
}


def fail(message):
    print(message, file=sys.stderr)
    sys.exit(1)


def load_schemas(root):
    schemas = {}
    for path, schema in schemas_of_events.load(root):
        expected = PREFIX + path.relative_to(root / "schemas").as_posix()
        if schema["$id"] != expected:
            fail(f"{path}: its $id is {schema['$id']}, not {expected}")
        jsonschema.Draft202012Validator.check_schema(schema)
        check_dialect(path, schema)
        schemas[schema["$id"]] = schema
    return schemas


def check_dialect(path, schema):
    for keyword, value in schema.items():
        if keyword not in KEYWORDS:
            fail(f"{path}: {keyword} is beyond the portable subset")
        if keyword in ("properties", "$defs"):
            for inner in value.values():
                check_dialect(path, inner)
        elif keyword == "items":
            check_dialect(path, value)
        elif keyword == "anyOf":
            for inner in value:
                check_dialect(path, inner)


def check_definitions(schemas):
    """What is called the same is the same, in whatever schema it stands."""
    known = {}
    for name, schema in schemas.items():
        for definition, meaning in schema.get("$defs", {}).items():
            first, expected = known.setdefault(definition, (name, meaning))
            if json.dumps(meaning) != json.dumps(expected):
                fail(f"{name}: its $defs/{definition} is not that of {first}")
    return known


def check_ref_events(schemas):
    """A consumer reads the three changes of a ref alike: their schemas differ in $id and title only."""
    alike = {}
    for version in {name.rsplit("/", 1)[1] for name in schemas if name.startswith(PREFIX + "ref.")}:
        for kind in ("created", "updated", "deleted"):
            name = f"{PREFIX}ref.{kind}/{version}"
            if name not in schemas:
                fail(f"{name}: there is none beside its siblings")
            rest = {key: value for key, value in schemas[name].items() if key not in ("$id", "title")}
            if json.dumps(alike.setdefault(version, rest)) != json.dumps(rest):
                fail(f"{name}: it differs from its siblings in more than $id and title")
    if not alike:
        fail("there is no schema of a ref event")


def validate(where, event):
    for problem in schemas_of_events.problems(event):
        fail(f"{where}: {problem}")


def golden_events(root):
    """Those of deliveries, and those that the encoder writes of every type."""
    for path in sorted((root / "tests/golden/encoder").glob("*.jsonl")):
        for number, line in enumerate(path.read_text().splitlines()):
            yield f"{path}:{number}", json.loads(line)
    for path in sorted((root / "tests/golden").rglob("*.golden")):
        for number, line in enumerate(path.read_text().split("\n----------\n", 1)[1].splitlines()):
            yield f"{path}:{number}", json.loads(line)


def check_that_it_can_fail(event, schemas):
    schema = schemas[event["dataschema"]]
    validator = jsonschema.Draft202012Validator(schema)
    for name in schema["required"]:
        if validator.is_valid({key: value for key, value in event["data"].items() if key != name}):
            fail(f"{schema['$id']} does not miss {name}")


def main():
    root = pathlib.Path(sys.argv[1])
    schemas = load_schemas(root)
    if not check_definitions(schemas):
        fail("no schema defines anything")
    check_ref_events(schemas)
    seen = {}
    count = 0
    for where, event in golden_events(root):
        validate(where, event)
        seen.setdefault(event["dataschema"], event)
        count += 1
    for path in sorted((root / "schemas").glob("*/examples/*.json")):
        event = json.loads(path.read_text())
        validate(path, event)
        if event["dataschema"] != PREFIX + path.parts[-3] + "/" + path.name:
            fail(f"{path}: it is an example of {event['dataschema']}")
    for name in schemas:
        if name.startswith(PREFIX + "envelope/"):
            continue
        if name not in seen:
            fail(f"{name}: no golden event has it")
        if not list((root / "schemas" / re.sub(r"/[^/]*$", "", name[len(PREFIX):]) / "examples").glob("*.json")):
            fail(f"{name}: there is no example")
        check_that_it_can_fail(seen[name], schemas)
    print(f"{count} golden events are what {len(schemas)} schemas say")


if __name__ == "__main__":
    main()
