"""A request as handlers see it, and what they answer with."""
import json
import urllib.parse


class Request:
    """One parsed request. `segments` are the path's parts with their percent-encoding taken off."""
    def __init__(self, method, target, headers, body, origin):
        self.method = method
        self.target = target
        self.headers = headers
        self.body = body
        self.origin = origin  # scheme://host:port as the client wrote it
        parts = urllib.parse.urlsplit(target)
        self.path = parts.path
        self.segments = [urllib.parse.unquote(part) for part in parts.path.split("/")[1:]]
        self.query = urllib.parse.parse_qsl(parts.query, keep_blank_values=True)
        self.fake = None  # set by the server: settings, world, credentials
        self.credential = None

    def one(self, name, default=None):
        """The first value of a query parameter."""
        return next((value for key, value in self.query if key == name), default)

    def all(self, name):
        return [value for key, value in self.query if key == name]

    def form(self):
        """The pairs of an application/x-www-form-urlencoded body."""
        return urllib.parse.parse_qsl(self.body.decode(errors="replace"), keep_blank_values=True)

    def json(self):
        """The body as JSON, None where it is none."""
        try:
            return json.loads(self.body)
        except ValueError:
            return None

    @property
    def world(self):
        return self.fake.world


class Response:
    def __init__(self, status=200, body=b"", content_type="application/json", headers=None):
        self.status = status
        self.body = body
        self.headers = dict(headers or {})
        if body and "Content-Type" not in self.headers:
            self.headers["Content-Type"] = content_type


def json_response(value, status=200, headers=None):
    return Response(status, json.dumps(value, ensure_ascii=False).encode(), "application/json; charset=utf-8", headers)


def no_content():
    return Response(204)


class ApiError(Exception):
    """An answer that is no success; carries it."""
    def __init__(self, response):
        super().__init__(f"{response.status} {response.body[:200]!r}")
        self.response = response
