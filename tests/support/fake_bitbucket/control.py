"""The fake's own endpoints below /_fake, for whoever is not Python: faults, settings, the log of requests, changes."""
import inspect

from .http_message import Response, json_response, no_content


def answer(request):
    fake, path = request.fake, "/".join(request.segments[1:])
    handler = HANDLERS.get((request.method, path))
    if handler:
        return handler(fake, request)
    if request.method == "POST" and path.startswith("change/"):
        return change(fake, request, path.partition("/")[2])
    return Response(404)


def faults(fake, request):
    return json_response([fault.__dict__ for fault in fake.faults.active])


def add_fault(fake, request):
    return _careful(lambda: fake.faults.add(**request.json()))


def clear_faults(fake, request):
    fake.faults.clear()
    return no_content()


def settings(fake, request):
    return json_response(fake.settings.__dict__)


def change_settings(fake, request):
    return _careful(lambda: fake.settings.change(request.json()))


def requests(fake, request):
    """From the number on that `from` gives; the count of all."""
    first = int(request.one("from", "1"))
    return json_response(
        {"count": fake.log.count, "requests": [entry.shown() for entry in fake.log.entries if entry.number >= first]})


def clear_requests(fake, request):
    fake.log.clear()
    return no_content()


def change(fake, request, kind):
    """One of the methods of Changes. Arguments by name; a repository by its slug, a pull request by its number."""
    def run():
        wanted = dict(request.json() or {})
        method = getattr(fake.change, kind, None)
        if kind.startswith("_") or not inspect.ismethod(method):
            raise ValueError(f"no change {kind}")
        if "repo" in wanted:
            wanted["repo"] = repo = fake.world.repository(wanted["repo"])
            if repo is None:
                raise ValueError("no such repository")
            if "pr" in wanted:
                wanted["pr"] = repo.pull_requests[wanted["pr"]]
            if "pipeline" in wanted:
                wanted["pipeline"] = repo.pipelines[wanted["pipeline"] - 1]
        method(**wanted)

    return _careful(run)


def _careful(action):
    try:
        action()
        return no_content()
    except (TypeError, ValueError, KeyError, IndexError) as wrong:
        return json_response({"error": f"{type(wrong).__name__}: {wrong}"}, 400)


def expire(fake, request):
    """Every OAuth access token."""
    fake.oauth.expire_access_tokens()
    return no_content()


HANDLERS = {("POST", "expire"): expire, ("GET", "faults"): faults, ("POST", "faults"): add_fault,
            ("DELETE", "faults"): clear_faults, ("GET", "settings"): settings, ("POST", "settings"): change_settings,
            ("GET", "requests"): requests, ("DELETE", "requests"): clear_requests}
