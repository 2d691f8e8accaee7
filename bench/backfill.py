"""What it costs to find over REST what no webhook tells: requests by how many repositories there are on Cloud, and how many of them
have changed since the last time.

A push to each of those that change; Bitbucket is the fake one. "listing" is asked whatever happens, "looks" is what the changes
cost, and both have a ceiling; "again" is the second look at what has just differed, a cycle later.
"""
import argparse
import pathlib
import random
import shutil
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "tests/support"))
import harness
from polling_cost import Polled

# Requests of a cycle, and for each change. That is a push: refs, and once more after `grace`, commits, pull requests, statuses of the default
# branch, and pipelines. Where 20 of 10,000 repositories change that is 200 together.
LISTING_MAX, CHANGE_MAX = 80, 6
FORMAT = "{:>12}{:>10}{:>10}{:>10}{:>10}{:>10}   {}"


def line(repositories, changed, cycles):
    """One of the table; whether it is below the ceiling."""
    begin = next((at for at, asked in enumerate(cycles) if asked["commits"]), 0)
    asked, again = cycles[begin], sum(each["refs"] for each in cycles[begin + 1:])
    listing = asked["changed"] + asked["all"]
    good = max(each.total() for each in cycles) <= LISTING_MAX + CHANGE_MAX * changed
    print(FORMAT.format(f"{repositories:,}", changed, listing, asked.total() - listing, again, asked.total(),
                        f"<= {LISTING_MAX + CHANGE_MAX * changed}  {'ok' if good else 'BELOW'}"), flush=True)
    return good


def run(home, sizes, changes, seed):
    print(f"\nBackfill: requests of a cycle on Cloud (seed {seed})\n\n" +
          FORMAT.format("repositories", "changed", "listing", "looks", "again", "cycle", "ceiling"), flush=True)
    rng, below = random.Random(seed), 0
    for size in sizes:
        with Polled(home / f"{size}", size) as polled:
            for count in changes:
                below += not line(size, count, polled.change(count, rng))
    return below


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repositories", type=int, nargs="+", default=[100, 1_000, 10_000])
    parser.add_argument("--changes", type=int, nargs="+", default=[0, 1, 20, 100])
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    home = pathlib.Path(tempfile.mkdtemp(prefix="bench-", dir=harness.ROOT / "build"))
    try:
        return 1 if run(home, chosen.repositories, chosen.changes, chosen.seed) else 0
    finally:
        harness.end_all()
        shutil.rmtree(home, ignore_errors=True)


sys.exit(main())
