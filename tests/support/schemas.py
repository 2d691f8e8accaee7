"""The schemas that events must follow: that of the envelope, and that of their data."""
import functools
import json
import pathlib

import jsonschema

ROOT = pathlib.Path(__file__).resolve().parents[2]
PREFIX = "https://bbstream.dev/schemas/"


def load(root=ROOT):
    """(path, schema) of each file."""
    for path in sorted((root / "schemas").glob("*/*.json")):
        yield path, json.loads(path.read_text(encoding="utf-8"))


def closed(schema, root):
    """The schema with every object closed: finds fields that events have and the schema does not declare."""
    if "$ref" in schema:
        return closed(root["$defs"][schema["$ref"].rsplit("/", 1)[1]], root)
    schema = dict(schema)
    if "anyOf" in schema:
        schema["anyOf"] = [closed(inner, root) for inner in schema["anyOf"]]
    if "items" in schema:
        schema["items"] = closed(schema["items"], root)
    if "properties" in schema:
        undeclared = set(schema.get("required", [])) - set(schema["properties"])
        if undeclared:
            raise ValueError(f"{root['$id']}: required but not declared: {sorted(undeclared)}")
        schema["properties"] = {name: closed(inner, root) for name, inner in schema["properties"].items()}
        schema["additionalProperties"] = False
    schema.pop("$defs", None)
    return schema


@functools.cache
def _schemas():
    return {schema["$id"]: schema for _, schema in load()}


@functools.cache
def _validator(name):
    """None where there is no such schema. Made once for each: an event takes less than a millisecond then."""
    schema = _schemas().get(name)
    return schema and jsonschema.Draft202012Validator(closed(schema, schema))


def problems(event):
    """What of an event is not as its schemas say: readable lines."""
    for name, value in ((PREFIX + "envelope/1.0.json", event), (event.get("dataschema"), event.get("data"))):
        validator = _validator(name)
        if validator is None:
            yield f"there is no schema {name}"
            continue
        for error in validator.iter_errors(value):
            yield f"{name}: {error.json_path}: {error.message[:300]}"


def problems_of_lines(lines):
    """The same of events that are lines of JSON."""
    return [f"line {number}: {problem}" for number, line in enumerate(lines) for problem in problems(json.loads(line))]
