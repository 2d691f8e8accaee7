"""Cloud's pages: numbered ones with `next`, and the commits' iterator. Where the service's pages are wrong, so are these."""
import secrets
import urllib.parse

from ..http_message import json_response
from . import errors, partial

DEFAULT = 10
MAX = 100
WALKS_MAX = 1000


def pagelen(request, maximum=MAX, default=DEFAULT):
    text = request.one("pagelen")
    if text is not None and (not text.isdigit() or not 1 <= int(text) <= maximum):
        raise errors.bad_request("Invalid pagelen")
    return min(default if text is None else int(text), request.fake.settings.rows_max)


def page_number(request):
    text = request.one("page", "1")
    if not text.isdigit() or int(text) < 1:
        raise errors.bad_request("Invalid page")
    return int(text)


def url(request, **changed):
    """This request's own address with some parameters changed; None takes one out."""
    kept = [(key, value) for key, value in request.query if key not in changed]
    kept += [(key, value) for key, value in changed.items() if value is not None]
    query = urllib.parse.urlencode(kept, quote_via=urllib.parse.quote)
    return f"{request.fake.settings.next_origin or request.origin}{request.path}" + (f"?{query}" if query else "")


def numbered(request, rows, show, maximum=MAX, default=DEFAULT, hidden=(), next_drops=(), sized=True):
    """One page of `rows`. `next_drops`: parameters that the service forgets in `next`."""
    size, number = pagelen(request, maximum, default), page_number(request)
    first = (number - 1) * size
    values = [show(row) for row in rows[first:first + size]]
    body = {"values": values, "pagelen": size, "page": number}
    if sized and request.fake.settings.sizes:
        body["size"] = len(rows)
    endless = request.fake.settings.endless_next and number > 1
    if first + size < len(rows) or endless:
        body["next"] = url(request, page=number + 1, **dict.fromkeys(next_drops))
    if number > 1:
        body["previous"] = url(request, page=number - 1)
    return json_response(partial.select(body, request.one("fields"), hidden))


class Walks:
    """Iterators that have begun: a client comes back with `ctx`, and pushes meanwhile do not disturb it."""
    def __init__(self):
        self._rows = {}

    def begin(self, rows):
        while len(self._rows) >= WALKS_MAX:
            del self._rows[next(iter(self._rows))]
        token = secrets.token_hex(20)
        self._rows[token] = rows
        return token

    def find(self, token):
        return self._rows.get(token)


def iterated(request, begin, show, pages_may_be_asked=True, query=None):
    """One page of an iterator. `begin()` gives all its rows; only the first page asks. A page of a number
    that `next` did not name is what some of the service's iterators refuse."""
    walks, size, token = request.fake.walks, pagelen(request), request.one("ctx")
    number = page_number(request)
    if token is None and request.one("page") is not None and not pages_may_be_asked:
        raise errors.bad_request("Invalid page")
    rows = walks.find(token) if token is not None else begin()
    if rows is None:
        raise errors.bad_request("Invalid page")
    first = (number - 1) * size
    body = {"values": [show(row) for row in rows[first:first + size]], "pagelen": size}
    if number > 1:
        body["page"] = number
    if first + size < len(rows):
        body["next"] = url(request, ctx=token or walks.begin(rows), page=number + 1, pagelen=size, **(query or {}))
    return json_response(partial.select(body, request.one("fields")))
