"""Six hours without the listener: 2,000 repositories of Cloud, 5,000 pushes that no webhook told. What `backfill --dry-run` forecasts then is
what clearing the backlog may take at most, and all that was lost comes out. The same of Data Center, with fewer: its daemon stays, since
it would look at all of them after a start without being asked.

An hour lasts 2.5 s: `requests_per_hour` is 1,000 times 1,440, and what counts are requests, which are hours at that rate. `grace` can't be scaled
so far, since a second is the least: it makes looks wait for longer than they would, and costs no request. `interval` is longer than the test: what
is asked for every interval beside the backlog (the listing of what has changed, and second looks, whose turn comes behind the backlog) is no part
of what clearing it takes."""
import json
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
import daemon
import file_sink
import harness
import polled
from fake_bitbucket import FakeBitbucket

HOURLY, SCALE = 1_000, 1_440
# (repositories, pushes)
SIZES = {"cloud": (2_000, 5_000), "dc-main": (400, 1_000)}
BACKFILL = {"enabled": True, "interval": "1h", "grace": "1s", "reconcile": "24h", "inventory": "24h"}
ENVIRONMENT = {**polled.ENVIRONMENT, "ADMIN_TOKEN": "the-token-of-the-admin"}


def make(directory, fake, instance, repositories):
    world = fake.world
    world.add_user("ada")
    world.add_project("PLAT")
    world.add_many("PLAT", repositories)
    of = polled.instances(fake)[instance]
    of |= {"auth.requests_per_hour": HOURLY * SCALE} if instance == "cloud" else {"auth.requests_per_second": HOURLY * SCALE // 3_600}
    return daemon.Daemon(directory, {"backfill": BACKFILL, "admin": {"token": "env:ADMIN_TOKEN"}}, instances={instance: of})


def lose(fake, rng, repositories, pushes):
    """The pushes; the commits that they bring."""
    lost = set()
    with fake.lock:
        for _ in range(pushes):
            repo = fake.world.repository(f"many-{rng.randrange(repositories):06}")
            fake.change.push(repo)
            lost.add(repo.branches["main"])
    return lost


def told(target, checks):
    events, _ = file_sink.read(target.directory, checks)
    return [each.value["data"]["commit"]["sha"] for each in events if each.value["type"] == "dev.bbstream.commit.added.v1"]


def run(target, checks, *words):
    ran = target.run("backfill", "--json", *words, env=ENVIRONMENT, timeout=240)
    checks.equal(ran.returncode, 0, f"exit code of backfill {words}: {ran.stdout}{ran.stderr}")
    return json.loads(ran.stdout)


def hours(requests):
    return f"{requests:,} requests, {requests / HOURLY:.1f} h at {HOURLY:,}/h"


def outage(directory, rng, checks, instance):
    repositories, pushes = SIZES[instance]
    with FakeBitbucket() as fake:
        target = make(directory, fake, instance, repositories)
        target.start(env=ENVIRONMENT)
        harness.wait_until(lambda: target.metric("bbstream_backfill_looks_total", instance=instance) >= repositories, "the first looks", 240, 0.2)
        checks.equal(told(target, checks), [], "commits of the baseline")
        if instance == "cloud":
            checks.equal(target.stop(), 0, "exit code before the outage")
        lost = lose(fake, rng, repositories, pushes)
        if instance == "cloud":
            target.start(env=ENVIRONMENT)
        harness.wait_until(lambda: target.metric("bbstream_backfill_repositories", instance=instance) >= repositories,
                           "the repositories to be listed")
        forecast, = run(target, checks, "--dry-run")["forecasts"]
        fake.log.clear()
        outcome = run(target, checks)
        used = fake.log.count
        target.wait_published(target.journal_last())
        found = told(target, checks)
        print(f"{instance}: forecast: {hours(forecast['requestsIfAllChanged'])}; used: {hours(used)}", flush=True)
        checks.equal((outcome["repositories"], outcome["failed"]), (repositories, 0), "outcome")
        checks.equal((len(found), set(found)), (len(lost), lost), "commits that were lost, each once")
        checks.equal((forecast["repositories"], forecast["perHour"]), (repositories, HOURLY * SCALE), "forecast")
        checks.that(used <= forecast["requestsIfAllChanged"], f"{used} requests are more than the forecast {forecast}")
        checks.that(used > repositories * 4, f"only {used} requests: what is counted?")
        checks.equal(target.stop(), 0, "exit code")


def test(directory, rng, checks):
    for instance in SIZES:
        outage(directory / instance, rng, checks, instance)


harness.main(test)
