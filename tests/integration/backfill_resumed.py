"""A daemon that is killed within a listing of commits goes on with it: what is read is not read again, also where Bitbucket is busy when it
comes back; and a listing that leaves nothing out still ends where it would have ended."""
import pathlib
import re
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
import daemon
import file_sink
import harness
import polled
from fake_bitbucket import FakeBitbucket

ROWS_MAX = 3
HISTORY = 40  # commits
FIRST_COMMITS = 7  # ends within a page
BACKFILL = {"enabled": True, "interval": "1s", "grace": "1s", "reconcile": "2s", "inventory": "1h", "first_commits": FIRST_COMMITS}
NAMES = ("cloud", "dc-main")
PAGES = {"cloud": r"/repositories/.*/commits(\?|$)", "dc-main": r"/rest/.*/commits\?"}
SECOND = {"cloud": r"/commits\?.*ctx=.*page=2", "dc-main": r"/commits\?.*start=3(&|$)"}


def told(target, checks, name):
    events, _ = file_sink.read(target.directory, checks)
    return [each.value["data"]["commit"]["sha"] for each in events
            if each.value["bbinstance"] == name and each.value["type"] == "dev.bbstream.commit.added.v1"]


def pages(fake, name):
    """What was asked of listings of commits, in order."""
    return [entry.target for entry in list(fake.log.entries) if re.search(PAGES[name], entry.target)]


def test(directory, rng, checks):
    with FakeBitbucket() as fake:
        fake.settings.rows_max = ROWS_MAX
        fake.world.add_user("ada")
        fake.world.add_project("PLAT")
        repo = fake.change.create_repository("PLAT", "long", "ada")
        fake.change.push(repo, commits=HISTORY)
        newest = [repo.branches["main"]]
        while repo.commits[newest[-1]].parents:
            newest.append(repo.commits[newest[-1]].parents[0])

        target = daemon.Daemon(directory, {"backfill": BACKFILL}, instances=polled.instances(fake))
        slow = {name: fake.faults.add(path=SECOND[name], times=1, delay=20, drop=True) for name in NAMES}
        target.start(env=polled.ENVIRONMENT)
        harness.wait_until(lambda: all(each.times == 0 for each in slow.values()), "the second pages to be asked for")
        target.wait_published(target.journal_last())
        target.kill()
        for name in NAMES:
            checks.equal(len(told(target, checks, name)), ROWS_MAX, f"commits of {name} before the kill")

        fake.log.clear()
        busy = {name: fake.faults.add(path=SECOND[name], times=None, status=503) for name in NAMES}
        target.start(env=polled.ENVIRONMENT)
        harness.wait_until(lambda: all(target.metric("bbstream_backfill_looks_total", instance=name, outcome="failed") for name in NAMES),
                           "the looks to fail", 90)
        for each in busy.values():
            fake.faults.active.remove(each)
        harness.wait_until(lambda: all(len(told(target, checks, name)) >= FIRST_COMMITS for name in NAMES), "the rest to be told")
        harness.wait_until(lambda: all(target.metric("bbstream_backfill_looks_total", instance=name, outcome="same") >= 2 for name in NAMES),
                           "a look that finds nothing more")
        for name in NAMES:
            target.wait_published(target.journal_last())
            checks.equal(sorted(told(target, checks, name)), sorted(newest[:FIRST_COMMITS]), f"commits of {name}")
            asked = pages(fake, name)
            checks.equal([each for each in asked if not re.search(r"ctx=|start=", each)], [], f"listings of {name} that began anew")
        checks.equal(target.stop(), 0, "exit code")


harness.main(test)
