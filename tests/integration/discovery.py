"""Repositories that are new, renamed, moved and deleted are found by listing them, on both products; the webhooks that come too
late tell nothing more. A name that another repository has taken over misleads nobody. A credential that suddenly sees next to nothing deletes nothing."""
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
import backfill
import daemon
import file_sink
import harness
import polled
from fake_bitbucket import FakeBitbucket
from fake_bitbucket.cloud.hooks import EVENTS as CLOUD_EVENTS
from fake_bitbucket.datacenter.hooks import EVENTS as DATACENTER_EVENTS
from fake_bitbucket.history import History
from fake_bitbucket.webhooks.delivery import Deliveries

BACKFILL = {"enabled": True, "interval": "1s", "grace": "1s", "reconcile": "60s", "inventory": "3s"}
INSTANCES = ("cloud", "dc-main")
REPOSITORIES = 16
SECRETS = {"CLOUD_TOKEN": "cloud-token", "DC_TOKEN": "dc-token"}


def told(target, checks):
    """{(instance, type, name)} of all events of repositories; each must have come once."""
    events, _ = file_sink.read(target.directory, checks)
    found = [(event.value["bbinstance"], event.value["type"].removeprefix("dev.bbstream.repository."), event.value["data"]["repository"])
             for event in events if event.value["type"].startswith("dev.bbstream.repository.")]
    ids = [event.value["id"] for event in events]
    checks.equal(len(ids), len(set(ids)), "ids that came once")
    return found


def summary(found):
    return sorted((instance, kind, repository["fullName"].split("/")[1]) for instance, kind, repository in found)


def await_events(target, wanted, checks, what):
    harness.wait_until(lambda: len(told(target, checks)) >= len(wanted), what, 90, 0.3)
    checks.equal(summary(told(target, checks)), sorted(wanted), what)


def settle(target):
    """Until all is listed and looked at twice more."""
    asked = target.metric("bbstream_backfill_listings_total")
    harness.wait_until(lambda: target.metric("bbstream_backfill_listings_total") >= asked + 8, "more listings", 60, 0.2)
    target.wait_published(target.journal_last())


def check_changes(fake, target, checks):
    world, change = fake.world, fake.change
    deliveries = Deliveries(fake, 1, context=target.context)
    url = f"https://127.0.0.1:{target.port}"
    change.add_hook(world.workspace_hooks, url + daemon.PATHS["cloud"], CLOUD_EVENTS["workspace"], secret=daemon.SECRETS["cloud"])
    change.add_hook(world.projects["PLAT"].hooks, url + daemon.PATHS["dc-main"], DATACENTER_EVENTS, secret=daemon.SECRETS["dc-main"])
    world.add_project("OTHER")
    renamed, moved, gone, kept = list(world.made)[:4]
    change.rename_repository(renamed, "renamed")
    change.move_repository(moved, "OTHER")
    change.create_repository("PLAT", "fresh")
    wanted = [(name, "updated.v1", "renamed") for name in INSTANCES]
    wanted += [(name, "created.v1", "fresh") for name in INSTANCES]
    wanted += [("cloud", "updated.v1", moved.slug), ("dc-main", "transferred.v1", moved.slug)]
    await_events(target, wanted, checks, "what was changed to be found")

    change.delete_repository(gone)
    wanted += [(name, "deleted.v1", gone.slug) for name in INSTANCES]
    target.kill()
    target.start(env={**harness.os.environ, **SECRETS})
    await_events(target, wanted, checks, "what was deleted to be found")

    change.rename_repository(kept, "heard")
    deliveries.flush()
    wanted += [(name, "updated.v1", "heard") for name in INSTANCES]
    await_events(target, wanted, checks, "late webhooks")
    settle(target)
    checks.equal(summary(told(target, checks)), sorted(wanted), "after more listings")
    return len(wanted)


def check_alarm(fake, target, count, checks):
    for repo in list(fake.world.made)[:12]:
        fake.change.delete_repository(repo)
    harness.wait_until(lambda: all(target.metric("bbstream_backfill_repositories_missing", instance=name) == 12 for name in INSTANCES),
                       "the alarm", 60, 0.2)
    settle(target)
    checks.equal(len(told(target, checks)), count, "events although so many are missing")
    checks.that("missing at once" in target.log.read_text(), "the log says so")


def moves(target, checks):
    """{(instance, repository, ref, old, new)} of all changes of refs."""
    events, _ = file_sink.read(target.directory, checks)
    return sorted((event.value["bbinstance"], event.value["data"]["repository"]["id"], event.value["data"]["ref"]["name"], event.value["data"]["oldSha"],
                   event.value["data"]["newSha"]) for event in events if event.value["type"].startswith("dev.bbstream.ref."))


def check_name_taken_over(directory, checks):
    """A new repository has the name that another one gave up, and no listing of all tells of it soon: what is in it is not told as the other's."""
    with FakeBitbucket() as fake:
        History(fake, 1, 1, backfill.QUIET)
        renamed, = fake.world.made
        target = daemon.Daemon(directory, {"backfill": BACKFILL | {"inventory": "1h"}}, instances=polled.instances(fake))
        target.start(env=polled.ENVIRONMENT)
        harness.wait_until(lambda: all(target.metric("bbstream_backfill_looks_total", instance=name, outcome="same") for name in INSTANCES),
                           "the first looks")
        with fake.lock:
            name = renamed.slug
            fake.change.rename_repository(renamed, "renamed")
            fresh = fake.change.create_repository("PLAT", name)
            head = fake.change.push(fresh, commits=2).new
        wanted = [(instance, kind, slug) for instance in INSTANCES for kind, slug in (("updated.v1", "renamed"), ("created.v1", name))]
        await_events(target, wanted, checks, "what was changed to be found")
        harness.wait_until(lambda: len(moves(target, checks)) >= len(INSTANCES), "the refs of the new one", 60, 0.2)
        looks = target.metric("bbstream_backfill_looks_total")
        harness.wait_until(lambda: target.metric("bbstream_backfill_looks_total") >= looks + 4, "more looks", 60, 0.2)
        target.wait_published(target.journal_last())
        checks.equal(moves(target, checks), sorted((instance, polled.names(fake.world, instance)[fresh.id], "refs/heads/main", None, head)
                                                   for instance in INSTANCES), "changes of refs")
        checks.equal(target.stop(), 0, "exit code")


def test(directory, rng, checks):
    check_name_taken_over(directory / "taken-over", checks)
    with FakeBitbucket() as fake:
        History(fake, rng.getrandbits(32), REPOSITORIES, backfill.QUIET)
        target = daemon.Daemon(directory, {"backfill": BACKFILL}, instances=polled.instances(fake))
        target.start(env={**harness.os.environ, **SECRETS})
        harness.wait_until(lambda: target.metric("bbstream_backfill_looks_total", outcome="same") >= 2 * REPOSITORIES, "the first looks")
        checks.equal(told(target, checks), [], "events of the baseline")
        count = check_changes(fake, target, checks)
        check_alarm(fake, target, count, checks)
        checks.equal(target.stop(), 0, "exit code")
        events, _ = file_sink.read(target.directory, checks)
        target.check_audit(len(events), checks)


harness.main(test)
