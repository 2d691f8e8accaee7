"""Repositories as such."""
from .base import Base


class RepositoryChanges(Base):
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
