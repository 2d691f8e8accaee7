"""A made-up history of repositories, told as webhook deliveries, with the events that each of them must give.

A lane is a list of deliveries that one connection sends in order, each only after the one before it was accepted: the
changes of one ref build on each other. Free deliveries touch refs of their own, so that they may go out whenever and
over whichever connection. What must come out is therefore known when a delivery is made, whatever the timing.
"""
import collections
import dataclasses
import datetime
import random

import identity
import payloads

TYPE = "dev.bbstream.%s.v1"
EPOCH = datetime.datetime(1970, 1, 1, tzinfo=datetime.timezone.utc)
START = datetime.datetime(2026, 3, 1, tzinfo=datetime.timezone.utc)
NAMES = ["Ada", "Grace", "Edsger", "Barbara", "Leslie", "Tony"]


@dataclasses.dataclass(frozen=True)
class Commit:
    sha: str
    parents: tuple
    at: datetime.datetime
    message: str
    author: str

    @property
    def date(self):
        return self.at.isoformat()

    @property
    def epoch_ms(self):
        return (self.at - EPOCH) // datetime.timedelta(milliseconds=1)


@dataclasses.dataclass(frozen=True)
class Repository:
    product: str
    instance: str
    id: str
    slug: str

    @property
    def full_name(self):
        return f"acme/{self.slug}"

    @property
    def key(self):
        return f"{self.instance}:{self.id}"


@dataclasses.dataclass(frozen=True)
class Change:
    kind: str  # branch or tag
    name: str
    old: Commit | None
    new: Commit | None
    commits: tuple = ()  # oldest first
    forced: bool = False

    @property
    def full_name(self):
        return ("refs/tags/" if self.kind == "tag" else "refs/heads/") + self.name


@dataclasses.dataclass(frozen=True)
class Expected:
    id: str
    topic: str
    type: str
    subject: str
    index: int
    time: str | None  # None: the receive time
    shas: tuple = ()  # (old, new) of a ref, (sha,) of a commit


@dataclasses.dataclass
class Delivery:
    repository: Repository
    event_key: str
    id: str
    body: bytes
    attempt: int = 1
    expected: list = dataclasses.field(default_factory=list)
    # What became of it: filled in by whoever sends it.
    sequences: list = dataclasses.field(default_factory=list)
    failed_attempts: int = 0

    @property
    def headers(self):
        if self.repository.product == "datacenter":
            return {"X-Event-Key": self.event_key, "X-Request-Id": self.id,
                    "Content-Type": "application/json; charset=utf-8",
                    "User-Agent": "Atlassian HttpClient 4.2.0 / Bitbucket-9.5.2 (9005002) / Default"}
        return {"X-Event-Key": self.event_key, "X-Request-UUID": self.id, "X-Attempt-Number": str(self.attempt),
                "X-Hook-UUID": payloads.stable_uuid("hook", self.repository.id), "Content-Type": "application/json",
                "User-Agent": "Bitbucket-Webhooks/2.0"}


def timestamp(at):
    return at.strftime("%Y-%m-%dT%H:%M:%S.%fZ")


class History:
    """What one repository has been through, and what the daemon therefore has to know about it."""

    def __init__(self, repository):
        self.repository = repository
        self.heads = {}
        self.counts = collections.Counter()
        self.published = set()
        self.serial = 0

    def commits(self, rng, at, count, parent):
        made = []
        for _ in range(count):
            self.serial += 1
            made.append(Commit(
                sha=payloads.sha(self.repository.key, self.serial), parents=(parent.sha,) if parent else (), at=at,
                message=f"Change {self.serial}: größer, schöner \u2028 \"quoted\" 🚀", author=rng.choice(NAMES)))
            parent = made[-1]
        return tuple(made)

    def commit_time(self, commit):
        """Data Center tells milliseconds only."""
        told = commit.at
        if self.repository.product == "datacenter":
            told = EPOCH + datetime.timedelta(milliseconds=commit.epoch_ms)
        return timestamp(told)

    def expect(self, changes, time):
        """The events of one push. Repeats of a transition count up, repeats of a commit give nothing."""
        instance, repo, events = self.repository.instance, self.repository.id, []
        for change in changes:
            fact = (change.full_name, change.old.sha if change.old else identity.NO_COMMIT,
                    change.new.sha if change.new else identity.NO_COMMIT)
            verb = "created" if change.old is None else "deleted" if change.new is None else "updated"
            events.append(Expected(
                identity.event_id("ref", instance, repo, *fact, self.counts[fact]), "repository.v1", TYPE % f"ref.{verb}",
                change.full_name, len(events), time, (change.old and change.old.sha, change.new and change.new.sha)))
            self.counts[fact] += 1
            self.heads[change.full_name] = change.new
            for commit in change.commits:
                if commit.sha not in self.published:
                    self.published.add(commit.sha)
                    events.append(Expected(
                        identity.event_id("commit", instance, repo, commit.sha), "commit.v1", TYPE % "commit.added",
                        f"commits/{commit.sha}", len(events), self.commit_time(commit), (commit.sha,)))
        return events


class Story:
    """`deliveries` many, dealt over `lanes` lists and one list of free ones."""

    def __init__(self, seed, repositories, deliveries, lanes):
        self.rng = random.Random(seed)
        self.clock = START
        self.lanes = [[] for _ in range(lanes)]
        self.free = []
        self.count = 0
        histories = [History(repository) for repository in repositories]
        while self.count < deliveries:
            at = self.rng.randrange(len(histories))
            self.tell(histories[at], self.lanes[at % lanes])

    def all(self):
        return [delivery for lane in [*self.lanes, self.free] for delivery in lane]

    def tell(self, history, lane):
        what = self.rng.choices(["work", "flap", "recreate", "several", "branch", "tag", "unknown"],
                                [40, 10, 8, 10, 12, 12, 8])[0]
        self.clock += datetime.timedelta(seconds=self.rng.randint(5, 90), microseconds=self.rng.randrange(10**6))
        if what == "unknown":
            self.free.append(self.unknown(history))
        elif what in ("branch", "tag"):
            self.free.append(self.push(history, [self.new_ref(history, what)]))
        else:
            lane.append(self.push(history, getattr(self, what)(history)))
            self.repeat(lane)

    def repeat(self, lane):
        """Now and then Bitbucket delivers once more: a retry has the same id, a second hook's copy has another."""
        chance = self.rng.random()
        if chance < 0.06:
            again = dataclasses.replace(lane[-1], attempt=2, expected=[], sequences=[])
            if chance < 0.03:
                again.attempt, again.id = 1, payloads.stable_uuid("second hook", self.count)
            lane.append(again)
            self.count += 1

    def work(self, history, name="main"):
        old = history.heads.get(f"refs/heads/{name}")
        commits = history.commits(self.rng, self.clock, self.rng.randint(1, 3), old)
        return [Change("branch", name, old, commits[-1], commits)]

    def flap(self, history):
        """The same two commits in turn, by force."""
        head = history.heads.get("refs/heads/flap")
        if head is None:
            return self.work(history, "flap")
        if not hasattr(history, "flapping"):
            history.flapping = [head, *history.commits(self.rng, self.clock, 1, None)]
        new = history.flapping[history.flapping[0].sha == head.sha]
        return [Change("branch", "flap", head, new, (new,), forced=True)]

    def recreate(self, history):
        """A branch that comes and goes at the same commit."""
        head = history.heads.get("refs/heads/topic/ä b%0A")
        if head:
            return [Change("branch", "topic/ä b%0A", head, None)]
        if not hasattr(history, "recreated"):
            history.recreated = history.commits(self.rng, self.clock, 1, None)[0]
        return [Change("branch", "topic/ä b%0A", None, history.recreated, (history.recreated,))]

    def several(self, history):
        changes = self.work(history) if history.repository.product == "cloud" else []
        return changes + [self.new_ref(history, kind) for kind in ("tag", "branch", "tag")]

    def new_ref(self, history, kind):
        commits = history.commits(self.rng, self.clock, self.rng.randint(1, 4), None)
        return Change(kind, f"{kind}-{history.serial}", None, commits[-1], commits if kind == "branch" else ())

    def push(self, history, changes):
        repository = history.repository
        self.count += 1
        delivery_id = payloads.stable_uuid("delivery", repository.key, self.count, self.rng.random())
        actor = self.rng.choice(NAMES)
        if repository.product == "cloud":
            body = payloads.cloud_push(repository, changes, actor)
            return Delivery(repository, "repo:push", delivery_id, body, expected=history.expect(changes, None))
        date = self.clock.replace(microsecond=0)
        body = payloads.datacenter_refs_changed(repository, changes, date.strftime("%Y-%m-%dT%H:%M:%S+0000"), actor)
        if len(changes) > 1:  # Data Center lists no commits then
            changes = [dataclasses.replace(change, commits=()) for change in changes]
        return Delivery(repository, "repo:refs_changed", delivery_id, body,
                        expected=history.expect(changes, timestamp(date)))

    def unknown(self, history):
        self.count += 1
        repository = history.repository
        delivery_id = payloads.stable_uuid("delivery", repository.key, self.count, self.rng.random())
        describe = payloads.cloud_repository if repository.product == "cloud" else payloads.datacenter_repository
        body = payloads.encode({"repository": describe(repository), "starred": self.count})
        return Delivery(repository, "repo:starred", delivery_id, body, expected=[Expected(
            identity.unknown_id(repository.instance, delivery_id, body), "unknown.v1", TYPE % "unknown.received",
            f"deliveries/{delivery_id}", 0, None)])


def make_repositories(count):
    """Half of them Cloud's, half Data Center's."""
    return [Repository("cloud", "cloud", payloads.stable_uuid("repository", number), f"service-{number}") if number % 2
            else Repository("datacenter", "dc-main", str(1000 + number), f"service-{number}")
            for number in range(count)]
