"""Webhooks of repositories and projects."""
import urllib.parse

from ..http_message import json_response, no_content
from . import errors, paging
from .routes import PROJECT, PROJECT_ADMIN, REPO, REPO_ADMIN, ROUTES

EVENTS = """repo:refs_changed repo:modified repo:forked repo:comment:added repo:comment:edited repo:comment:deleted
    mirror:repo_synchronized pr:opened pr:modified pr:from_ref_updated pr:merged pr:declined pr:deleted pr:reviewer:updated
    pr:reviewer:approved pr:reviewer:unapproved pr:reviewer:needs_work pr:reviewer:changes_requested pr:comment:added
    pr:comment:edited pr:comment:deleted project:modified""".split()


def check(wanted):
    if not wanted.get("name"):
        raise errors.bad_request("A webhook needs a name", "name")
    parts = urllib.parse.urlsplit(wanted.get("url") or "")
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise errors.bad_request("A webhook needs an absolute URL", "url")
    unknown = [event for event in wanted.get("events") or () if event not in EVENTS]
    if unknown or not wanted.get("events"):
        raise errors.bad_request(f"Invalid events: {', '.join(unknown) or 'none'}", "events")


def find(hooks, number):
    found = next((hook for hook in hooks if str(hook.id) == number), None)
    if not found:
        raise errors.error(404, f"Webhook {number} does not exist", "webhook.NoSuchWebhookException")
    return found


def register(prefix, needs):
    """The same endpoints for both kinds of owner."""
    def show(request, owner, hook):
        return request.bodies.hook(hook) | {"scopeType": "repository" if hasattr(owner, "slug") else "project"}

    @ROUTES.get(prefix + "/webhooks", needs)
    def hooks(request, repo=None, project=None):
        owner, event = repo or project, request.one("event")
        rows = [hook for hook in owner.hooks if not event or event in hook.events]
        return paging.paged(request, rows, lambda hook: show(request, owner, hook))

    @ROUTES.post(prefix + "/webhooks", needs)
    def create(request, repo=None, project=None):
        owner, wanted = repo or project, request.json() or {}
        check(wanted)
        made = request.fake.change.add_hook(owner.hooks, wanted["url"], wanted["events"], wanted["name"], wanted.get("active", True),
                                            (wanted.get("configuration") or {}).get("secret") or None,
                                            not wanted.get("sslVerificationRequired", True))
        return json_response(show(request, owner, made), 201)

    @ROUTES.get(prefix + "/webhooks/{number}", needs)
    def hook(request, number, repo=None, project=None):
        owner = repo or project
        return show(request, owner, find(owner.hooks, number))

    @ROUTES.put(prefix + "/webhooks/{number}", needs)
    def update(request, number, repo=None, project=None):
        """Replaces all of it, the secret too."""
        owner, wanted = repo or project, request.json() or {}
        found = find(owner.hooks, number)
        check(wanted)
        found.url, found.events, found.description = wanted["url"], wanted["events"], wanted["name"]
        found.active = wanted.get("active", found.active)
        found.secret = (wanted.get("configuration") or {}).get("secret") or None
        found.skip_cert_verification = not wanted.get("sslVerificationRequired", True)
        found.updated_on = request.world.clock.tick()
        return show(request, owner, found)

    @ROUTES.delete(prefix + "/webhooks/{number}", needs)
    def delete(request, number, repo=None, project=None):
        owner = repo or project
        owner.hooks.remove(find(owner.hooks, number))
        return no_content()


register(REPO, REPO_ADMIN)
register(PROJECT, PROJECT_ADMIN)
