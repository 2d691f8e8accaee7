"""Webhooks of repositories and of the workspace."""
import urllib.parse

from ..http_message import json_response, no_content
from . import errors, paging, scopes
from .routes import REPO, ROUTES

EVENTS = {
    "repository": """repo:push repo:fork repo:updated repo:transfer repo:created repo:deleted repo:imported repo:commit_comment_created
        repo:commit_status_created repo:commit_status_updated pullrequest:created pullrequest:updated pullrequest:push
        pullrequest:approved pullrequest:unapproved pullrequest:fulfilled pullrequest:rejected pullrequest:changes_request_created
        pullrequest:changes_request_removed pullrequest:comment_created pullrequest:comment_updated pullrequest:comment_deleted
        pullrequest:comment_resolved pullrequest:comment_reopened issue:created issue:updated issue:comment_created
        pipeline:span_created""".split(),
}
EVENTS["workspace"] = [*EVENTS["repository"], "project:updated"]
SECRET_MAX = 128
WORKSPACE = "/workspaces/{workspace}"


class Owner:
    """What hooks belong to: its list, its address, and what stands for it in a body."""
    def __init__(self, request, repo):
        bodies = request.bodies
        if not request.credential.admin:
            raise errors.forbidden("You do not have administrator access")
        self.kind = "repository" if repo else "workspace"
        self.hooks = repo.hooks if repo else request.world.workspace_hooks
        self.url = bodies.repository_url(repo) if repo else f"{bodies.api}/workspaces/{request.world.workspace}"
        self.subject = bodies.repository_reference(repo) if repo else bodies.workspace_reference()
        self.show = lambda hook: bodies.hook(self.url, self.subject, hook)

    def find(self, uid):
        found = next((hook for hook in self.hooks if hook.uuid.strip("{}") == uid.strip("{}")), None)
        if not found:
            raise errors.not_found("Webhook not found")
        return found


def check(owner, wanted, partly=False):
    """Refuses what the service refuses. `partly`: an update may leave out what stays."""
    wrong = {}
    url = wanted.get("url")
    if not partly or url is not None:
        parts = urllib.parse.urlsplit(url or "")
        if parts.scheme not in ("http", "https") or not parts.hostname:
            wrong["url"] = ["Enter a valid URL."]
    if not partly or wanted.get("events") is not None:
        unknown = [event for event in wanted.get("events") or () if event not in EVENTS[owner.kind]]
        if unknown or not wanted.get("events"):
            wrong["events"] = [f"Invalid event: {', '.join(unknown)}" if unknown else "required"]
    if len(wanted.get("secret") or "") > SECRET_MAX:
        wrong["secret"] = [f"at most {SECRET_MAX} characters"]
    if wrong:
        raise errors.bad_request("Invalid webhook", fields=wrong)


def register(prefix):
    """The same five endpoints for both kinds of owner."""
    @ROUTES.get(prefix + "/hooks", scopes.HOOK)
    def hooks(request, repo=None):
        owner = Owner(request, repo)
        return paging.numbered(request, owner.hooks, owner.show)

    @ROUTES.post(prefix + "/hooks", scopes.HOOK_WRITE)
    def create(request, repo=None):
        owner, wanted = Owner(request, repo), request.json() or {}
        check(owner, wanted)
        made = request.fake.change.add_hook(owner.hooks, wanted["url"], wanted["events"],
                                            wanted.get("description") or "", wanted.get("active", True),
                                            wanted.get("secret") or None, wanted.get("skip_cert_verification", False))
        return json_response(owner.show(made), 201)

    @ROUTES.get(prefix + "/hooks/{uid}", scopes.HOOK)
    def hook(request, uid, repo=None):
        owner = Owner(request, repo)
        return owner.show(owner.find(uid))

    @ROUTES.put(prefix + "/hooks/{uid}", scopes.HOOK_WRITE)
    def update(request, uid, repo=None):
        """What is left out stays, the secret too; null or nothing in its place takes it away."""
        owner, wanted = Owner(request, repo), request.json() or {}
        found = owner.find(uid)
        check(owner, wanted, partly=True)
        for name in ("url", "description", "active", "events", "skip_cert_verification"):
            if wanted.get(name) is not None:
                setattr(found, name, wanted[name])
        if "secret" in wanted:
            found.secret = wanted["secret"] or None
        found.updated_on = request.world.clock.tick()
        return owner.show(found)

    @ROUTES.delete(prefix + "/hooks/{uid}", scopes.HOOK_DELETE)
    def delete(request, uid, repo=None):
        owner = Owner(request, repo)
        owner.hooks.remove(owner.find(uid))
        return no_content()


register(REPO)
register(WORKSPACE)


@ROUTES.get("/hook_events/{kind}", scopes.NONE)
def hook_events(request, kind):
    if kind not in EVENTS:
        raise errors.not_found()

    def show(event):
        category, _, name = event.partition(":")
        return {
            "event": event, "category": category.capitalize(), "label": name.replace("_", " ").capitalize(),
            "description": event
        }

    return paging.numbered(request, EVENTS[kind], show, default=100)
