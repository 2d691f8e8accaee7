"""The shape of JSON: which members there are, of which types, and which of them are always there."""

TYPES = {dict: "object", list: "array", str: "string", bool: "boolean", int: "number", float: "number", type(None): "null"}


class Shape:
    """Grows with every value that is added. Paths have * for places in lists."""
    def __init__(self):
        self.types = {}  # path -> types
        self.seen = {}  # path -> how often
        self.parents = {}  # path of an object -> how often

    def add(self, value, path=()):
        self.types.setdefault(path, set()).add(TYPES[type(value)])
        self.seen[path] = self.seen.get(path, 0) + 1
        if isinstance(value, dict):
            self.parents[path] = self.parents.get(path, 0) + 1
            for name, each in value.items():
                self.add(each, (*path, name))
        elif isinstance(value, list):
            for each in value:
                self.add(each, (*path, "*"))

    def always(self, path):
        """Whether each object at the parent's path had it."""
        return self.seen.get(path) == self.parents.get(path[:-1])


def missing(want, have):
    """Members that each object of `want` has and no object of `have`, where `have` has the object at all."""
    return sorted(
        "/".join(path) for path in want.types
        if path and path[-1] != "*" and path not in have.types and path[:-1] in have.parents and want.always(path))


def other_types(want, have):
    """Members whose types have nothing in common; null agrees with everything."""
    return sorted(f"{'/'.join(path)}: {'/'.join(sorted(have.types[path]))}, not {'/'.join(sorted(types))}"
                  for path, types in want.types.items()
                  if path in have.types and not types & have.types[path] and "null" not in types | have.types[path])


def invented(want, have):
    """Members of `have` that no object of `want` has, where `want` has the object."""
    return sorted("/".join(path) for path in have.types
                  if path and path[-1] != "*" and path not in want.types and path[:-1] in want.parents)
