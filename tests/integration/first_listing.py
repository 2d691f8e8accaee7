"""A selection that leaves out everything at first invents nothing once it is mended: what was there before the first listing is no
news, what is made after it is. A project that is not there any more leaves the others of its instance alone."""
import copy
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
import daemon
import file_sink
import harness
import polled
from fake_bitbucket import FakeBitbucket

BACKFILL = {"enabled": True, "interval": "1s", "grace": "1s", "reconcile": "3s", "inventory": "2s"}
INSTANCES = ("cloud", "dc-main")
REPOSITORIES = 3
IMPORTED = 1_100  # commits, more than one page of either product holds


def told(target, checks):
    """(instance, type, name of the repository) of all events of repositories and refs."""
    events, _ = file_sink.read(target.directory, checks)
    found = [(event.value["bbinstance"], event.value["type"].removeprefix("dev.bbstream."), event.value["data"]["repository"]["fullName"].split("/")[1])
             for event in events if event.value["type"].split(".")[2] in ("repository", "ref", "commit")]
    return sorted(found)


def listings(target, name):
    return target.metric("bbstream_backfill_listings_total", instance=name)


def test(directory, rng, checks):
    with FakeBitbucket() as fake:
        fake.world.add_user("ada")
        fake.world.add_project("PLAT")
        for number in range(REPOSITORIES):
            repo = fake.change.create_repository("PLAT", f"old-{number}", "ada")
            fake.change.push(repo, commits=4)
        meant = polled.instances(fake)
        mistaken = copy.deepcopy(meant)
        for each in mistaken.values():
            each["include"] = ["nobody/*"]
        target = daemon.Daemon(directory, {"backfill": BACKFILL}, instances=mistaken)
        target.start(env=polled.ENVIRONMENT)
        harness.wait_until(lambda: all(listings(target, name) >= 2 for name in INSTANCES), "listings that show nothing")
        checks.equal(target.stop(), 0, "exit code")

        meant["dc-main"]["projects"] = ["GONE", "PLAT"]
        target.instances = meant
        target.write_config()
        target.start(env=polled.ENVIRONMENT)
        harness.wait_until(lambda: all(target.metric("bbstream_backfill_looks_total", instance=name, outcome="same") >= REPOSITORIES
                                       for name in INSTANCES), "the first looks")
        target.wait_published(target.journal_last())
        checks.equal(told(target, checks), [], "events of what was there before")
        checks.that("can't be listed" in target.log_tail(), "nobody says that a project is not there")

        made = fake.change.create_repository("PLAT", "new", "ada")
        fake.change.push(made, commits=IMPORTED)
        wanted = sorted((name, each, "new") for name in INSTANCES
                        for each in ["repository.created.v1", "ref.created.v1"] + ["commit.added.v1"] * IMPORTED)
        harness.wait_until(lambda: len(told(target, checks)) >= len(wanted), "what is new", 60, 0.3)
        checks.equal(told(target, checks), wanted, "what is new")

        # A repository that is listed and was not there once is looked at again soon.
        for path in ("/repos/old-0/branches", "/refs"):
            fake.faults.add(path=path, times=1, status=404)
        harness.wait_until(lambda: all(target.metric("bbstream_backfill_looks_total", instance=name, outcome="absent") for name in INSTANCES),
                           "looks at what is not there")
        fake.change.push(fake.world.made[0], commits=1)
        wanted = sorted(wanted + [(name, each, "old-0") for name in INSTANCES for each in ("ref.updated.v1", "commit.added.v1")])
        harness.wait_until(lambda: len(told(target, checks)) >= len(wanted), "what was pushed to it", 60, 0.3)
        checks.equal(target.stop(), 0, "exit code")
        checks.equal(told(target, checks), wanted, "what was pushed to it")


harness.main(test)
