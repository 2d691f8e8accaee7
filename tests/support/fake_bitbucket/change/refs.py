"""Commits, branches and tags."""
from .. import graph
from ..entities import NO_COMMIT, Commit, FileChange, RefChange, sha
from .base import Base


class RefChanges(Base):
    def commit(self, repo, parents=(), message=None, user="ada", date=None, known=True, changes=None):
        """A commit that no ref leads to yet."""
        self.world.keep(repo)
        number = self.world.next_id()
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
