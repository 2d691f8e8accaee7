#!/usr/bin/env python3
"""Compares the schemas with those that consumers were last given (tests/schemas/baseline.json): within a major version
old and new events, old and new schemas have to go together both ways (README.md, Compatibility).

usage: compatibility.py [--write]

Fails with a line for each incompatible change. `--write` makes the schemas of the tree the baseline, unless there is
one: what has to change that much is another major version of its type.
"""
import json
import pathlib
import sys

PREFIX = "https://bbstream.dev/schemas/"
ROOT = pathlib.Path(__file__).resolve().parent
BASELINE = ROOT.parent / "tests/schemas/baseline.json"
# What says nothing of which events there may be.
REMARKS = ("$schema", "$id", "$comment", "title", "description", "examples")
# Limits of text, which may grow.
LIMITS = ("maxLength", "maxItems")


def bare(schema):
    """Without remarks."""
    if isinstance(schema, list):
        return [bare(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    kept = {}
    for key, value in schema.items():
        if key in ("properties", "$defs"):
            kept[key] = {name: bare(inner) for name, inner in value.items()}
        elif key not in REMARKS:
            kept[key] = bare(value)
    return kept


def compact(schemas):
    """{definitions, schemas}: what is called the same is the same in all of them (golden.schemas), so it stands here once."""
    definitions, rest = {}, {}
    for name, schema in schemas.items():
        stripped = bare(schema)
        definitions |= stripped.pop("$defs", {})
        rest[name] = stripped
    return {"definitions": dict(sorted(definitions.items())), "schemas": dict(sorted(rest.items()))}


def read_tree(root=ROOT):
    schemas = (json.loads(path.read_text(encoding="utf-8")) for path in sorted(root.glob("*/*.json")))
    return compact({schema["$id"].removeprefix(PREFIX).removesuffix(".json"): schema for schema in schemas})


def resolved(schema, book):
    while "$ref" in schema:
        schema = book["definitions"][schema["$ref"].rsplit("/", 1)[1]]
    return schema


def kinds(schema):
    kind = schema.get("type", [])
    return {kind} if isinstance(kind, str) else set(kind)


def changes(old, new, books, where):
    """What of `new` does not go together with `old`. `books`: those that they refer to."""
    old, new = resolved(old, books[0]), resolved(new, books[1])
    if kinds(old) != kinds(new):
        yield f"{where}: its type was {sorted(kinds(old))} and is {sorted(kinds(new))}"
    yield from changed_members(old, new, books, where)
    yield from changed_alternatives(old, new, books, where)
    if ("items" in old) != ("items" in new):
        yield f"{where}: its items are restricted only in one of both"
    elif "items" in old:
        yield from changes(old["items"], new["items"], books, where + "[]")
    known = ("type", "properties", "required", "anyOf", "items")
    for keyword in sorted((old.keys() | new.keys()) - set(known)):
        before, after = old.get(keyword), new.get(keyword)
        grows = keyword in LIMITS and before is not None and (after is None or after >= before)
        if before != after and not grows:
            yield f"{where}: its {keyword} was {before!r} and is {after!r}"


def changed_members(old, new, books, where):
    before, after = old.get("properties", {}), new.get("properties", {})
    for name, member in before.items():
        if name in after:
            yield from changes(member, after[name], books, f"{where}.{name}")
        else:
            yield f"{where}.{name}: it was removed"
    required = set(old.get("required", [])), set(new.get("required", []))
    yield from (f"{where}.{name}: it is required now" for name in sorted(required[1] - required[0]))
    yield from (f"{where}.{name}: it is no longer required" for name in sorted(required[0] - required[1]))


def changed_alternatives(old, new, books, where):
    before, after = old.get("anyOf", []), new.get("anyOf", [])
    if len(before) != len(after):
        yield f"{where}: it had {len(before)} alternatives and has {len(after)}"
        return
    for one, other in zip(before, after):
        yield from changes(one, other, books, where)


def version(name):
    """("ref.updated", 1, 0) of ref.updated/1.0"""
    subject, number = name.split("/")
    major, minor = number.split(".")
    return subject, int(major), int(minor)


def incompatibilities(baseline, tree):
    """Each schema of the baseline goes together with all of its type and its major version; only a higher major version
    may take its place."""
    now = {name: version(name) for name in tree["schemas"]}
    for name, old in baseline["schemas"].items():
        subject, major, minor = version(name)
        if name not in now and not any(each[0] == subject and each[1] > major for each in now.values()):
            yield f"{name}: it is gone, and there is no higher major version of it"
        for other, (its_subject, its_major, its_minor) in now.items():
            if (its_subject, its_major) == (subject, major) and its_minor >= minor:
                yield from changes(old, tree["schemas"][other], (baseline, tree), other)


def text_of(book):
    """A line for each schema, so that a difference shows which changed."""
    parts = []
    for part in ("definitions", "schemas"):
        lines = (f"  {json.dumps(name)}: {json.dumps(value, separators=(',', ':'))}" for name, value in book[part].items())
        parts.append(f' "{part}": {{\n' + ",\n".join(lines) + "\n }")
    return "{\n" + ",\n".join(parts) + "\n}\n"


def main():
    tree = read_tree()
    baseline = json.loads(BASELINE.read_text(encoding="utf-8")) if BASELINE.exists() else {"definitions": {}, "schemas": {}}
    found = list(incompatibilities(baseline, tree))
    if found:
        sys.exit("\n".join(found))
    if sys.argv[1:] == ["--write"]:
        BASELINE.write_text(text_of(tree), encoding="utf-8")


if __name__ == "__main__":
    main()
