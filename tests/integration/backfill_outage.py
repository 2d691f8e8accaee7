"""Six hours without the listener: 2,000 repositories of Cloud, 5,000 pushes that no webhook told. What `backfill --dry-run` forecasts then is
what clearing the backlog may take at most, and all that was lost comes out.

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
from fake_bitbucket import FakeBitbucket
from fake_bitbucket.credentials import Credential, GRANULAR

REPOSITORIES, PUSHES = 2_000, 5_000
HOURLY, SCALE = 1_000, 1_440
BACKFILL = {"enabled": True, "interval": "1h", "grace": "1s", "reconcile": "24h", "inventory": "24h"}
ENVIRONMENT = {**harness.os.environ, "CLOUD_TOKEN": "cloud-token", "ADMIN_TOKEN": "the-token-of-the-admin"}


def make(directory, fake):
    world = fake.world
    user = world.add_user("ada")
    world.add_project("PLAT")
    world.add_many("PLAT", REPOSITORIES)
    fake.credentials.add(Credential("api_token", "cloud-token", user, username="ada@acme.example", scopes=GRANULAR))
    cloud = {"api": fake.cloud_api, "workspace": world.workspace, "auth.kind": "api_token", "auth.username": "ada@acme.example",
             "auth.secret": "env:CLOUD_TOKEN", "auth.requests_per_hour": HOURLY * SCALE}
    return daemon.Daemon(directory, {"backfill": BACKFILL, "admin": {"token": "env:ADMIN_TOKEN"}}, instances={"cloud": cloud})


def lose(fake, rng):
    """The pushes; the commits that they bring."""
    lost = set()
    with fake.lock:
        for _ in range(PUSHES):
            repo = fake.world.repository(f"many-{rng.randrange(REPOSITORIES):06}")
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


def test(directory, rng, checks):
    with FakeBitbucket() as fake:
        target = make(directory, fake)
        target.start(env=ENVIRONMENT)
        harness.wait_until(lambda: target.metric("bbstream_backfill_looks_total", instance="cloud") >= REPOSITORIES, "the first looks", 240, 0.2)
        checks.equal(target.stop(), 0, "exit code before the outage")
        checks.equal(told(target, checks), [], "commits of the baseline")
        lost = lose(fake, rng)
        target.start(env=ENVIRONMENT)
        harness.wait_until(lambda: target.metric("bbstream_backfill_repositories", instance="cloud") >= REPOSITORIES, "the repositories to be listed")
        forecast, = run(target, checks, "--dry-run")["forecasts"]
        fake.log.clear()
        outcome = run(target, checks)
        used = fake.log.count
        target.wait_published(target.journal_last())
        found = told(target, checks)
        print(f"forecast: {hours(forecast['requestsIfAllChanged'])}; used: {hours(used)}", flush=True)
        checks.equal((outcome["repositories"], outcome["failed"]), (REPOSITORIES, 0), "outcome")
        checks.equal((len(found), set(found)), (len(lost), lost), "commits that were lost, each once")
        checks.equal((forecast["repositories"], forecast["perHour"]), (REPOSITORIES, HOURLY * SCALE), "forecast")
        checks.that(used <= forecast["requestsIfAllChanged"], f"{used} requests are more than the forecast {forecast}")
        checks.that(used > REPOSITORIES * 4, f"only {used} requests: what is counted?")
        checks.equal(target.stop(), 0, "exit code")


harness.main(test)
