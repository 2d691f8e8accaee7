"""Where Data Center's push log may be read, changes of refs that webhooks lost come out one by one, each with its webhook's id, who made
it and when; the webhooks that come too late tell nothing more. Where it may not be read one change a ref joins the ends, and nobody asks for it
again."""
import collections
import datetime
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
import daemon
import file_sink
import harness
import identity
import openapi_check
import polled
from fake_bitbucket import FakeBitbucket
from fake_bitbucket.clock import Clock
from fake_bitbucket.credentials import Credential
from fake_bitbucket.datacenter.hooks import EVENTS
from fake_bitbucket.webhooks.delivery import Deliveries

INSTANCE = "dc-main"
BACKFILL = {"enabled": True, "interval": "1s", "grace": "1s", "reconcile": "1s", "inventory": "1h"}
PERMITTED = {"log": frozenset({"PROJECT_VIEW", "REPO_READ", "REPO_ADMIN"}), "no log": frozenset({"PROJECT_VIEW", "REPO_READ"})}
FLAPS = 3


def make(fake):
    """A repository with branches to be moved, and one at whose push log nobody has to look."""
    # Its time is ours: what was there when all was last looked at is no news.
    fake.world.clock = Clock(datetime.datetime.now(datetime.timezone.utc) - datetime.timedelta(hours=1))
    fake.world.add_user("ada")
    fake.world.add_user("grace")
    fake.world.add_project("PLAT")
    repo, quiet = (fake.change.create_repository("PLAT", name) for name in ("moved", "quiet"))
    for each in (repo, quiet):
        fake.change.push(each, "main", 3)
    for name in ("remade", "flap", "gone"):
        fake.change.push(repo, name, 1)
    fake.change.tag(repo, "v1")
    # It went there and back before anyone looked, too.
    back, forth = repo.commits[repo.branches["flap"]].parents[0], repo.branches["flap"]
    fake.change.push_head(repo, "flap", back)
    fake.change.push_head(repo, "flap", forth)
    return repo


def move(fake, repo):
    """What no webhook tells in time; the lines of the push log that come of it."""
    change, begin = fake.change, len(repo.push_log)
    for user in ("ada", "grace", "ada"):
        change.push(repo, "main", 2, user)
    change.force_push(repo, "main", 2, 1, "grace")
    main = repo.branches["main"]
    change.delete_branch(repo, "remade", "grace")
    change.push_head(repo, "remade", main)
    change.push(repo, "remade", 1)
    back, forth = repo.commits[repo.branches["flap"]].parents[0], repo.branches["flap"]
    for at in range(FLAPS):
        change.push_head(repo, "flap", forth if at % 2 else back)
    change.push(repo, "gone", 1)
    change.delete_branch(repo, "gone")
    change.push(repo, "new", 1)
    change.push(repo, "new", 2, "grace")
    change.delete_tag(repo, "v1")
    change.tag(repo, "v1", main)
    return repo.push_log[begin:]


def one_by_one(repo, moved):
    """(id, ref, old, new, who, when) of each, in the order in which each ref went on."""
    seen, found = collections.Counter(), []
    for each in sorted(moved, key=lambda line: line.ref):
        fact = each.ref, each.old, each.new
        when = each.date.replace(microsecond=each.date.microsecond // 1000 * 1000)
        found.append((identity.event_id("ref", INSTANCE, repo.id, *fact, seen[fact]), *fact, each.user.name, when, "rest"))
        seen[fact] += 1
    return found


def joined(repo, moved):
    """One a ref, of which REST says neither who nor when."""
    ends = {}
    for each in moved:
        ends[each.ref] = ends.get(each.ref, (each.old, None))[0], each.new
    return [(identity.event_id("ref", INSTANCE, repo.id, ref, *sides, 0), ref, *sides, None, None, "received") for ref, sides in sorted(ends.items())]


def told(target, checks):
    events, _ = file_sink.read(target.directory, checks)
    return [event.value for event in events]


def shown(values):
    """The same of events."""
    changes = [value for value in values if ".ref." in value["type"]]
    return [(value["id"], value["data"]["ref"]["name"], value["data"]["oldSha"] or identity.NO_COMMIT, value["data"]["newSha"] or identity.NO_COMMIT,
             (value["data"]["actor"] or {}).get("username"),
             None if value["bbtimebasis"] == "received" else datetime.datetime.fromisoformat(value["time"]), value["bbtimebasis"])
            for value in sorted(changes, key=lambda value: value["data"]["ref"]["name"])]


def check_gaps(values, repo, moved, checks):
    """One for each ref, that is filled with all commits that a ref still leads to."""
    kinds = collections.Counter(value["type"].removeprefix("dev.bbstream.") for value in values)
    refs = len({each.ref for each in moved})
    for kind in ("system.gap_detected.v1", "system.backfill_started.v1", "system.backfill_finished.v1"):
        checks.equal(kinds[kind], refs, kind)
    ends = {(value["data"]["outcome"], value["data"]["unfillable"]) for value in values if value["type"].endswith("backfill_finished.v1")}
    checks.equal(ends, {("filled", 0)}, "how gaps ended")
    checks.equal({value["bborigin"] for value in values if ".ref." in value["type"]}, {"poll"}, "origin of changes")
    checks.that(all(value["data"]["reconstructed"] for value in values if ".ref." in value["type"]), "a change that says it was delivered")
    commits = {value["data"]["commit"]["sha"] for value in values if value["type"].endswith("commit.added.v1")}
    heads = {repo.branches[name] for name in ("main", "remade", "new")}
    checks.that(heads <= commits, f"heads whose commits were not told: {heads - commits}")


def log_requests(fake):
    return [entry.target for entry in list(fake.log.entries) if "/ref-change-activities" in entry.target]


def looks(target):
    return target.metric("bbstream_backfill_looks_total", instance=INSTANCE)


def await_looks(target, count):
    begun = looks(target)
    harness.wait_until(lambda: looks(target) >= begun + count, "more looks", 60, 0.2)
    target.wait_published(target.journal_last())


def scenario(directory, permissions, expected, checks):
    """The requests for the push log until all was told, and while a ref was moved once more."""
    watch = None if openapi_check.available() else openapi_check.Watch()
    with FakeBitbucket() as fake:
        if watch:
            watch.follow(fake)
        repo = make(fake)
        fake.credentials.add(Credential("pat", "dc-token", fake.world.users["ada"], scopes=permissions))
        instance = {"api": fake.datacenter_api, "auth.kind": "pat", "auth.secret": "env:DC_TOKEN", "auth.requests_per_second": 1000}
        target = daemon.Daemon(directory, {"backfill": BACKFILL}, instances={INSTANCE: instance})
        target.start(env=polled.ENVIRONMENT)
        harness.wait_until(lambda: looks(target) >= 4, "the first looks", 60, 0.2)
        deliveries = Deliveries(fake, context=target.context)
        fake.change.add_hook(fake.world.projects["PLAT"].hooks, f"https://127.0.0.1:{target.port}{daemon.PATHS[INSTANCE]}", EVENTS,
                             secret=daemon.SECRETS[INSTANCE])
        with fake.lock:
            fake.world.clock = Clock(datetime.datetime.now(datetime.timezone.utc))
            moved = move(fake, repo)
        wanted = expected(repo, moved)
        harness.wait_until(lambda: len(shown(told(target, checks))) >= len(wanted), "what was lost to be told", 60, 0.3)
        await_looks(target, 4)
        values = told(target, checks)
        checks.equal(shown(values), wanted, "changes of refs")
        check_gaps(values, repo, moved, checks)
        asked = log_requests(fake)
        if expected is one_by_one:
            deliveries.flush()
            await_looks(target, 2)
            checks.equal(shown(told(target, checks)), wanted, "changes of refs once their webhooks have come")
        with fake.lock:
            fake.change.push(repo, "main")
        harness.wait_until(lambda: repo.branches["main"] in {new for _, _, _, new, *_ in shown(told(target, checks))}, "one more", 60, 0.3)
        again = log_requests(fake)[len(asked):]
        checks.equal(target.stop(), 0, "exit code")
        events = told(target, checks)
        checks.equal([each for each, count in collections.Counter(value["id"] for value in events).items() if count > 1], [], "ids that came twice")
        target.check_audit(len(events), checks)
        if watch:
            checks.equal(sorted({f"{problem}" for problem in watch.problems})[:5], [], "requests that Atlassian's document does not know")
        print(f"{len(wanted)} changes of {len({each.ref for each in moved})} refs, {len(asked)} requests for the log, then {len(again)}", flush=True)
        return asked, again


def test(directory, _, checks):
    asked, again = scenario(directory / "log", PERMITTED["log"], one_by_one, checks)
    checks.that(len(set(asked)) >= 6 and again, f"refs whose log was not read: {asked}, {again}")
    checks.that(all("/repos/moved/" in target for target in asked), f"a log was read though nothing was in doubt: {asked}")
    asked, again = scenario(directory / "no-log", PERMITTED["no log"], joined, checks)
    checks.equal((len(asked), len(again)), (1, 0), "requests for the log where it may not be read")


harness.main(test)
