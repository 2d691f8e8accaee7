"""Answers that go wrong on purpose: what to do to which requests, and how often."""
import dataclasses
import re
import time

from . import credentials
from .http_message import Response, json_response
from .limits import retry_after


@dataclasses.dataclass
class Fault:
    """What is None or empty does nothing."""
    path: str = ""  # regular expression, sought in path and query
    method: str = ""
    times: int | None = 1  # None: for ever
    skip: int = 0  # so many matching requests pass first
    status: int | None = None
    body: str = ""
    headers: dict = dataclasses.field(default_factory=dict)
    retry_after: str = ""  # seconds, date or absent, for the next one
    retry_after_seconds: float = 1
    delay: float = 0  # seconds before the answer
    cut: int | None = None  # so many bytes of the body, then the connection breaks
    drop: bool = False  # the connection breaks instead of an answer
    run: bool = False  # the request takes effect nevertheless
    repeats: bool = False  # the body is a refusal, in every product's words, that repeats what is secret in the request

    def matches(self, request):
        if self.times == 0 or self.method not in ("", request.method) or not re.search(self.path, request.target):
            return False
        if self.skip > 0:
            self.skip -= 1
            return False
        if self.times is not None:
            self.times -= 1
        return True

    def replaces(self):
        """Whether the request's own answer is not what the client gets."""
        return self.status is not None or self.drop

    def response(self, request):
        if self.repeats:
            return json_response(refusal_that_repeats(request), self.status, self.headers)
        headers = dict(self.headers)
        if self.retry_after:
            headers |= retry_after(self.retry_after, self.retry_after_seconds)
        return Response(self.status, self.body.encode(), "text/plain", headers)


def refusal_that_repeats(request):
    """The credential, a password that it holds, and what stands in a form."""
    header = request.headers.get("Authorization") or ""
    said = [header, *credentials.parse(header), *(value for name, value in request.form() if name != "grant_type")]
    text = "What is " + ", ".join(str(each) for each in said) + "?"
    return {"error": {"message": text}, "errors": [{"message": text}], "errorMessages": [text], "error_description": text}


class Faults:
    def __init__(self):
        self.active = []

    def add(self, **fields):
        self.active.append(Fault(**fields))
        return self.active[-1]

    def clear(self):
        self.active = []

    def find(self, request):
        """The first that matches this request; counts it."""
        return next((fault for fault in self.active if fault.matches(request)), None)


def wait(fault):
    if fault and fault.delay:
        time.sleep(fault.delay)
