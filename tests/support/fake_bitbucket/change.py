"""Every way in which a world changes: one method a kind. Each tells the listeners what happened, as webhooks would."""
import dataclasses
import functools
import inspect
import threading

from . import graph
from .entities import (NO_COMMIT, Activity, Comment, Commit, Deployment, FileChange, Hook, Issue, Pipeline, PullRequest,
                       RefChange, Report, Status, Step, braced_uuid, sha)


@dataclasses.dataclass(frozen=True)
class Happened:
    """What a listener learns. `what` holds the entities that the kind concerns."""
    kind: str
    repository: object
    user: object
    what: dict


def locked(cls):
    """Every public method holds the object's lock, so that nobody sees half of a change."""
    def wrap(method):
        @functools.wraps(method)
        def whole(self, *arguments, **named):
            with self.lock:
                return method(self, *arguments, **named)

        return whole

    for name, method in inspect.getmembers(cls, inspect.isfunction):
        if not name.startswith("_"):
            setattr(cls, name, wrap(method))
    return cls


@locked
class Changes:
    def __init__(self, world):
        self.world = world
        self.lock = threading.RLock()  # whoever reads the world meanwhile takes it too
        self.listeners = []

    def _tell(self, kind, repo, user, **what):
        self.world.version += 1
        happened = Happened(kind, repo, user, what)
        for listener in self.listeners:
            listener(happened)

    def _user(self, user):
        return self.world.users[user] if isinstance(user, str) else user

    # Commits and refs

    def commit(self, repo, parents=(), message=None, user="ada", date=None, known=True, changes=None):
        """A commit that no ref leads to yet."""
        self.world.keep(repo)
        number = len(repo.commits) + 1
        user, date = self._user(user), date or self.world.clock.tick()
        message = message or f"Change {number}\n"
        made = Commit(sha(repo.id, number, *parents, message), tuple(parents), message, user, known, date, number,
                      tuple(changes or (FileChange(f"src/file{number % 7}.txt", added=number % 9 + 1), )))
        repo.commits[made.hash] = made
        return made.hash

    def _move(self, repo, refs, name, prefix, new, user, forced=False):
        """One ref to another commit, or away with it; the line of the push log."""
        self.world.keep(repo)
        old = refs.get(name, NO_COMMIT)
        if new == NO_COMMIT:
            refs.pop(name)
        else:
            refs[name] = new
        now = self.world.clock.tick()
        repo.updated_on = now
        moved = RefChange(self.world.next_id(), prefix + name, old, new, forced, self._user(user), now)
        repo.push_log.append(moved)
        return moved

    def push(self, repo, branch="main", commits=1, user="ada", onto=None, dates=(), message=None):
        """New commits on a branch, which is created from `onto` (a hash; else the main branch) where it is missing."""
        old = repo.branches.get(branch)
        head = old or onto or repo.branches.get(repo.main_branch)
        for at in range(commits):
            head = self.commit(repo, [head] if head else [], message, user, dates[at] if at < len(dates) else None)
        return self.push_head(repo, branch, head, user)

    def push_head(self, repo, branch, head, user="ada"):
        """A branch to a commit that exists; forced where the old head is no ancestor of it."""
        return self.push_refs(repo, {branch: head}, user)[0]

    def push_refs(self, repo, branches, user="ada"):
        """Several branches in one push: {name: head, or None to delete it}."""
        moved = [
            self._move(repo, repo.branches, name, "refs/heads/", head or NO_COMMIT, user, self._is_forced(repo, name, head))
            for name, head in branches.items()
        ]
        self._tell("push", repo, self._user(user), changes=moved)
        for name, head in branches.items():
            if head:
                self._rescope(repo, name, user)
        return moved

    @staticmethod
    def _is_forced(repo, branch, head):
        old = repo.branches.get(branch)
        return bool(old and head) and not graph.is_ancestor(repo.commits, old, head)

    def force_push(self, repo, branch, back=1, commits=1, user="ada"):
        """The last `back` commits of a branch replaced by others."""
        base = repo.branches[branch]
        for _ in range(back):
            base = repo.commits[base].parents[0]
        for at in range(commits):
            base = self.commit(repo, [base], f"Rewritten {at}\n", user)
        return self.push_head(repo, branch, base, user)

    def delete_branch(self, repo, branch, user="ada"):
        return self.push_refs(repo, {branch: None}, user)[0]

    def tag(self, repo, name, at=None, user="ada"):
        moved = self._move(repo, repo.tags, name, "refs/tags/", at or repo.branches[repo.main_branch], user)
        self._tell("push", repo, moved.user, changes=[moved])
        return moved

    def delete_tag(self, repo, name, user="ada"):
        moved = self._move(repo, repo.tags, name, "refs/tags/", NO_COMMIT, user)
        self._tell("push", repo, moved.user, changes=[moved])
        return moved

    def prune(self, repo):
        """What git's garbage collection removes: commits that no ref leads to."""
        kept = graph.reachable(repo.commits, repo.heads())
        for commit in [commit for commit in repo.commits if commit not in kept]:
            del repo.commits[commit]

    # Repositories

    def create_repository(self, project, slug, user="ada", **fields):
        repo = self.world.add_repository(project, slug, **fields)
        self._tell("repository_created", repo, self._user(user))
        return repo

    def rename_repository(self, repo, slug, user="ada"):
        self.world.keep(repo)
        before = {"slug": repo.slug, "name": repo.name, "updated_on": repo.updated_on}
        repo.slug, repo.name, repo.updated_on = slug, slug.capitalize(), self.world.clock.tick()
        self._tell("repository_updated", repo, self._user(user), before=before)

    def move_repository(self, repo, project, user="ada"):
        """To another project of the same workspace or instance."""
        self.world.keep(repo)
        before = {"project": repo.project, "updated_on": repo.updated_on}
        repo.project, repo.updated_on = self.world.projects[project], self.world.clock.tick()
        self._tell("repository_updated", repo, self._user(user), before=before)

    def fork_repository(self, repo, slug, user="ada"):
        """With all of its commits, branches and tags."""
        fork = self.world.add_repository(repo.project.key, slug, parent=repo, main_branch=repo.main_branch)
        fork.commits, fork.branches, fork.tags = dict(repo.commits), dict(repo.branches), dict(repo.tags)
        self._tell("repository_forked", repo, self._user(user), fork=fork)
        return fork

    def delete_repository(self, repo, user="ada"):
        self.world.remove(repo)
        for other in self.world.made:
            for pr in other.pull_requests.values():
                pr.fork_deleted |= pr.source_repository is repo
        self._tell("repository_deleted", repo, self._user(user))

    # Pull requests

    def _act(self, repo, pr, kind, user, version=True, touches=True, **what):
        """The common part of everything that happens to a pull request. `touches`: its date of update moves."""
        self.world.keep(repo)
        user, now = self._user(user), self.world.clock.tick()
        pr.updated_on = now if touches else pr.updated_on
        pr.version += version
        pr.activities.append(Activity(self.world.next_id(), kind, user, now, what))
        self._tell("pull_request_" + kind, repo, user, pull_request=pr, date=now, **what)

    def open_pull_request(self,
                          repo,
                          source,
                          destination=None,
                          title=None,
                          user="ada",
                          reviewers=(),
                          description="",
                          draft=False,
                          close_source_branch=False,
                          fork=None):
        destination = destination or repo.main_branch
        now, number = self.world.clock.tick(), len(repo.pull_requests) + 1
        pr = PullRequest(number,
                         title or f"Merge {source}",
                         description,
                         self._user(user),
                         source,
                         destination, (fork or repo).branches[source],
                         repo.branches[destination],
                         now,
                         now,
                         draft=draft,
                         close_source_branch=close_source_branch,
                         reviewers=[self._user(name) for name in reviewers],
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
        pr.verdicts[user.name] = (verdict, self.world.clock.tick())
        pr.reviewed[user.name] = pr.source_hash
        self._act(repo, pr, verdict, user, version=False, touches=False, previous=previous)

    def _withdraw(self, repo, pr, user, verdict, kind):
        user = self._user(user)
        if pr.verdicts.get(user.name, ("", ))[0] == verdict:
            del pr.verdicts[user.name]
            self._act(repo, pr, kind, user, version=False, touches=False, previous=verdict)

    def comment(self, repo, pr, text, user="grace", parent=None, inline=None):
        now = self.world.clock.tick()
        made = Comment(self.world.next_id(), text, self._user(user), now, now, parent, inline)
        pr.comments[made.id] = made
        self._act(repo, pr, "commented", user, version=False, comment=made)
        return made

    def edit_comment(self, repo, pr, comment, text, user="grace"):
        before, comment.text, comment.updated_on = comment.text, text, self.world.clock.tick()
        comment.version, pr.updated_on = comment.version + 1, comment.updated_on
        self._tell("pull_request_comment_updated", repo, self._user(user), pull_request=pr, comment=comment, before=before)

    def delete_comment(self, repo, pr, comment, user="grace"):
        comment.deleted, comment.updated_on, pr.updated_on = True, self.world.clock.tick(), self.world.clock.now
        self._tell("pull_request_comment_deleted", repo, self._user(user), pull_request=pr, comment=comment)

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

    # What runs on commits

    def set_status(self,
                   repo,
                   commit,
                   key,
                   state,
                   url="https://ci.acme.example/1",
                   name=None,
                   description="",
                   ref_name=None,
                   user="ada"):
        """Creates a status, or overwrites the one of that key."""
        self.world.keep(repo)
        now, of_commit = self.world.clock.tick(), repo.statuses.setdefault(commit, {})
        old = of_commit.get(key)
        made = Status(key, state, url, name or key, description, ref_name, old.created_on if old else now, now)
        of_commit[key] = made
        self._tell("status_updated" if old else "status_created", repo, self._user(user), status=made, commit=commit)
        return made

    def run_pipeline(self,
                     repo,
                     branch="main",
                     user="ada",
                     trigger="PUSH",
                     pattern=None,
                     variables=(),
                     steps=("Build", "Test")):
        self.world.keep(repo)
        number = len(repo.pipelines) + 1
        made = Pipeline(braced_uuid("pipeline", repo.id, number),
                        number,
                        branch,
                        repo.branches[branch],
                        self._user(user),
                        self.world.clock.tick(),
                        trigger=trigger,
                        pattern=pattern,
                        variables=list(variables))
        made.steps = [Step(braced_uuid("step", repo.id, number, at), name) for at, name in enumerate(steps)]
        repo.pipelines.append(made)
        self._tell("pipeline", repo, made.creator, pipeline=made)
        return made

    def start_pipeline(self, repo, pipeline):
        """Its first step runs and has a log."""
        pipeline.state, pipeline.stage = "IN_PROGRESS", "RUNNING"
        first = pipeline.steps[0]
        first.state, first.started_on, first.log = "IN_PROGRESS", self.world.clock.tick(), b"+ make\n"
        self._tell("pipeline", repo, pipeline.creator, pipeline=pipeline)

    def finish_pipeline(self, repo, pipeline, result="SUCCESSFUL"):
        """Every step ends with the result, those that had not begun with NOT_RUN unless it is a success."""
        for step in pipeline.steps:
            begun = step.started_on is not None or result == "SUCCESSFUL"
            step.state, step.result = "COMPLETED", result if begun else "NOT_RUN"
            if begun:
                step.started_on = step.started_on or self.world.clock.tick()
                step.completed_on = self.world.clock.tick()
                step.log = f"+ make {step.name}\n{result}\n".encode()
        pipeline.state, pipeline.stage, pipeline.result = "COMPLETED", None, result
        pipeline.completed_on = self.world.clock.tick()
        self._tell("pipeline", repo, pipeline.creator, pipeline=pipeline)

    def rerun_pipeline(self, repo, pipeline):
        """Once more, under the same UUID."""
        pipeline.run_number += 1
        pipeline.state, pipeline.stage, pipeline.result, pipeline.completed_on = "PENDING", None, None, None
        for step in pipeline.steps:
            step.state, step.result, step.started_on, step.completed_on, step.log = "PENDING", None, None, None, None
        self._tell("pipeline", repo, pipeline.creator, pipeline=pipeline)

    def stop_pipeline(self, repo, pipeline, user="ada"):
        pipeline.terminator = self._user(user)
        self.finish_pipeline(repo, pipeline, "STOPPED")

    def deploy(self, repo, pipeline, environment="Production", state="COMPLETED", status="SUCCESSFUL"):
        number, now = len(repo.deployments) + 1, self.world.clock.tick()
        made = Deployment(braced_uuid("deployment", repo.id, number), number, environment, pipeline, state,
                          status if state == "COMPLETED" else None, now, now if state == "COMPLETED" else None, now)
        repo.deployments.append(made)
        self._tell("deployment", repo, pipeline.creator, deployment=made)
        return made

    def report(self, repo, commit, report_id, fields, user="ada"):
        """Creates or replaces a Code Insights report; its annotations stay."""
        self.world.keep(repo)
        now, of_commit = self.world.clock.tick(), repo.reports.setdefault(commit, {})
        old = of_commit.get(report_id)
        of_commit[report_id] = Report(report_id, fields, old.created_on if old else now, now,
                                      old.annotations if old else [])
        self._tell("report", repo, self._user(user), report=of_commit[report_id], commit=commit)
        return of_commit[report_id]

    # Issues and hooks

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
