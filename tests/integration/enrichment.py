"""Commits that pushes do not list are fetched at once, each told once, across restarts; gaps end with what became of them."""
import collections
import json
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
import daemon
import file_sink
import harness
import polled
from fake_bitbucket import FakeBitbucket
from fake_bitbucket.cloud.hooks import EVENTS as CLOUD_EVENTS
from fake_bitbucket.datacenter.hooks import EVENTS as DATACENTER_EVENTS
from fake_bitbucket.history import History, Truth
from fake_bitbucket.webhooks.delivery import Deliveries

# No walk but the first one: only requests bring what is missing.
RARELY = {"enabled": True, "interval": "1h", "grace": "1s", "reconcile": "6h"}
SIZES = (1, 4, 5, 6, 30, 101, 300)


def push_sizes(fake, repo, rng, early):
    """Pushes of many sizes, on a known branch and on new ones; several branches at once, whose commits Data Center does not list."""
    for size in rng.sample(SIZES, len(SIZES)):
        fake.change.push(repo, "main", size)
    for size in rng.sample(SIZES, 4):
        fake.change.push(repo, f"topic-{size}", size)
    with fake.change.lock:
        heads = {f"both-{at}": fake.change.commit(repo, [repo.branches["main"]]) for at in range(3)}
        fake.change.push_refs(repo, heads)
    fake.change.push(repo, "copy", 0)  # nothing new behind it
    branch_off_release(fake, repo)
    merge_within(fake, repo, early)


def branch_off_release(fake, repo):
    """A branch that begins behind the head of another one: what they share was there before anybody looked."""
    with fake.change.lock:
        begin = repo.branches["release"]
        for _ in range(3):
            begin = repo.commits[begin].parents[0]
        fake.change.push_refs(repo, {"hotfix": fake.change.commit(repo, [begin])})


def merge_within(fake, repo, early):
    """A branch that takes in what lies behind the heads of two others: that was there before anybody looked, too. Its own first commit
    is older than that."""
    def within(branch):
        commit = repo.branches[branch]
        for _ in range(2):
            commit = repo.commits[commit].parents[0]
        return commit

    with fake.change.lock:
        own = early
        for branch in ("release", "support"):
            own = fake.change.commit(repo, [own, within(branch)])
        fake.change.push_refs(repo, {"backports": fake.change.commit(repo, [own])})


def break_chain(fake, repo, hooks):
    """Two pushes of which the first one is not delivered."""
    for hook in hooks:
        hook.active = False
    fake.change.push(repo, "main", 3)
    for hook in hooks:
        hook.active = True
    fake.change.push(repo, "main", 2)


def told(target, checks):
    events, _ = file_sink.read(target.directory, checks)
    return [event.value for event in events]


def commits(values):
    return collections.Counter((value["bbinstance"], value["data"]["repository"]["id"], value["data"]["commit"]["sha"])
                               for value in values if value["type"] == "dev.bbstream.commit.added.v1")


def told_heads(target, commit, checks):
    """The instances that have told it."""
    return {instance for instance, _, sha in commits(told(target, checks)) if sha == commit}


def world_commits(truth):
    wanted = set()
    for instance in ("cloud", "dc-main"):
        ids = polled.names(truth.world, instance)
        wanted |= {(instance, ids[repo], sha) for repo, sha in truth.pushed()}
    return wanted


def check_gaps(values, checks):
    """Each gap has one beginning and one end, which is that it is filled."""
    ends = collections.Counter()
    for value in values:
        if value["type"].endswith("backfill_finished.v1"):
            checks.equal((value["data"]["outcome"], value["data"]["unfillable"]), ("filled", 0), "how a gap ends")
            ends[value["causationid"]] += 1
    gaps = collections.Counter(value["id"] for value in values if value["type"].endswith("gap_detected.v1"))
    checks.that(gaps, "no gap was told")
    checks.equal(ends, gaps, "gaps and their ends")
    checks.equal(sum(value["type"].endswith("backfill_started.v1") for value in values), len(gaps), "beginnings")


def check_gaps_command(target, values, rng, checks):
    """`bbstream gaps` beside the daemon tells the gaps that the events tell, and how they ended."""
    gaps = [value for value in values if value["type"].endswith("gap_detected.v1")]
    asked = target.run("gaps", "--json")
    rows = [json.loads(line) for line in asked.stdout.splitlines()]
    want = {value["id"]: (value["bbinstance"], value["data"]["ref"]["name"], value["data"]["reason"], "filled") for value in gaps}
    checks.equal({row["id"]: (row["instance"], row["ref"], row["reason"], row["state"]) for row in rows}, want, "rows of gaps")
    found = collections.Counter()
    for value in values:
        if value["type"].endswith("backfill_finished.v1"):
            found[value["causationid"]] += value["data"]["found"]
    checks.equal({row["id"]: row["found"] for row in rows}, dict(found), "commits that were found")
    checks.equal(target.run("gaps", "--open", "--json").stdout, "", "open gaps")
    one = rng.choice(rows)
    since = target.run("gaps", "--since", one["seen"], "--json").stdout.splitlines()
    checks.equal([json.loads(line)["id"] for line in since], [row["id"] for row in rows if row["seen"] >= one["seen"]], "gaps since")
    text = target.run("gaps").stdout
    checks.equal(len(text.splitlines()), len(rows) + 1, f"lines of the table: {text[:300]}")


def check_causes(values, checks):
    """What was fetched names the event of the push."""
    kinds = {value["id"]: value["type"] for value in values}
    origins = collections.Counter()
    for value in values:
        if value["type"] == "dev.bbstream.commit.added.v1" and value["bborigin"] != "webhook":
            origins[value["bborigin"]] += 1
            cause = kinds.get(value.get("causationid"), "")
            want = "dev.bbstream.ref." if value["bborigin"] == "enrichment" else "dev.bbstream.system.gap_detected"
            checks.that(cause.startswith(want), f"{value['bborigin']} comes of {cause}")
    checks.that(origins["enrichment"] > 100 and origins["backfill"] > 0, f"fetched: {origins}")


def test(directory, rng, checks):
    with FakeBitbucket() as fake:
        History(fake, rng.getrandbits(32), 1)
        repo = fake.world.made[0]
        fake.change.push(repo, "main", 8)
        early = fake.change.commit(repo, [repo.branches["main"]])  # nobody has pushed it yet
        fake.change.push(repo, "release", 6)
        fake.change.push(repo, "support", 5)
        target = daemon.Daemon(directory / "daemon", {"backfill": RARELY}, instances=polled.instances(fake))
        target.start(env=polled.ENVIRONMENT)
        harness.wait_until(lambda: all(target.metric("bbstream_backfill_looks_total", instance=name, outcome="same") >= 1
                                       for name in ("cloud", "dc-main")), "the first looks")
        truth = Truth(fake)
        deliveries = Deliveries(fake, 1, context=target.context)
        url = f"https://127.0.0.1:{target.port}"
        hooks = [fake.change.add_hook(fake.world.workspace_hooks, url + daemon.PATHS["cloud"], CLOUD_EVENTS["workspace"], secret=daemon.SECRETS["cloud"]),
                 fake.change.add_hook(fake.world.projects["PLAT"].hooks, url + daemon.PATHS["dc-main"], DATACENTER_EVENTS, secret=daemon.SECRETS["dc-main"])]

        def all_told():
            target.wait_published(target.journal_last())
            return commits(told(target, checks)).keys() >= world_commits(truth)

        push_sizes(fake, repo, rng, early)
        deliveries.flush()
        harness.wait_until(all_told, "commits that were not listed", 60, 0.5)

        # What a new branch lists waits for an answer, and no longer once nobody asks Bitbucket.
        fake.faults.add(path="/commits", times=None, status=401)
        fake.change.push(repo, "waiting", 30)
        deliveries.flush()
        target.wait_published(target.journal_last())
        head = repo.branches["waiting"]
        checks.that(not told_heads(target, head, checks), "the listed commits are told before it is known which are new")
        checks.equal(target.stop(), 0, "exit code")
        fake.faults.clear()
        target.configuration["backfill"]["enabled"] = False
        target.write_config()
        target.start(env=polled.ENVIRONMENT)
        harness.wait_until(lambda: told_heads(target, head, checks) == {"cloud", "dc-main"}, "the listed commits to be told", pause=0.3)
        # What is requested meanwhile is asked for by the next start that polls.
        fake.change.push(repo, "main", 40)
        break_chain(fake, repo, hooks)
        deliveries.flush()
        target.wait_published(target.journal_last())
        checks.that(not all_told(), "who has told those commits?")
        checks.that(target.metric("bbstream_gaps_open", instance="cloud") >= 1, "no gap is open")
        checks.that(target.run("gaps", "--open", "--json").stdout, "gaps --open lists none")
        target.kill()
        target.configuration["backfill"]["enabled"] = True
        target.write_config()
        target.start(env=polled.ENVIRONMENT)
        harness.wait_until(all_told, "commits that were requested before the start", 60, 0.5)
        harness.wait_until(lambda: target.metric("bbstream_gaps_open", instance="cloud") == 0, "all gaps to be closed", 30)

        values = told(target, checks)
        checks.equal(commits(values), collections.Counter(world_commits(truth)), "commits")
        check_gaps(values, checks)
        check_causes(values, checks)
        check_gaps_command(target, values, rng, checks)
        checks.equal(target.stop(), 0, "exit code")
        target.check_audit(len(values), checks)


harness.main(test)
