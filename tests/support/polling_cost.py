"""What the daemon asks of Cloud while some of many repositories change and no webhook comes."""
import collections

import daemon
import file_sink
import harness
from fake_bitbucket import FakeBitbucket
from fake_bitbucket.credentials import Credential, GRANULAR

# Nothing is looked at again only since time has passed: what is asked comes from what has changed.
BACKFILL = {"enabled": True, "interval": "8s", "grace": "1s", "reconcile": "24h", "inventory": "24h"}
ENVIRONMENT = {**harness.os.environ, "CLOUD_TOKEN": "cloud-token"}


def kind(entry):
    """all or changed: a page of a listing of repositories, by what is listed; refs, commits: of one repository."""
    path = entry.target.partition("?")[0]
    if path.endswith("/repositories/acme"):
        return "changed" if "updated_on+%3E" in entry.target or "updated_on%20%3E" in entry.target else "all"
    return "refs" if "/refs" in path else "commits" if path.endswith("/commits") else "other"


class Polled:
    """A daemon that has looked at each of so many repositories once."""

    def __init__(self, directory, repositories):
        self.fake = FakeBitbucket()
        world = self.fake.world
        user = world.add_user("ada")
        world.add_project("PLAT")
        world.add_many("PLAT", repositories)
        self.repositories = repositories
        self.fake.credentials.add(Credential("api_token", "cloud-token", user, username="ada@acme.example", scopes=GRANULAR))
        cloud = {"api": self.fake.cloud_api, "workspace": world.workspace, "auth.kind": "api_token", "auth.username": "ada@acme.example",
                 "auth.secret": "env:CLOUD_TOKEN", "auth.requests_per_hour": 10_000_000}
        self.target = daemon.Daemon(directory, {"backfill": BACKFILL}, instances={"cloud": cloud})

    def __enter__(self):
        self.fake.__enter__()
        self.target.start(env=ENVIRONMENT)
        harness.wait_until(lambda: self.looks() >= self.repositories, "the first looks", 240, 0.2)
        return self

    def __exit__(self, *why):
        self.target.stop()
        self.fake.__exit__(*why)

    def looks(self):
        return self.target.metric("bbstream_backfill_looks_total", instance="cloud", outcome="same")

    def listings(self):
        return self.target.metric("bbstream_backfill_listings_total", instance="cloud")

    def change(self, count, rng):
        """A push to each of so many; the requests by kind of each cycle, from one listing to the next, until all is found and for
        one more."""
        log, world = self.fake.log, self.fake.world
        chosen = rng.sample(range(self.repositories), count)
        begun = self.listings()
        harness.wait_until(lambda: self.listings() > begun, "a listing")
        log.clear()
        heads = set()
        with self.fake.lock:
            for at in chosen:
                repo = world.repository(f"many-{at:06}")
                self.fake.change.push(repo)
                heads.add(repo.branches["main"])
        harness.wait_until(lambda: heads <= self.told(), "what was pushed to be told", 120, 0.2)
        after = self.listings()
        harness.wait_until(lambda: self.listings() >= after + 2, "two more listings")
        return cycles(log.entries)

    def restart(self):
        """The requests by kind from a start until the second listing after it."""
        self.target.stop()
        self.fake.log.clear()
        self.target.start(env=ENVIRONMENT)
        harness.wait_until(lambda: self.listings() >= 2, "two listings", 120, 0.2)
        return collections.Counter(map(kind, list(self.fake.log.entries)))

    def told(self):
        """The commits that events tell of."""
        checks = harness.Checks()
        return {event.value["data"]["commit"]["sha"] for event in file_sink.read(self.target.directory, checks)[0]
                if event.value["type"].startswith("dev.bbstream.commit.added.")}


def cycles(entries):
    """A Counter of kinds for each cycle; the last one has only begun and is left out."""
    found = []
    for entry in list(entries):
        now = kind(entry)
        if now in ("all", "changed") and "&page=" not in entry.target:
            found.append(collections.Counter())
        if found:
            found[-1][now] += 1
    return found[:-1]
