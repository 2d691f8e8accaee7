"""Data Center's webhook bodies."""
from .. import graph
from ..datacenter.bodies import Bodies
from ..entities import NO_COMMIT

COMMITS_MAX = 5
PULL_REQUEST_KEYS = {
    "opened": "pr:opened", "updated": "pr:modified", "rescoped": "pr:from_ref_updated", "approved": "pr:reviewer:approved",
    "unapproved": "pr:reviewer:unapproved", "changes_requested": "pr:reviewer:needs_work",
    "changes_request_removed": "pr:reviewer:unapproved", "commented": "pr:comment:added",
    "comment_updated": "pr:comment:edited", "comment_resolved": "pr:comment:edited",
    "comment_reopened": "pr:comment:edited", "comment_deleted": "pr:comment:deleted", "merged": "pr:merged",
    "declined": "pr:declined"
}
STATUSES = {"approved": "APPROVED", "changes_requested": "NEEDS_WORK", None: "UNAPPROVED"}


def webhooks(world, origin, happened, dates="ms"):
    """[(event key, body)] of what happened; nothing where Data Center is silent."""
    return Teller(world, origin, happened, dates).tell()


class Teller:
    def __init__(self, world, origin, happened, dates):
        self.bodies = Bodies(world, origin, dates)
        self.happened = happened
        self.repo = happened.repository
        self.date = world.clock.now.strftime("%Y-%m-%dT%H:%M:%S+0000")

    def tell(self):
        kind, what = self.happened.kind, self.happened.what
        if kind == "push":
            return [self._push(what["changes"])]
        if kind.startswith("pull_request_"):
            return self._pull_request(kind.removeprefix("pull_request_"))
        if kind == "repository_updated":
            return [self._modified(what["before"])]
        if kind == "repository_forked":
            return [self._event("repo:forked", repository=self.bodies.repository(what["fork"]))]
        return []

    def _modified(self, before):
        now = self.bodies.repository(self.repo)
        old = now | {name: before[name] for name in ("slug", "name") if name in before}
        if "project" in before:
            old["project"] = self.bodies.project(before["project"])
        return self._event("repo:modified", old=old, new=now)

    def _event(self, key, **members):
        return key, {"eventKey": key, "date": self.date, "actor": self.bodies.user(self.happened.user), **members}

    def _push(self, changes):
        """Commits are listed for one ref alone, and no member says that there are more."""
        refs = [self.bodies.ref_change(self.repo, moved)["refChange"] for moved in changes]
        for ref in refs:
            del ref["updatedType"]
        members = {"repository": self.bodies.repository(self.repo), "changes": refs}
        moved = changes[0]
        if len(changes) == 1 and moved.new != NO_COMMIT:
            members["toCommit"] = self.bodies.single_commit(self.repo, self.repo.commits[moved.new])
            if moved.ref.startswith("refs/heads/"):
                listed = graph.walk(self.repo.commits, [moved.new], [] if moved.old == NO_COMMIT else [moved.old])
                members["commits"] = [self.bodies.commit(self.repo.commits[commit]) for commit in listed[:COMMITS_MAX]]
        return self._event("repo:refs_changed", **members)

    def _pull_request(self, kind):
        pr, what = self.happened.what["pull_request"], self.happened.what
        if kind not in PULL_REQUEST_KEYS:
            return []
        body = self.bodies.pull_request(self.repo, pr)
        if not pr.description:
            del body["description"]
        members = {"pullRequest": body}
        if kind == "updated":
            return self._edited(members, what["before"])
        if kind == "rescoped":
            members["previousFromHash"] = what["old"]
        elif kind in ("approved", "unapproved", "changes_requested", "changes_request_removed"):
            user = self.happened.user
            members["participant"] = self.bodies.participant(user, "REVIEWER", pr.verdicts.get(user.name),
                                                             pr.reviewed.get(user.name))
            members["previousStatus"] = STATUSES[what["previous"]]
        elif "comment" in what:
            members["comment"] = self.bodies.comment(self.repo, what["comment"])
            if "before" in what:
                members["previousComment"] = what["before"]
            if what["comment"].parent:
                members["commentParentId"] = what["comment"].parent
        return [self._event(PULL_REQUEST_KEYS[kind], **members)]

    def _edited(self, members, before):
        """New reviewers are an event of their own."""
        pr, events = self.happened.what["pull_request"], []
        if "reviewers" in before:
            old, new = ({user.name: user for user in users} for users in (before["reviewers"], pr.reviewers))
            events.append(
                self._event("pr:reviewer:updated", **members,
                            addedReviewers=[self.bodies.user(user) for name, user in new.items() if name not in old],
                            removedReviewers=[self.bodies.user(user) for name, user in old.items() if name not in new]))
        if before.keys() - {"reviewers"}:
            target = before.get("destination_branch", pr.destination_branch)
            ref = self.bodies.ref(self.repo, target, self.repo.branches.get(target, pr.destination_hash))
            del ref["repository"]
            ref["latestChangeset"] = ref["latestCommit"]
            events.append(
                self._event("pr:modified", **members, previousTitle=before.get("title", pr.title),
                            previousDescription=before.get("description", pr.description) or None, previousTarget=ref,
                            previousDraft=before.get("draft", pr.draft)))
        return events
