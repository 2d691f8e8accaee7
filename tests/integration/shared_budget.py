"""Commands beside a running daemon spend from its budget of requests, and from a small one of their own where it gives none."""
import http.client
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

TOKEN = "the-token-of-the-admin"
PER_SECOND = 4
BURST = 12 * PER_SECOND  # of the daemon's budget, and of a command's own
REPOSITORIES = 400  # with one a page: the daemon's first listing takes longer than the test
LISTED = BURST + 12  # more than a command's own budget holds


class Shared:
    """The daemon, a command, and when what was asked of Bitbucket."""

    def __init__(self, directory, fake, checks):
        self.fake, self.checks = fake, checks
        self.times = []
        fake.observers.append(lambda request, response: self.times.append(time.monotonic()))
        instance = polled.instances(fake)["dc-main"] | {"auth.requests_per_second": PER_SECOND}
        sections = {"backfill": {"enabled": True}, "admin": {"token": "env:ADMIN_TOKEN"}}
        self.daemon = daemon.Daemon(directory, sections, tls=False, instances={"dc-main": instance})
        self.env = {**polled.ENVIRONMENT, "ADMIN_TOKEN": TOKEN}

    def start(self):
        """Until the daemon has used what it may send at once; gives when it began."""
        self.times.clear()
        began = time.monotonic()
        self.daemon.start(env=self.env)
        harness.wait_until(lambda: len(self.times) >= BURST, "the daemon to use its burst")
        return began

    def begin(self, limit, **env):
        words = ["repos", "list", "--json", "--instance", "dc-main", "--limit", limit, "--config", self.daemon.config]
        return harness.start([harness.BINARY, *words], env=self.env | env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)

    def finish(self, command, limit):
        said, complaints = command.communicate(timeout=120 * harness.SLOWNESS)
        names = {json.loads(line)["name"] for line in said.splitlines()}
        self.checks.equal((command.returncode, len(names), complaints), (0, limit, ""), "exit code, rows, complaints")

    def listing(self, limit, **env):
        self.finish(self.begin(limit, **env), limit)


def within_one_budget(shared):
    """However the two share it, together they ask for no more than the daemon alone may."""
    began = shared.start()
    shared.listing(LISTED)
    shared.checks.that(len(shared.times) >= BURST + LISTED, f"both have asked: {len(shared.times)}")
    for count, when in enumerate(list(shared.times), 1):
        allowed = BURST + PER_SECOND * (when - began)
        if not shared.checks.that(count <= allowed + 1, f"{count} requests after {when - began:.1f} s, {allowed:.0f} are allowed"):
            break


def needs_the_token(shared):
    connection = http.client.HTTPConnection("127.0.0.1", shared.daemon.admin_port, timeout=30)
    connection.request("POST", "/requests/leave?instance=dc-main&requests=1")
    shared.checks.equal(connection.getresponse().status, 401, "leave without the token")
    connection.close()


def refuses(shared):
    """What it can't give leave for, in words; commands do not show them."""
    for target, why in (("instance=cloud&requests=1", "instance cloud is not polled"), ("instance=dc-main", "the query can't be understood"),
                        ("instance=dc-main&requests=0", "the query can't be understood"), ("instance=dc-main&requests=1x", "the query can't be understood")):
        connection = http.client.HTTPConnection("127.0.0.1", shared.daemon.admin_port, timeout=30)
        connection.request("POST", f"/requests/leave?{target}", headers={"Authorization": f"Bearer {TOKEN}"})
        answer = connection.getresponse()
        shared.checks.equal((answer.status, json.loads(answer.read())), (400, {"error": why}), target)
        connection.close()


def without_the_token(shared):
    """The daemon refuses; the command goes by its own budget, at once."""
    shared.listing(3, ADMIN_TOKEN="a wrong one")
    variables = {name: value for name, value in shared.env.items() if name != "ADMIN_TOKEN"}
    shared.env, kept = variables, shared.env
    shared.listing(3)
    shared.env = kept


def the_daemon_dies(shared):
    """In the middle of a listing, which goes on."""
    limit = BURST
    command = shared.begin(limit)
    first = json.loads(command.stdout.readline())
    shared.checks.that(first["name"], "a row while the daemon runs")
    shared.daemon.kill()
    said, complaints = command.communicate(timeout=120 * harness.SLOWNESS)
    shared.checks.equal((command.returncode, len(said.splitlines()) + 1, complaints), (0, limit, ""), "exit code, rows, complaints")
    shared.listing(3)


def test(directory, rng, checks):
    with FakeBitbucket() as fake:
        fake.world.add_user("ada")
        fake.world.add_project("PLAT")
        fake.world.add_many("PLAT", REPOSITORIES)
        fake.settings.rows_max = 1
        shared = Shared(directory, fake, checks)
        within_one_budget(shared)
        needs_the_token(shared)
        refuses(shared)
        without_the_token(shared)
        the_daemon_dies(shared)


if __name__ == "__main__":
    harness.main(test)
