"""Partial answers: `fields=a,b.c` is a projection, `-a` takes out, `+a` adds what is left out by default."""


def select(body, fields, hidden=()):
    """`hidden`: paths that only a `+` or a projection shows."""
    names = [name for name in (fields or "").split(",") if name]
    plain = [name.split(".") for name in names if name[0] not in "+- "]
    added = {name[1:] for name in names if name[0] in "+ "}
    removed = [name[1:] for name in names if name[0] == "-"]
    if plain:
        return _project(body, plain)
    for path in [*(path for path in hidden if path not in added), *removed]:
        _remove(body, path.split("."))
    return body


def _project(value, paths):
    if isinstance(value, list):
        return [_project(each, paths) for each in value]
    if not isinstance(value, dict) or any(not path or path == ["*"] for path in paths):
        return value
    return {
        key: _project(each, [path[1:] for path in paths if path[0] in (key, "*")]) for key, each in value.items()
        if any(path[0] in (key, "*") for path in paths)
    }


def _remove(value, path):
    if isinstance(value, list):
        for each in value:
            _remove(each, path)
    elif isinstance(value, dict):
        keys = list(value) if path[0] == "*" else [path[0]] if path[0] in value else []
        for key in keys:
            if len(path) == 1:
                del value[key]
            else:
                _remove(value[key], path[1:])
