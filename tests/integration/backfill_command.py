"""`bbstream backfill` beside a running daemon whose own looks are far apart: what webhooks lost is found at once, and failures are named."""
import collections
import http.client
import json
import pathlib
import re
import signal
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
import daemon
import file_sink
import harness
import polled
from fake_bitbucket import FakeBitbucket, graph
from fake_bitbucket.history import History

TOKEN = "the-token-of-the-admin"
SELDOM = {"enabled": True, "interval": "1h", "grace": "1s", "reconcile": "12h", "inventory": "24h"}
REPOSITORIES = 4
OLDER = 14  # commits of a repository before it is first looked at
ROWS_MAX = 3  # of a page where the daemon is killed
SECOND_PAGES = (r"/commits\?.*ctx=.*page=2", r"/commits\?.*start=3(&|$)")
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

    def check_once(self):
        events, _ = file_sink.read(self.daemon.directory, self.checks)
        ids = collections.Counter(each.value["id"] for each in events)
        self.checks.equal([each for each, count in ids.items() if count > 1], [], "ids that came twice")

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


def queries(asked):
    """What no command sends: a query that can't be read begins nothing, and a run that nobody began has no progress."""
    for query, status, why in (("begin?since=%zz", 400, "the query can't be decoded"), ("begin?repository=%zz", 400, "the query can't be decoded"),
                               ("begin?since=noon", 400, "since is no time"), ("begin?repository=acme/none", 400, "no repository acme/none is polled"),
                               ("progress?run=7", 404, "the daemon does not know run 7: it has started anew, or forgotten it")):
        connection = http.client.HTTPConnection("127.0.0.1", asked.daemon.admin_port, timeout=30)
        connection.request("POST", f"/backfill/{query}", headers={"Authorization": f"Bearer {TOKEN}"})
        answer = connection.getresponse()
        asked.checks.equal((answer.status, json.loads(answer.read())), (status, {"error": why}), query)
        connection.close()


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


def grow(fake, repo):
    """A past that nobody looked at: a main branch, one that leaves it early, and one that is merged; the hash of a commit in the middle."""
    fake.change.push(repo, commits=OLDER)
    middle = repo.branches["main"]
    for _ in range(OLDER // 2):
        middle = repo.commits[middle].parents[0]
    fake.change.push(repo, "side", 2, onto=middle)
    fake.change.push(repo, "merged", 0)
    return middle


def since(fake, repo, commit):
    """(that commit's time as it is written, all commits of branches from then on)"""
    then = repo.commits[commit].date
    with fake.lock:
        all_of_them = graph.reachable(repo.commits, repo.branches.values())
        return then.strftime("%Y-%m-%dT%H:%M:%SZ"), {each for each in all_of_them if repo.commits[each].date >= then}


def older(asked, fake, repo, middle):
    """Each once, whatever was told before; nothing where all is told."""
    name, before = f"{fake.world.workspace}/{repo.slug}", asked.told()
    then, wanted = since(fake, repo, middle)
    told = {commit for instance, commit in before if instance == "cloud"} & wanted
    asked.checks.that(len(wanted) > len(told) + 5, f"{len(wanted)} commits are wanted, {len(told)} told")
    ran = asked.run("--instance", "cloud", "--repo", name, "--since", then)
    asked.checks.equal(ran.stdout, f"looked at 1 of 1 repositories, told {len(wanted - told)} older commits\n", "output")
    asked.checks.equal({commit for instance, commit in asked.told() - before}, wanted - told, "older commits of cloud")
    again = json.loads(asked.run("--repo", name.replace(fake.world.workspace, repo.project.key), "--since", then, "--json").stdout)
    asked.checks.equal((again["repositories"], again["commits"]), (1, len(wanted - told)), "of dc-main, which has told none of them")
    asked.checks.equal({commit for instance, commit in asked.told() - before if instance == "dc-main"}, wanted - told, "older commits of dc-main")
    told = json.loads(asked.run("--instance", "cloud", "--repo", name, "--since", then, "--json").stdout)
    asked.checks.equal((told["failed"], told["commits"]), (0, 0), "what is told once more")
    asked.check_once()


def since_is_checked(asked, fake):
    ran = asked.daemon.run("backfill", "--since", "soon", env=asked.env)
    asked.checks.equal((ran.returncode, "no time like" in ran.stderr), (2, True), f"a since that is none: {ran.stderr}")
    ran = asked.daemon.run("backfill", "--since", "2999-01-01", env=asked.env)
    asked.checks.equal((ran.returncode, "'2999-01-01' has not come yet" in ran.stderr), (2, True), f"a since in the future: {ran.stderr}")
    requests = fake.log.count
    plain, more = (json.loads(asked.run("--dry-run", "--json", *words).stdout)["forecasts"] for words in ((), ("--since", "30d")))
    asked.checks.that(all(one["requests"] < other["requests"] for one, other in zip(plain, more)), f"forecasts: {plain} {more}")
    asked.checks.equal(fake.log.count, requests, "requests of a dry run")


def killed(asked, fake, repo, middle):
    """What was asked for is gone on with after a kill, and what was read is not read again."""
    before = asked.told()
    then, wanted = since(fake, repo, middle)
    fake.settings.rows_max = ROWS_MAX
    slow = [fake.faults.add(path=path, times=1, delay=30, drop=True) for path in SECOND_PAGES]
    command = harness.start([harness.BINARY, "backfill", "--repo", f"*/{repo.slug}", "--since", then, "--config", asked.daemon.config],
                            env=asked.env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    harness.wait_until(lambda: all(each.times == 0 for each in slow), "the second pages to be asked for")
    first = asked.told() - before
    asked.checks.equal({name for name, _ in first}, set(NAMES), "whose first pages are told")
    asked.checks.that(len(first) < len(NAMES) * len(wanted), f"all of it is told at once: {len(first)}")
    asked.daemon.kill()
    _, said = command.communicate(timeout=60)
    asked.checks.that(command.returncode == 1 and len(said.splitlines()) == 1, f"what the command says: {said}")
    fake.log.clear()
    asked.daemon.start(env=asked.env)
    wanted = {(name, commit) for name in NAMES for commit in wanted}
    harness.wait_until(lambda: wanted <= asked.told(), "the daemon to go on by itself", pause=0.3)
    asked.checks.equal(asked.told() - before - wanted, set(), "commits that nobody asked for")
    head = repo.branches["main"]
    again = [entry.target for entry in list(fake.log.entries) if "/commits" in entry.target and "ctx=" not in entry.target
             and "start=" not in entry.target and (f"until={head}" in entry.target or f"include={head}".encode() in entry.body)]
    asked.checks.equal(again, [], "listings of the main branch that began anew")
    asked.check_once()


def refused_credential(asked, fake):
    """It is said at once, and nobody waits until it is tried again."""
    fake.faults.add(path="/", times=None, status=401)
    why = r"status 401: the credential is refused; it is tried again in 1\d min\n"
    wanted = "".join(rf"failed  {name}  {REPOSITORIES} repositories  [^:]+: {why}" for name in NAMES)
    for words in ((), ("--since", "30d")):
        ran = asked.run(*words, code=1)
        *failed, end = ran.stdout.splitlines(keepends=True)
        asked.checks.that(re.fullmatch(wanted, "".join(sorted(failed))), f"what can't be looked at {words}: {ran.stdout}")
        asked.checks.that(end.startswith(f"looked at 0 of {2 * REPOSITORIES} repositories"), f"the end {words}: {ran.stdout}")
    failures = json.loads(asked.run("--json", "--instance", "cloud", code=1).stdout)["failures"]
    asked.checks.equal([(each["instance"], each["repository"], each["repositories"]) for each in failures], [("cloud", None, REPOSITORIES)], "failures")
    ran = asked.run("--dry-run", "--instance", "cloud")
    asked.checks.that(re.search(rf"\ncloud: refused just now: [^:]+: {why}$", ran.stdout), f"forecast: {ran.stdout}")
    forecast, = json.loads(asked.run("--dry-run", "--json", "--instance", "cloud").stdout)["forecasts"]
    asked.checks.that("status 401" in forecast["refused"], f"forecast: {forecast}")
    asked.daemon.kill()
    asked.daemon.start(env=asked.env)
    harness.wait_until(lambda: asked.daemon.metric("bbstream_backfill_waiting", instance="cloud") == 1, "the first listing to be refused")
    asked.refused("the repositories of instance cloud are not listed yet: listing repositories: status 401: the credential is refused; it is tried again in 1",
                  "--instance", "cloud")


def test(directory, rng, checks):
    with FakeBitbucket() as fake:
        history = History(fake, rng.getrandbits(32), REPOSITORIES)
        middles = [grow(fake, repo) for repo in history.repositories]
        asked = Asked(directory, fake, checks)
        asked.refused("no daemon runs with this configuration")
        asked.daemon.start(env=asked.env)
        harness.wait_until(lambda: asked.looks() >= 2 * REPOSITORIES, "the first looks")
        queries(asked)
        refusals(asked)
        dry_runs(asked, fake)
        first, second, third, fourth = history.repositories
        head = one_repository(asked, fake, first)
        everything(asked, fake, head)
        interrupted(asked, fake, third)
        failures(asked, fake, second)
        since_is_checked(asked, fake)
        older(asked, fake, first, middles[0])
        killed(asked, fake, fourth, middles[3])
        refused_credential(asked, fake)
        checks.equal(asked.daemon.stop(), 0, "exit code")


if __name__ == "__main__":
    harness.main(test)
