"""`bbstream backfill` beside a running daemon whose own looks are far apart: what webhooks lost is found at once, and failures are named."""
import json
import pathlib
import signal
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
import daemon
import file_sink
import harness
import polled
from fake_bitbucket import FakeBitbucket
from fake_bitbucket.history import History

TOKEN = "the-token-of-the-admin"
SELDOM = {"enabled": True, "interval": "1h", "grace": "1s", "reconcile": "12h", "inventory": "24h"}
REPOSITORIES = 3
NAMES = ("cloud", "dc-main")


class Asked:
    """The daemon, and the command that speaks to it."""

    def __init__(self, directory, fake, checks):
        self.checks = checks
        self.daemon = daemon.Daemon(directory, {"backfill": SELDOM, "admin": {"token": "env:ADMIN_TOKEN"}}, tls=False, instances=polled.instances(fake))
        self.env = {**harness.os.environ, "CLOUD_TOKEN": "cloud-token", "DC_TOKEN": "dc-token", "ADMIN_TOKEN": TOKEN}

    def run(self, *words, code=0, **env):
        ran = self.daemon.run("backfill", *words, env=self.env | env)
        self.checks.equal(ran.returncode, code, f"exit code of backfill {words}: {ran.stdout}{ran.stderr}")
        self.checks.that(TOKEN not in ran.stdout + ran.stderr, "the token is shown")
        return ran

    def refused(self, why, *words, **env):
        ran = self.run(*words, code=1, **env)
        self.checks.equal((ran.stdout, len(ran.stderr.splitlines())), ("", 1), f"one line: {ran.stderr}")
        self.checks.that(why in ran.stderr, f"{why!r} is said: {ran.stderr}")

    def looks(self):
        return sum(self.daemon.metric("bbstream_backfill_looks_total", instance=name) for name in NAMES)

    def told(self):
        """(instance, commit) that events tell."""
        self.daemon.wait_published(self.daemon.journal_last())
        events, _ = file_sink.read(self.daemon.directory, self.checks)
        return {(each.value["bbinstance"], each.value["data"]["commit"]["sha"]) for each in events
                if each.value["type"] == "dev.bbstream.commit.added.v1"}


def push(fake, repo):
    """Nobody is told of it."""
    with fake.lock:
        fake.change.push(repo, commits=2)
        return repo.branches[repo.main_branch]


def refusals(asked):
    asked.refused("instance nowhere is not configured", "--instance", "nowhere")
    asked.refused("no repository acme/none is polled", "--repo", "acme/none")
    asked.refused("no repository é%/& is polled", "--repo", "é%/&")
    asked.refused("another admin.token", ADMIN_TOKEN="a wrong one")
    config = asked.daemon.config.read_text()
    asked.daemon.config.write_text(config.replace('token = "env:ADMIN_TOKEN"\n', ""))
    asked.refused("admin.token is missing")
    asked.daemon.config.write_text(config)


def dry_runs(asked, fake):
    looks, requests = asked.looks(), fake.log.count
    ran = asked.run("--dry-run")
    for line in ran.stdout.splitlines():
        asked.checks.that(f": {REPOSITORIES} repositories, about " in line and " requests, " in line and "/h" in line, f"forecast: {line}")
    asked.checks.equal([line.split(":")[0] for line in ran.stdout.splitlines()], list(NAMES), "instances of the forecast")
    forecast, = json.loads(asked.run("--dry-run", "--json", "--instance", "cloud").stdout)["forecasts"]
    asked.checks.equal((forecast["repositories"], forecast["perHour"], forecast["measured"]), (REPOSITORIES, 1_000_000, True), "forecast")
    asked.checks.that(forecast["requests"] >= REPOSITORIES, f"requests: {forecast}")
    asked.checks.equal(asked.looks(), looks, "looks of a dry run")
    asked.checks.equal(fake.log.count, requests, "requests of a dry run")


def one_repository(asked, fake, repo):
    looks = asked.looks()
    head = push(fake, repo)
    asked.checks.that(not {commit for _, commit in asked.told()} & {head}, "it is told too early")
    name = f"{fake.world.workspace}/{repo.slug}"
    ran = asked.run("--instance", "cloud", "--repo", name)
    asked.checks.equal((ran.stdout, ran.stderr), ("looked at 1 of 1 repositories\n", ""), "output")
    asked.checks.equal(asked.looks(), looks + 1, "looks")
    asked.checks.that(("cloud", head) in asked.told(), "the commit is found")
    return head


def everything(asked, fake, before):
    heads = {before} | {push(fake, repo) for repo in fake.world.made}
    told = json.loads(asked.run("--json").stdout)
    asked.checks.equal((told["repositories"], told["failed"], told["failures"]), (2 * REPOSITORIES, 0, []), "outcome")
    asked.checks.equal({(name, head) for name in NAMES for head in heads} - asked.told(), set(), "commits that are not found")


def failures(asked, fake, repo):
    fake.faults.add(path=repo.uuid.strip("{}"), times=None, status=403)
    ran = asked.run("--instance", "cloud", code=1)
    fake.faults.clear()
    asked.checks.that(f"failed  cloud  {fake.world.workspace}/{repo.slug}  " in ran.stdout, f"it is named: {ran.stdout}")
    asked.checks.that(f"looked at {REPOSITORIES - 1} of {REPOSITORIES} repositories" in ran.stdout, f"the others are looked at: {ran.stdout}")


def interrupted(asked, fake, repo):
    """The work goes on."""
    head, looks = push(fake, repo), asked.looks()
    fake.faults.add(path=f"/{repo.slug}/", times=1, delay=3)
    command = harness.start([harness.BINARY, "backfill", "--instance", "dc-main", "--config", asked.daemon.config], env=asked.env,
                            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    harness.wait_until(lambda: asked.looks() >= looks + REPOSITORIES - 1, "the others to be looked at")
    command.send_signal(signal.SIGINT)
    _, said = command.communicate(timeout=60)
    asked.checks.that("interrupted: the daemon goes on with run " in said, f"what it says: {said}")
    asked.checks.that(command.returncode != 0, "exit code of what is interrupted")
    harness.wait_until(lambda: ("dc-main", head) in asked.told(), "the daemon to find it nevertheless", pause=0.3)


def test(directory, rng, checks):
    with FakeBitbucket() as fake:
        history = History(fake, rng.getrandbits(32), REPOSITORIES)
        asked = Asked(directory, fake, checks)
        asked.refused("no daemon runs with this configuration")
        asked.daemon.start(env=asked.env)
        harness.wait_until(lambda: asked.looks() >= 2 * REPOSITORIES, "the first looks")
        refusals(asked)
        dry_runs(asked, fake)
        first, second, third = history.repositories
        head = one_repository(asked, fake, first)
        everything(asked, fake, head)
        interrupted(asked, fake, third)
        failures(asked, fake, second)
        checks.equal(asked.daemon.stop(), 0, "exit code")


if __name__ == "__main__":
    harness.main(test)
