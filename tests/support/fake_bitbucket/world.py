"""Everything that there is: one world, which both products show. Only change/ changes it after it was made."""
import datetime
import re

from . import entities
from .clock import Clock

LAZY_SLUG = re.compile(r"many-(\d{6})")
LAZY_FIRST_ID = 1_000_000


class Many:
    """Repositories that are made when somebody looks and forgotten again, so that a hundred thousand of them cost nothing.
    One that is changed is kept."""
    def __init__(self, world, project, count):
        self.world = world
        self.project = project
        self.count = count
        self.start = world.clock.now
        self.kept = {}
        self.places = {}  # of the UUIDs, once somebody has asked by one
        world.clock.now += datetime.timedelta(seconds=count)

    def at(self, index):
        return self.kept.get(index) or self._make(index)

    def _make(self, index):
        moment = self.start + datetime.timedelta(seconds=index)
        repo = entities.Repository(LAZY_FIRST_ID + index, self.project, f"many-{index:06}", f"Many {index:06}", moment,
                                   moment)
        commit = entities.Commit(entities.sha("many", index), (), "Begin\n", self.world.users["ada"], True, moment, index)
        repo.commits[commit.hash] = commit
        repo.branches["main"] = commit.hash
        return repo

    def by_uuid(self, uuid):
        if not self.places:
            self.places = {entities.braced_uuid("repository", LAZY_FIRST_ID + index): index for index in range(self.count)}
        return self.at(self.places[uuid]) if uuid in self.places else None

    def find(self, slug):
        match = LAZY_SLUG.fullmatch(slug)
        return self.at(int(match[1])) if match and int(match[1]) < self.count else None


class Repositories:
    """All of a world, as a sequence in order of creation. Slices make no more than what they show."""
    def __init__(self, made, many):
        self.made = made
        self.many = many

    def __len__(self):
        return len(self.made) + (self.many.count if self.many else 0)

    def __getitem__(self, at):
        if isinstance(at, slice):
            return [self[index] for index in range(*at.indices(len(self)))]
        if at >= len(self):
            raise IndexError(at)
        return self.made[at] if at < len(self.made) else self.many.at(at - len(self.made))


class World:
    def __init__(self, start=None, workspace="acme"):
        self.clock = Clock(start) if start else Clock()
        self.workspace = workspace
        self.workspace_name = workspace.capitalize()
        self.workspace_created_on = self.clock.now
        self.workspace_hooks = []
        self.users = {}
        self.projects = {}
        self.many = None
        self.jira = {}  # key -> Issue
        self.version = 0  # counts changes
        self.made = []
        self._ids = 0

    @property
    def workspace_uuid(self):
        return entities.braced_uuid("workspace", self.workspace)

    def next_id(self):
        self._ids += 1
        return self._ids

    def add_user(self, name, display_name=None, kind="user"):
        user = entities.User(name, display_name or name.capitalize(), 100 + len(self.users), kind)
        self.users[name] = user
        return user

    def add_project(self, key, name=None):
        project = entities.Project(key, name or key.capitalize(), len(self.projects) + 1, self.clock.tick())
        self.projects[key] = project
        return project

    def add_repository(self, project, slug, name=None, **fields):
        now = self.clock.tick()
        repo = entities.Repository(self.next_id(), self.projects[project], slug, name or slug.capitalize(), now, now,
                                   **fields)
        self.made.append(repo)
        self.version += 1
        return repo

    def add_many(self, project, count):
        """`count` repositories that exist only while somebody looks at them."""
        self.many = Many(self, self.projects[project], count)
        self.version += 1

    def keep(self, repo):
        """A change is about to be made to it, so it is remembered from now on."""
        if repo.id >= LAZY_FIRST_ID and self.many:
            self.many.kept[repo.id - LAZY_FIRST_ID] = repo

    def remove(self, repo):
        self.made.remove(repo)
        self.version += 1

    def repositories(self):
        return Repositories(self.made, self.many)

    def repository(self, name):
        """By slug or by braced UUID; slugs are unique in a world. Case does not matter."""
        if name.startswith("{"):
            return self._by_uuid(name)
        name = name.lower()
        found = next((repo for repo in self.made if repo.slug == name), None)
        return found or (self.many.find(name) if self.many else None)

    def _by_uuid(self, uuid):
        found = next((repo for repo in self.made if repo.uuid == uuid), None)
        return found or (self.many.by_uuid(uuid) if self.many else None)

    def user(self, name):
        """By login name, braced UUID or account id."""
        return self.users.get(name) or next(
            (user for user in self.users.values() if name in (user.uuid, user.account_id)), None)
