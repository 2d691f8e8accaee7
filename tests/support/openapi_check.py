"""Requests and answers held against Atlassian's OpenAPI documents, and the list of what these leave out or have wrong.

python3-jsonschema instead of Prism: on the same bodies both find the same, but Prism cannot be told an exception and its reason
(with --errors it puts its own answer in the place of each that the documents are too narrow for), and it would add Node.js and
a package registry to what a test needs."""
import fnmatch
import json
import pathlib
import re
import urllib.parse

import harness

SHARED = harness.ROOT.parent / "shared" / "openapi"
EXCEPTIONS = pathlib.Path(__file__).with_name("openapi_exceptions.tsv")
DOCUMENTS = {"cloud": ("bitbucket-cloud.json", "/2.0"), "datacenter": ("bitbucket-datacenter.json", "/rest")}
EVERYWHERE = {"cloud": {"page", "pagelen", "q", "sort", "fields", "ctx"}, "datacenter": {"start", "limit"}}


def name_errors(error):
    """[(where, message)] of one of jsonschema's errors; where is the member's path with * for places in lists, and what it is:
    null, extra, missing, or the schema's keyword."""
    path = ["*" if isinstance(part, int) else part for part in error.absolute_path]
    if error.validator == "additionalProperties":
        names = [(name, "extra") for name in error.instance if name not in error.schema.get("properties", {})]
    elif error.validator == "required":
        names = [(name, "missing") for name in error.validator_value if name not in error.instance]
    else:
        names = [(None, "null" if error.instance is None else error.validator)]
    return [("/".join([*path, name] if name else path) + " " + kind, error.message[:200]) for name, kind in names]


def load_exceptions():
    """[(product, method, path, where, reason)], the first four with wildcards."""
    lines = EXCEPTIONS.read_text(encoding="utf-8").splitlines()[1:]
    return [tuple(line.split("\t")) for line in lines if line]


class Document:
    """One product's document. `product`: cloud or datacenter."""
    def __init__(self, product):
        import jsonschema  # where it is missing the test that comes here skips
        self.product = product
        name, self.prefix = DOCUMENTS[product]
        self.text = json.loads((SHARED / name).read_text(encoding="utf-8"))
        self.exceptions = [row for row in load_exceptions() if row[0] in (product, "*")]
        self.used = set()  # exceptions that were needed
        self.visited = set()  # (method, template)
        self._validator = jsonschema.Draft4Validator
        self._templates = [(template, template.strip("/").split("/")) for template in self.text["paths"]]
        self._schemas = {}

    def find(self, path):
        """(template, its parameters) of a path; the one with most words of its own wins."""
        parts = path.removeprefix(self.prefix).strip("/").split("/")
        if self.product == "datacenter" and len(parts) > 1:
            parts[1] = "latest"
        best = (None, {})
        for template, wanted in self._templates:
            if len(wanted) == len(parts) and all(have == want or want.startswith("{") for have, want in zip(parts, wanted)):
                params = {want.strip("{}"): have for have, want in zip(parts, wanted) if want.startswith("{")}
                if best[0] is None or len(params) < len(best[1]):
                    best = (template, params)
        return best

    def check(self, method, target, request_type, request_body, status, answer_type, answer_body):
        """What is wrong with an exchange, exceptions left out."""
        parts = urllib.parse.urlsplit(target)
        template, params = self.find(parts.path)
        path = template or parts.path
        operation = self.text["paths"].get(template, {}).get(method.lower()) if template else None
        if not operation:
            return self._sift(method, path, [("path", "is not in the document")])
        self.visited.add((method, template))
        query = urllib.parse.parse_qsl(parts.query, keep_blank_values=True)
        problems = self._check_parameters(template, operation, params, query)
        if 200 <= status < 300:
            problems += self._check_request_body(operation, request_type, request_body)
        problems += self._check_answer(operation, status, answer_type, answer_body,
                                       any(name == "fields" for name, _ in query))
        return self._sift(method, path, problems)

    def _sift(self, method, path, problems):
        left = []
        for where, message in problems:
            if not self.excepted(method, path, where):
                left.append(f"{self.product} {method} {path} [{where}]: {message}")
        return left

    def excepted(self, method, path, where):
        """Whether the list allows it; remembers that it was needed."""
        row = next((row for row in self.exceptions if fnmatch.fnmatchcase(method, row[1])
                    and fnmatch.fnmatchcase(path, row[2]) and fnmatch.fnmatchcase(where, row[3])), None)
        self.used |= {row} if row else set()
        return row is not None

    def _check_parameters(self, template, operation, params, query):
        declared = [
            self._resolved(each)
            for each in self.text["paths"][template].get("parameters", []) + operation.get("parameters", [])
        ]
        by_name = {(each["in"], each["name"]): each for each in declared}
        problems = [(f"query:{name}", "is not in the document") for name, _ in query
                    if ("query", name) not in by_name and name not in EVERYWHERE[self.product]]
        have = {("query", name) for name, _ in query} | {("path", name) for name in params}
        problems += [(f"{place}:{name}", "is required") for (place, name), each in by_name.items()
                     if each.get("required") and place in ("query", "path") and (place, name) not in have]
        for name, text in query:
            schema = by_name.get(("query", name), {}).get("schema")
            if schema:
                problems += [(f"query:{name}{where}", message)
                             for where, message in self._errors(schema, self._typed(schema, text))]
        return problems

    def _typed(self, schema, text):
        """A query's text as the type that the schema wants."""
        schema = self._resolved(schema)
        kind = schema.get("type")
        if kind in ("integer", "number") and re.fullmatch(r"-?\d+", text):
            return int(text)
        if kind == "boolean" and text in ("true", "false"):
            return text == "true"
        return [self._typed(schema.get("items", {}), text)] if kind == "array" else text

    def _check_request_body(self, operation, request_type, body):
        declared = self._resolved(operation.get("requestBody", {})).get("content", {})
        if not body or not declared:
            return []
        schema = next((each.get("schema")
                       for kind, each in declared.items() if kind in (request_type.partition(";")[0], "*/*")), None)
        if schema is None:
            return [("request", f"{request_type} is none of {', '.join(declared)}")]
        return [(f"request/{where}", message) for where, message in self._errors(schema, json.loads(body))]

    def _check_answer(self, operation, status, answer_type, body, partial):
        responses = operation["responses"]
        declared = responses.get(str(status)) or responses.get("default")
        if declared is None:
            return [(f"status:{status}", "is not in the document")]
        content = self._resolved(declared).get("content", {})
        schema = next((each.get("schema") for kind, each in content.items() if kind.startswith("application/json")), None)
        if schema is None or not body:
            return [("answer", "a body is missing")] if schema and status != 304 else []
        if not answer_type.startswith("application/json"):
            return [("answer", f"is {answer_type}, not JSON")]
        found = self._errors(schema, json.loads(body))
        return [(where, message) for where, message in found if not (partial and where.endswith(" missing"))]

    def declares(self, method, template, path):
        """Whether a success's body may have the member at this path, by name."""
        responses = self.text["paths"][template][method.lower()]["responses"]
        schemas = [
            each.get("schema", {}) for status, response in responses.items() if status.startswith("2")
            for each in self._resolved(response).get("content", {}).values()
        ]
        for part in path:
            schemas = [found for schema in schemas for found in self._members(schema, part)]
        return bool(schemas)

    def _members(self, schema, name):
        """The schemas of a member, or of a list's places where the name is *."""
        schema = self._resolved(schema)
        found = [
            found for kind in ("allOf", "oneOf", "anyOf") for each in schema.get(kind, ())
            for found in self._members(each, name)
        ]
        if name == "*":
            return found + ([schema["items"]] if "items" in schema else [])
        return found + ([schema["properties"][name]] if name in schema.get("properties", {}) else [])

    def _errors(self, schema, value):
        """[(path of the member with * for places in lists, message)]."""
        key = json.dumps(schema, sort_keys=True)
        if key not in self._schemas:
            self._schemas[key] = self._validator({"components": self.text.get("components", {}), "allOf": [schema]})
        return [named for error in self._schemas[key].iter_errors(value) for named in name_errors(error)]

    def _resolved(self, value):
        while isinstance(value, dict) and "$ref" in value:
            target = self.text
            for part in value["$ref"].lstrip("#/").split("/"):
                target = target[part.replace("~1", "/").replace("~0", "~")]
            value = target
        return value


class Watch:
    """Holds everything that fakes are asked, and answer, against both documents."""
    def __init__(self):
        self.documents = {product: Document(product) for product in DOCUMENTS}
        self.problems = []
        self.seen = 0

    def follow(self, fake):
        """From now on this one's."""
        fake.observers.append(self.look)

    def look(self, request, response):
        product = "cloud" if request.segments[0] == "2.0" else "datacenter"
        if request.segments[0] not in ("2.0", "rest") or request.segments[:2] == [
                "rest", "oauth2"
        ] or request.segments[:3] == ["rest", "api", "3"]:
            return
        self.seen += 1
        self.problems += self.documents[product].check(request.method, request.target,
                                                       request.headers.get("Content-Type") or "",
                                                       request.body, response.status,
                                                       response.headers.get("Content-Type", ""), response.body)

    def unused(self):
        """Exceptions that nothing needed."""
        return [row for document in self.documents.values() for row in document.exceptions if row not in document.used]


def available():
    """Why the documents cannot be used here, None where they can."""
    if not SHARED.is_dir():
        return f"Atlassian's documents are not in {SHARED}"
    try:
        import jsonschema  # noqa: F401
    except ImportError:
        return "python3-jsonschema is not installed"
    return None
