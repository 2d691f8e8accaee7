"""Issues of both trackers, and registered hooks."""
from ..entities import Comment, Hook, Issue, braced_uuid
from .base import Base


class IssueChanges(Base):
    def create_issue(self, repo, title, text="", user="ada", **fields):
        number, now = len(repo.issues) + 1, self.world.clock.tick()
        repo.issues[number] = Issue(number, title, text, self._user(user), now, now, **fields)
        self._tell("issue_created", repo, self._user(user), issue=repo.issues[number])
        return repo.issues[number]

    def create_jira_issue(self, project, title, text="", user="ada", kind="Task", state="To Do"):
        number, now = len(self.world.jira) + 1, self.world.clock.tick()
        made = Issue(10_000 + number, title, text, self._user(user), now, now, state, kind, key=f"{project}-{number}")
        self.world.jira[made.key] = made
        self.world.version += 1
        return made

    def comment_issue(self, issue, text, user="ada"):
        now = self.world.clock.tick()
        made = Comment(self.world.next_id(), text, self._user(user), now, now)
        issue.comments.append(made)
        issue.updated_on = now
        self.world.version += 1
        return made

    def add_hook(self, hooks, url, events, description="", active=True, secret=None, skip_cert_verification=False):
        """`hooks`: the list of a repository, a project or the workspace."""
        number, now = self.world.next_id(), self.world.clock.tick()
        made = Hook(braced_uuid("hook", number), number, url, list(events), description, active, secret, now, now,
                    skip_cert_verification)
        hooks.append(made)
        return made
