"""Data Center's pages. Rows are left out by permission after a page was cut, so the next start is no sum of sizes."""
from ..http_message import json_response
from . import errors

DEFAULT = 25
MAX = 1000


def number(request, name, default):
    text = request.one(name)
    if text is None:
        return default
    if not text.isdigit():
        raise errors.bad_request(f"{name} is not a number", name)
    return int(text)


def paged(request, rows, show, maximum=MAX, visible=lambda row: True, more=None):
    start, limit = number(request, "start", 0), min(number(request, "limit", DEFAULT), maximum, request.fake.settings.rows_max)
    if limit < 1:
        raise errors.bad_request("limit must be positive", "limit")
    values = [show(row) for row in rows[start:start + limit] if visible(row)]
    last = start + limit >= len(rows)
    body = {"size": len(values), "limit": limit, "isLastPage": last, "values": values, "start": start}
    if not last and not request.fake.settings.next_page_start_missing:
        body["nextPageStart"] = start + limit
    if last and request.fake.settings.next_page_start_null:
        body["nextPageStart"] = None
    return json_response(body | (more or {}))
