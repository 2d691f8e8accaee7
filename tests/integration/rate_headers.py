"""What Cloud's headers say of the limit of requests slows down what is not urgent, and nothing else; how late looks come is told.
Counted is what was asked: at most what the slower rate allows in the time that it took, however long that was."""
import json
import pathlib
import subprocess
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
import daemon
import harness
import polled
from fake_bitbucket import FakeBitbucket

REPOSITORIES = 100
FEW = 3  # at which any machine can look in time
HOURLY = 36_000  # whose burst holds all that is asked here
RESTRAINED = HOURLY * 0.9 / 3_600 / 5  # a second: a fifth of what is left for a quiet time
BACKFILL = {"enabled": True, "interval": "1s", "grace": "100ms", "reconcile": "2s", "inventory": "24h"}
ENVIRONMENT = {**polled.ENVIRONMENT, "ADMIN_TOKEN": "the-token-of-the-admin"}
QUICK = {"auth.requests_per_hour": 10_000_000}
SELDOM = {"interval": "3s", "reconcile": "10s"}
LISTING = "/2.0/repositories/acme"


class Told:
    """In the place of a limit: whatever is asked for is given, with headers that say so."""

    def __init__(self):
        self.headers = {}

    def take(self, _request, _resource):
        return self.headers


class Slowed:
    def __init__(self, directory, fake, checks):
        self.directory, self.fake, self.checks = directory, fake, checks
        self.fake.limits.cloud = self.told = Told()
        self.configure({}, {})

    def configure(self, backfill, instance):
        cloud = polled.instances(self.fake)["cloud"] | {"auth.requests_per_hour": HOURLY} | instance
        sections = {"backfill": BACKFILL | backfill, "admin": {"token": "env:ADMIN_TOKEN"}}
        self.daemon = daemon.Daemon(self.directory, sections, instances={"cloud": cloud})

    def start(self, **headers):
        self.told.headers = {f"X-RateLimit-{name}": value for name, value in headers.items()}
        self.fake.log.clear()
        self.daemon.start(env=ENVIRONMENT)

    def stop(self):
        self.checks.equal(self.daemon.stop(), 0, "exit code")

    def background(self):
        """How many requests there were that looks made: all but the listings, also those of commands."""
        return sum(not entry.target.partition("?")[0].rstrip("/").endswith(LISTING) for entry in list(self.fake.log.entries))

    def metric(self, name):
        return self.daemon.metric(f"bbstream_backfill_{name}", instance="cloud")

    def said(self, line):
        """How many lines of the log."""
        return self.daemon.log.read_text().count(line)

    def turns(self):
        """How often looks began to come late, and to be in time again, by the log."""
        return self.said("looks come late"), self.said("looks are in time again")

    def list(self, limit):
        """A command, by the daemon's leave, one row a request."""
        words = ["repos", "list", "--json", "--instance", "cloud", "--limit", limit, "--config", self.daemon.config]
        command = harness.start([harness.BINARY, *words], env=ENVIRONMENT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        said, complaints = command.communicate(timeout=240 * harness.SLOWNESS)
        self.checks.equal((command.returncode, len(said.splitlines())), (0, limit), f"exit code and rows: {complaints}")


def at_full_speed(slowed):
    """While enough is left, or what is said makes no sense, all are looked at by what may be sent at once."""
    slowed.start(Limit="many", NearLimit="false", Remaining="-1", Reset="1796045000")
    harness.wait_until(lambda: slowed.metric("looks_total") >= REPOSITORIES, "the first looks", 120)
    slowed.checks.that(slowed.background() > 2 * REPOSITORIES, f"{slowed.background()} requests: what is counted?")
    slowed.stop()


def near_the_limit(slowed):
    began = time.monotonic()
    slowed.start(Limit=str(HOURLY), NearLimit="true")
    harness.wait_until(lambda: slowed.background() >= 1, "the first look to begin")
    slowed.list(REPOSITORIES)
    slowed.list(REPOSITORIES)
    found, took = slowed.background(), time.monotonic() - began
    listed = len(slowed.fake.log.entries) - found
    print(f"{found} requests of looks and {listed} others in {took:.1f} s")
    slowed.checks.that(listed >= 3 * REPOSITORIES, f"only {listed} requests list")
    slowed.checks.that(found <= 2 + RESTRAINED * took, f"{found} requests of looks, {2 + RESTRAINED * took:.0f} are allowed")
    slowed.checks.equal(slowed.said("what is not urgent goes slower"), 1, "lines of the log")
    slowed.stop()


def looks_come_late(slowed):
    """By metrics, in words, and once in the log."""
    slowed.start(Limit=str(HOURLY), NearLimit="true")
    harness.wait_until(lambda: slowed.metric("overdue_seconds") > 2, "looks to be overdue", 60)
    cycle = slowed.metric("cycle_seconds")
    slowed.checks.that(cycle >= 3 * REPOSITORIES / RESTRAINED, f"a cycle takes {cycle} s")
    ready, = json.loads(slowed.daemon.admin("/readyz")[1])["polling"]
    numbers = ready["instance"], ready["overdueSeconds"] > 2, ready["cycleSeconds"] >= 3 * REPOSITORIES / RESTRAINED
    slowed.checks.equal(numbers, ("cloud", True, True), f"readiness: {ready}")
    slowed.checks.that(ready["said"].startswith("looks come up to ") and "interval 1 s is up to " in ready["said"], ready["said"])
    slowed.checks.equal(slowed.turns(), (1, 0), "lines of the log")
    slowed.stop()


def looks_are_in_time_again(slowed):
    """After Bitbucket had not answered for a while."""
    slowed.configure(SELDOM, QUICK)
    slowed.start(NearLimit="false")
    harness.wait_until(lambda: slowed.metric("looks_total") >= FEW, "the first looks", 120)
    harness.wait_until(lambda: slowed.metric("overdue_seconds") == 0, "them to be in time", 60)
    late, in_time = slowed.turns()
    with slowed.fake.lock:
        harness.wait_until(lambda: slowed.metric("overdue_seconds") > 3, "looks to be overdue", 60)
    harness.wait_until(lambda: slowed.metric("overdue_seconds") == 0, "looks to be in time again", 60)
    slowed.checks.equal(slowed.turns(), (late + 1, in_time + 1), "lines of the log")
    ready, = json.loads(slowed.daemon.admin("/readyz")[1])["polling"]
    slowed.checks.that(ready["overdueSeconds"] > 0 or ready["said"].startswith("looks are in time: "), ready["said"])
    slowed.stop()


def nothing_remains(slowed):
    """What is not urgent waits until more does; a command goes on."""
    slowed.start(Limit=str(HOURLY), NearLimit="true", Remaining="0", Reset="3600")
    harness.wait_until(lambda: len(slowed.fake.log.entries) >= REPOSITORIES, "the repositories to be listed")
    slowed.list(REPOSITORIES)
    slowed.checks.equal(slowed.background(), 0, "requests of looks while nothing remains")
    slowed.told.headers["X-RateLimit-Remaining"] = "5"
    harness.wait_until(lambda: slowed.background() >= 2, "looks to go on", 60)
    slowed.stop()


def run(directory, checks, repositories, cases):
    with FakeBitbucket() as fake:
        fake.world.add_user("ada")
        fake.world.add_project("PLAT")
        fake.world.add_many("PLAT", repositories)
        fake.settings.rows_max = 1
        for case in cases:
            case(Slowed(directory / case.__name__, fake, checks))


def test(directory, rng, checks):
    run(directory, checks, REPOSITORIES, (at_full_speed, near_the_limit, looks_come_late, nothing_remains))
    run(directory, checks, FEW, (looks_are_in_time_again, ))


harness.main(test)
