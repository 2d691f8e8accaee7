"""Webhooks of repositories and projects."""
import urllib.parse

from ..http_message import json_response, no_content
from . import errors, paging
from .routes import PROJECT, PROJECT_ADMIN, REPO, REPO_ADMIN, ROUTES

# Those that servers take. Some that the pages list are refused: pr:reviewer:changes_requested, pr:to_ref_updated.
EVENTS = """repo:refs_changed repo:modified repo:forked repo:comment:added repo:comment:edited repo:comment:deleted
    repo:secret_detected mirror:repo_synchronized project:modified pr:opened pr:from_ref_updated pr:modified pr:merged pr:declined
    pr:deleted pr:reviewer:updated pr:reviewer:approved pr:reviewer:unapproved pr:reviewer:needs_work pr:comment:added
    pr:comment:edited pr:comment:deleted""".split()


def check(wanted):
    if not wanted.get("name"):
        raise errors.bad_request("A webhook needs a name", "name")
    parts = urllib.parse.urlsplit(wanted.get("url") or "")
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise errors.bad_request("A webhook needs an absolute URL", "url")
    unknown = [event for event in wanted.get("events") or () if event not in EVENTS]
    if unknown or not wanted.get("events"):
        raise errors.bad_request(f"the event {unknown[0]} is unknown" if unknown else "events are missing", "events")


def find(hooks, number):
    found = next((hook for hook in hooks if str(hook.id) == number), None)
    if not found:
        raise errors.error(404, f"Webhook {number} does not exist", "webhook.NoSuchWebhookException")
    return found


def hooks_of(repo, project):
    return repo.datacenter_hooks if repo else project.hooks


def register(prefix, needs):
    """The same endpoints for both kinds of owner."""
    def show(request, repo, hook):
        return request.bodies.hook(hook) | {"scopeType": "repository" if repo else "project"}

    @ROUTES.get(prefix + "/webhooks", needs)
    def hooks(request, repo=None, project=None):
        event = request.one("event")
        rows = [hook for hook in hooks_of(repo, project) if not event or event in hook.events]
        return paging.paged(request, rows, lambda hook: show(request, repo, hook))

    @ROUTES.post(prefix + "/webhooks", needs)
    def create(request, repo=None, project=None):
        wanted = request.json() or {}
        check(wanted)
        made = request.fake.change.add_hook(hooks_of(repo, project), wanted["url"], wanted["events"], wanted["name"],
                                            wanted.get("active", True), (wanted.get("configuration") or {}).get("secret")
                                            or None, not wanted.get("sslVerificationRequired", True))
        return json_response(show(request, repo, made), 201)

    @ROUTES.get(prefix + "/webhooks/{number}", needs)
    def hook(request, number, repo=None, project=None):
        return show(request, repo, find(hooks_of(repo, project), number))

    @ROUTES.put(prefix + "/webhooks/{number}", needs)
    def update(request, number, repo=None, project=None):
        """Replaces all of it, the secret too."""
        wanted = request.json() or {}
        found = find(hooks_of(repo, project), number)
        check(wanted)
        found.url, found.events, found.description = wanted["url"], wanted["events"], wanted["name"]
        found.active = wanted.get("active", found.active)
        found.secret = (wanted.get("configuration") or {}).get("secret") or None
        found.skip_cert_verification = not wanted.get("sslVerificationRequired", True)
        found.updated_on = request.world.clock.tick()
        return show(request, repo, found)

    @ROUTES.delete(prefix + "/webhooks/{number}", needs)
    def delete(request, number, repo=None, project=None):
        hooks = hooks_of(repo, project)
        hooks.remove(find(hooks, number))
        return no_content()


register(REPO, REPO_ADMIN)
register(PROJECT, PROJECT_ADMIN)
