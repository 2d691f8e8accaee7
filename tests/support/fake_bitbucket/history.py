"""A made-up life of a world, the same for the same seed, and the truth about it that a backfill has to find."""
import datetime
import random

from . import graph
from .entities import NO_COMMIT

PEOPLE = ("ada", "grace", "linus")
COMMITS_MANY = 9  # more than a webhook lists
BRANCHES_MAX = 12  # of a repository, beside its main one
# How often each kind happens, relative to the others.
WEIGHTS = {
    "push": 30, "branch": 10, "force_push": 4, "flap": 3, "delete_branch": 5, "push_merge": 3, "push_several": 4,
    "backdated": 3, "tag": 3, "delete_tag": 1, "open_pull_request": 8, "comment": 6, "reply": 0, "resolve": 0, "judge": 8, "withdraw": 2, "edit": 4,
    "close": 6, "status": 8, "run": 6, "advance": 10, "create": 1, "rename": 1,
    "deploy": 0
}


class History:
    """`weights`: other than the usual ones for some kinds; 0 leaves one out."""
    def __init__(self, fake, seed, repositories=8, weights=None):
        self.change = fake.change
        self.world = fake.world
        self.rng = random.Random(seed)
        self.weights = WEIGHTS | (weights or {})
        self.serial = 0
        self.repositories = []
        for name in PEOPLE:
            if name not in self.world.users:
                self.world.add_user(name)
        if not self.world.projects:
            self.world.add_project("PLAT")
        for _ in range(repositories):
            self.create(None)

    def live(self, steps):
        """So many things happen. What is not possible just now is left to another kind."""
        kinds, weights = zip(*self.weights.items())
        done = 0
        while done < steps:
            repo = self.rng.choice(self.repositories)
            done += getattr(self, self.rng.choices(kinds, weights)[0])(repo) is not None

    # Each of these returns None where it could do nothing.

    def _who(self):
        return self.rng.choice(PEOPLE)

    def _name(self, prefix):
        self.serial += 1
        return f"{prefix}{self.serial}"

    def _branch(self, repo, main=True):
        names = [name for name in sorted(repo.branches) if main or name != repo.main_branch]
        return self.rng.choice(names) if names else None

    def _open(self, repo):
        found = [pr for pr in repo.pull_requests.values() if pr.state == "OPEN"]
        return self.rng.choice(found) if found else None

    def create(self, _):
        repo = self.change.create_repository(self.rng.choice(sorted(self.world.projects)), self._name("service-"),
                                             self._who())
        self.repositories.append(repo)
        self.change.push(repo, commits=self.rng.randint(1, 3), user=self._who())
        return repo

    def rename(self, repo):
        self.change.rename_repository(repo, self._name("renamed-"), self._who())
        return repo

    def push(self, repo):
        count = COMMITS_MANY if self.rng.random() < 0.1 else self.rng.randint(1, 4)
        return self.change.push(repo, self._branch(repo), count, self._who())

    def branch(self, repo):
        if len(repo.branches) > BRANCHES_MAX:
            return None
        return self.change.push(repo, self._name("feature/ä "), self.rng.randint(0, 2), self._who())

    def backdated(self, repo):
        """Commits whose authors wrote them years ago, or will."""
        years = [self.rng.choice((-9, -3, 2)) for _ in range(2)]
        dates = [self.world.clock.now + datetime.timedelta(days=365 * year) for year in years]
        return self.change.push(repo, self._branch(repo), 2, self._who(), dates=dates)

    def force_push(self, repo):
        name = self._branch(repo)
        back, at = self.rng.randint(1, 3), repo.branches[name]
        for _ in range(back):
            if not repo.commits[at].parents:
                return None
            at = repo.commits[at].parents[0]
        return self.change.force_push(repo, name, back, self.rng.randint(1, 3), self._who())

    def flap(self, repo):
        """One branch between the same two commits, again and again."""
        at = repo.branches.get("flap")
        if at is None:
            return self.change.push(repo, "flap", 1, self._who())
        parents, pushed = repo.commits[at].parents, [moved.new for moved in repo.push_log if moved.ref == "refs/heads/flap"]
        return self.change.push_head(repo, "flap", parents[0] if at == pushed[0] and parents else pushed[0], self._who())

    def push_merge(self, repo):
        """Two branches joined without a pull request."""
        one, other = self._branch(repo), self._branch(repo)
        heads = list(dict.fromkeys((repo.branches[one], repo.branches[other])))
        return self.change.push_head(repo, one, self.change.commit(repo, heads, f"Merge {other}\n", self._who()),
                                     self._who())

    def push_several(self, repo):
        """Some branches at once: new, moved and gone."""
        names = {self._branch(repo), self._name("several/")} - {None}
        refs = {
            name: self.change.commit(repo, [repo.branches.get(name) or repo.branches[repo.main_branch]], None, self._who())
            for name in sorted(names)
        }
        gone = self._branch(repo, main=False)
        return self.change.push_refs(repo, refs | ({gone: None} if gone and gone not in refs else {}), self._who())

    def delete_branch(self, repo):
        name = self._branch(repo, main=False)
        return self.change.delete_branch(repo, name, self._who()) if name else None

    def tag(self, repo):
        return self.change.tag(repo, self._name("v"), self.rng.choice(sorted(repo.branches.values())), self._who())

    def delete_tag(self, repo):
        return self.change.delete_tag(repo, self.rng.choice(sorted(repo.tags)), self._who()) if repo.tags else None

    def open_pull_request(self, repo):
        source = self._branch(repo, main=False)
        if not source or any(pr.state == "OPEN" and pr.source_branch == source for pr in repo.pull_requests.values()):
            return None
        author, *reviewers = self.rng.sample(PEOPLE, self.rng.randint(1, 3))
        return self.change.open_pull_request(repo, source, user=author, reviewers=reviewers,
                                             draft=self.rng.random() < 0.2, close_source_branch=self.rng.random() < 0.3,
                                             description=self.rng.choice(("", "Please look.")))

    def comment(self, repo):
        pr = self._open(repo)
        if not pr:
            return None
        kept = [comment for comment in pr.comments.values() if not comment.deleted]
        what = self.rng.random()
        alone = [comment for comment in kept if not any(each.parent == comment.id for each in kept)]
        if alone and what < 0.2:
            self.change.delete_comment(repo, pr, self.rng.choice(alone))
        elif kept and what < 0.4:
            self.change.edit_comment(repo, pr, self.rng.choice(kept), self._name("Better: "))
        else:
            self.change.comment(repo, pr, self._name("Remark "), self._who())
        return pr

    def _thread(self, repo):
        """An open pull request, and the first comment of a thread on it."""
        pr = self._open(repo)
        found = [comment for comment in pr.comments.values() if not comment.deleted and not comment.parent] if pr else []
        return (pr, self.rng.choice(found)) if found else (None, None)

    def reply(self, repo):
        pr, comment = self._thread(repo)
        return pr and self.change.comment(repo, pr, self._name("Reply "), self._who(), parent=comment.id)

    def resolve(self, repo):
        """Or open again."""
        pr, comment = self._thread(repo)
        if pr:
            (self.change.reopen_comment if comment.resolved else self.change.resolve_comment)(repo, pr, comment, self._who())
        return pr

    def judge(self, repo):
        pr = self._open(repo)
        others = [name for name in PEOPLE if pr and name != pr.author.name]
        if not others:
            return None
        self.rng.choice((self.change.approve, self.change.approve, self.change.request_changes))(repo, pr,
                                                                                                 self.rng.choice(others))
        return pr

    def withdraw(self, repo):
        pr = self._open(repo)
        if not pr or not pr.verdicts:
            return None
        name = self.rng.choice(sorted(pr.verdicts))
        (self.change.unapprove if pr.verdicts[name][0] == "approved" else self.change.withdraw_request)(repo, pr, name)
        return pr

    def edit(self, repo):
        pr = self._open(repo)
        if not pr:
            return None
        fields = self.rng.choice(({"title": self._name("Title ")}, {"description": self._name("Text ")}, {
            "draft": not pr.draft
        }, {"reviewers": [self.world.users[self._who()]]}))
        self.change.edit_pull_request(repo, pr, self._who(), **fields)
        return pr

    def close(self, repo):
        pr = self._open(repo)
        if not pr:
            return None
        if self.rng.random() < 0.3:
            self.change.decline(repo, pr, self._who(), "No")
        elif pr.source_hash in repo.commits and pr.destination_branch in repo.branches:
            self.change.merge(repo, pr, self._who(), squash=self.rng.random() < 0.3)
        return pr

    def status(self, repo):
        """Of a head, by one of a few keys, so that some are overwritten."""
        commit, key = repo.branches[self._branch(repo)], self.rng.choice(("build", "scan", "deploy"))
        return self.change.set_status(repo, commit, key, self.rng.choice(("INPROGRESS", "SUCCESSFUL", "FAILED")))

    def run(self, repo):
        return self.change.run_pipeline(repo, self._branch(repo), self._who()) if repo.pipelines_enabled else None

    def advance(self, repo):
        """A run that is not done goes on; seldom one that failed begins again."""
        waiting = [
            run for run in repo.pipelines if run.state != "COMPLETED" or (run.result == "FAILED" and run.run_number == 1)
        ]
        if not waiting:
            return None
        run = self.rng.choice(waiting)
        if run.state == "PENDING":
            self.change.start_pipeline(repo, run)
        elif run.state == "COMPLETED":
            self.change.rerun_pipeline(repo, run)
        else:
            self.change.finish_pipeline(repo, run, self.rng.choice(("SUCCESSFUL", "SUCCESSFUL", "FAILED", "STOPPED")))
        return run

    def deploy(self, repo):
        """Something that a running pipeline deploys goes on, or is new."""
        open_ones = [each for each in repo.deployments if each.state != "COMPLETED" and each.pipeline.state == "IN_PROGRESS"]
        running = [run for run in repo.pipelines if run.state == "IN_PROGRESS"]
        if not running:
            return None
        if not open_ones or self.rng.random() < 0.3:
            return self.change.deploy(repo, self.rng.choice(running), self.rng.choice(("Test", "Staging", "Production")), "UNDEPLOYED")
        one = self.rng.choice(open_ones)
        if one.state == "UNDEPLOYED":
            self.change.start_deployment(repo, one)
        else:
            self.change.finish_deployment(repo, one, self.rng.choice(("SUCCESSFUL", "SUCCESSFUL", "FAILED", "STOPPED")))
        return one


class Truth:
    """Watches a world from now on. Repositories go by their numeric id, commits by their hash, refs by their full name."""
    def __init__(self, fake):
        self.world = fake.world
        self.before = {repo.id: graph.reachable(repo.commits, repo.heads()) for repo in self.world.made}
        self.commits = {
        }  # repository -> every commit that a push brought, in order, also those that were pushed away again
        self.moves = {}  # repository -> [(ref, old, new, forced)]
        fake.change.listeners.append(self._listen)

    def _listen(self, happened):
        if happened.kind != "push":
            return
        repo = happened.repository
        for moved in happened.what["changes"]:
            self.moves.setdefault(repo.id, []).append((moved.ref, moved.old, moved.new, moved.forced))
            self._note_commits(repo, moved.new)

    def _note_commits(self, repo, head):
        known, brought = self.before.get(repo.id, set()), self.commits.setdefault(repo.id, {})
        todo = [head] if head != NO_COMMIT else []
        while todo:
            at = todo.pop()
            if at not in known and at not in brought:
                brought[at] = None
                todo.extend(repo.commits[at].parents)

    def pushed(self):
        """Every (repository, commit) that some push brought."""
        return {(repo, commit) for repo, commits in self.commits.items() for commit in commits}

    def findable(self):
        """Those of them that a ref still leads to: what REST can show at the end, whatever was missed."""
        return {(repo.id, commit) for repo in self.world.made for commit in graph.reachable(repo.commits, repo.heads())
                if commit in self.commits.get(repo.id, ())}

    def heads(self):
        """repository -> {ref: commit}, at the end."""
        return {
            repo.id: {f"refs/heads/{name}": commit for name, commit in repo.branches.items()}
            | {f"refs/tags/{name}": commit for name, commit in repo.tags.items()} for repo in self.world.made
        }
