"""Pull requests, their reviews and comments."""
from ..entities import Activity, Comment, PullRequest
from .base import Base


class PullRequestChanges(Base):
    def _act(self, repo, pr, kind, user, version=True, touches=True, at=None, **what):
        """The common part of everything that happens to a pull request. `touches`: its date of update moves. `at`: when, if not now."""
        self.world.keep(repo)
        user, now = self._user(user), at or self.world.clock.tick()
        pr.updated_on = now if touches else pr.updated_on
        pr.version += version
        pr.activities.append(Activity(self.world.next_id(), kind, user, now, what))
        self._tell("pull_request_" + kind, repo, user, pull_request=pr, date=now, **what)

    def open_pull_request(self, repo, source, destination=None, title=None, user="ada", reviewers=(), description="",
                          draft=False, close_source_branch=False, fork=None):
        destination = destination or repo.main_branch
        now, number = self.world.clock.tick(), len(repo.pull_requests) + 1
        pr = PullRequest(number, title or f"Merge {source}", description, self._user(user), source,
                         destination, (fork or repo).branches[source], repo.branches[destination], now, now, draft=draft,
                         close_source_branch=close_source_branch, reviewers=[self._user(name) for name in reviewers],
                         source_repository=fork)
        repo.pull_requests[number] = pr
        self._act(repo, pr, "opened", user, version=False)
        return pr

    def edit_pull_request(self, repo, pr, user="ada", **fields):
        before = {name: getattr(pr, name) for name in fields}
        for name, value in fields.items():
            setattr(pr, name, value)
        self._act(repo, pr, "updated", user, before=before)

    def _rescope(self, repo, branch, user):
        """Open pull requests go along with their branches: from a new source, which is news, to a new destination, silently."""
        for pr in repo.pull_requests.values():
            if pr.state != "OPEN":
                continue
            if pr.destination_branch == branch:
                pr.destination_hash = repo.branches[branch]
            if pr.source_branch == branch and pr.source_repository is None:
                old, pr.source_hash = pr.source_hash, repo.branches[branch]
                self._act(repo, pr, "rescoped", user, old=old, new=pr.source_hash)

    def approve(self, repo, pr, user="grace"):
        self._verdict(repo, pr, user, "approved")

    def unapprove(self, repo, pr, user="grace"):
        self._withdraw(repo, pr, user, "approved", "unapproved")

    def request_changes(self, repo, pr, user="grace"):
        self._verdict(repo, pr, user, "changes_requested")

    def withdraw_request(self, repo, pr, user="grace"):
        self._withdraw(repo, pr, user, "changes_requested", "changes_request_removed")

    def _verdict(self, repo, pr, user, verdict):
        """That it moves the date of update is documented nowhere, so it does not."""
        user = self._user(user)
        previous = pr.verdicts.get(user.name, (None, ))[0]
        now = self.world.clock.tick()
        pr.verdicts[user.name] = (verdict, now)
        pr.reviewed[user.name] = pr.source_hash
        self._act(repo, pr, verdict, user, version=False, touches=False, at=now, previous=previous)

    def _withdraw(self, repo, pr, user, verdict, kind):
        user = self._user(user)
        if pr.verdicts.get(user.name, ("", ))[0] == verdict:
            del pr.verdicts[user.name]
            self._act(repo, pr, kind, user, version=False, touches=False, previous=verdict)

    def comment(self, repo, pr, text, user="grace", parent=None, inline=None):
        now = pr.said_on = self.world.clock.tick()
        made = Comment(self.world.next_id(), text, self._user(user), now, now, parent, inline)
        pr.comments[made.id] = made
        self._act(repo, pr, "commented", user, version=False, touches=False, comment=made)
        return made

    def edit_comment(self, repo, pr, comment, text, user="grace"):
        before, comment.text, comment.updated_on = comment.text, text, self.world.clock.tick()
        comment.version, pr.said_on = comment.version + 1, comment.updated_on
        self._tell("pull_request_comment_updated", repo, self._user(user), pull_request=pr, comment=comment, before=before)

    def delete_comment(self, repo, pr, comment, user="grace"):
        """As recorded, that is no update of the comment, but of its pull request."""
        comment.deleted, pr.said_on = True, self.world.clock.tick()
        self._tell("pull_request_comment_deleted", repo, self._user(user), pull_request=pr, comment=comment)

    def resolve_comment(self, repo, pr, comment, user="grace"):
        self._flip(repo, pr, comment, user, "resolved", (self._user(user), self.world.clock.tick()))

    def reopen_comment(self, repo, pr, comment, user="grace"):
        self.world.clock.tick()
        self._flip(repo, pr, comment, user, "reopened", None)

    def _flip(self, repo, pr, comment, user, kind, resolved):
        """On Data Center an edit that leaves the text alone."""
        comment.resolved, pr.said_on = resolved, self.world.clock.now
        comment.version += 1
        self._tell(f"pull_request_comment_{kind}", repo, self._user(user), pull_request=pr, comment=comment,
                   before=comment.text)

    def merge(self, repo, pr, user="ada", message=None, squash=False, fast_forward=False):
        """Moves the destination, and closes; told in this order."""
        destination = repo.branches[pr.destination_branch]
        parents = [destination] if squash else [destination, pr.source_hash]
        pr.merge_hash = pr.source_hash if fast_forward else self.commit(
            repo, parents, message or f"Merged in {pr.source_branch} (pull request #{pr.id})\n", user)
        pr.state = "MERGING"  # no longer one of the open ones that go along with their branches
        self.push_refs(repo, {pr.destination_branch: pr.merge_hash}, user)
        if pr.close_source_branch and pr.source_repository is None and pr.source_branch in repo.branches:
            self.delete_branch(repo, pr.source_branch, user)
        self._close(repo, pr, "MERGED", "merged", user)

    def decline(self, repo, pr, user="ada", reason=""):
        pr.reason = reason
        self._close(repo, pr, "DECLINED", "declined", user)

    def supersede(self, repo, pr, user="ada"):
        """Cloud only: what it would merge was merged otherwise."""
        self._close(repo, pr, "SUPERSEDED", "superseded", user)

    def reopen(self, repo, pr, user="ada"):
        """Data Center only, of a declined one; no webhook tells."""
        pr.state, pr.closed_by, pr.closed_on = "OPEN", None, None
        self._act(repo, pr, "reopened", user)

    def _close(self, repo, pr, state, kind, user):
        pr.state, pr.closed_by, pr.closed_on = state, self._user(user), self.world.clock.now
        self._act(repo, pr, kind, user)
