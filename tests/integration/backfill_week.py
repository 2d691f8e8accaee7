"""A week of polling, and three days more, over the same repositories: memory stays where it is once all that grows has its size.

A day is four looks at each repository, which is what `reconcile` of six hours makes of it, with pushes, pull requests, reviews and statuses
of which webhooks lose half, and what makes the poller remember something: repositories that are renamed, made and deleted, some that may
not be read, looks that fail. Time is not scaled: looks follow each other as fast as `reconcile` of a second allows, and what is counted are
looks. What still grows behind the first days has bounds of its own, and a heap profile of 24 such days shows nothing else: the state, which
remembers more with every change, some 60 KiB a day here (bound: `state.size_max`), and the buffers of the fold's parser, which are as large
as the longest answer that it has seen, and answers grow until their pages are full (bound: `document::kept_bytes_max`). That is within what
is allowed, which a loss of 500 bytes a request would exceed."""
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
import daemon
import harness
import polled
from fake_bitbucket import FakeBitbucket
from fake_bitbucket.cloud.hooks import EVENTS as CLOUD_EVENTS
from fake_bitbucket.datacenter.hooks import EVENTS as DATACENTER_EVENTS
from fake_bitbucket.history import History
from fake_bitbucket.webhooks.delivery import Deliveries, Manners

DAYS, REPOSITORIES, LOOKS_A_DAY, STEPS_A_DAY = 10, 40, 4, 120
SETTLED = 7  # days, after which little grows
GROWTH_MAX = 3 << 20  # bytes, of the three days behind them
BACKFILL = {"enabled": True, "interval": "1s", "grace": "1s", "reconcile": "1s", "inventory": "3s"}
NAMES = ("cloud", "dc-main")
# The same repositories and branches, all week.
SAME = dict.fromkeys(("create", "tag", "delete_tag", "rename", "branch", "push_several"), 0)


def looks(target):
    return sum(target.metric("bbstream_backfill_looks_total", instance=name) for name in NAMES)


def live(fake, history, deliveries, day):
    """What happens in a day. One repository comes and goes, one is renamed, one may not be read."""
    for _ in range(STEPS_A_DAY // 10):
        with fake.lock:
            history.live(10)
        deliveries.flush()
    fake.faults.clear()
    guest = fake.change.create_repository("PLAT", f"guest-{day}", "ada")
    fake.change.push(guest)
    fake.faults.add(path=f"guest-{day}/pull-?requests", times=None, status=403)
    fake.change.rename_repository(history.repositories[0], f"name-{day}", "ada")
    fake.faults.add(path=history.repositories[1].uuid.strip("{}"), times=3, status=404)
    fake.faults.add(times=3, skip=50, status=503)
    return guest


def test(directory, rng, checks):
    if harness.SLOWNESS > 1:
        raise harness.Skip("what is resident of a sanitized build is not its own")
    with FakeBitbucket() as fake:
        history = History(fake, rng.getrandbits(32), REPOSITORIES, SAME)
        target = daemon.Daemon(directory, {"backfill": BACKFILL, "state": {"size_max": "8MiB"}}, instances=polled.instances(fake))
        target.start(env=polled.ENVIRONMENT)
        deliveries = Deliveries(fake, 1, Manners(lost=0.5, doubled=0.1, scattered=0.1, held=0.1), target.context)
        url = f"https://127.0.0.1:{target.port}"
        fake.change.add_hook(fake.world.workspace_hooks, url + daemon.PATHS["cloud"], CLOUD_EVENTS["workspace"], secret=daemon.SECRETS["cloud"])
        fake.change.add_hook(fake.world.projects["PLAT"].hooks, url + daemon.PATHS["dc-main"], DATACENTER_EVENTS, secret=daemon.SECRETS["dc-main"])
        resident = []
        for day in range(1, DAYS + 1):
            begun, asked = looks(target), fake.log.count
            guest = live(fake, history, deliveries, day)
            harness.wait_until(lambda: looks(target) >= begun + LOOKS_A_DAY * len(NAMES) * REPOSITORIES, f"day {day}", 120, 0.1)
            fake.change.delete_repository(guest)
            target.wait_published(target.journal_last())
            resident.append(target.resident_bytes())
            state = sum(path.stat().st_size for path in (directory / "state").glob("*.checkpoint"))
            print(f"day {day}: {looks(target) - begun:.0f} looks, {fake.log.count - asked} requests, {resident[-1] / 2**20:.2f} MiB resident, "
                  f"{state:,} bytes of checkpoints", flush=True)
        grown = max(resident[SETTLED:]) - resident[SETTLED - 1]
        checks.that(grown <= GROWTH_MAX, f"memory has grown by {grown:,} bytes since day {SETTLED}: {resident}")
        checks.equal(target.stop(), 0, "exit code")


harness.main(test)
