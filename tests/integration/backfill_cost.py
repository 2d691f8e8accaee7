"""What polling costs grows with what has changed, not with how much there is: 10,000 repositories on Cloud, of which 20 change."""
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
import harness
from polling_cost import Polled

REPOSITORIES, CHANGED = 10_000, 20
CYCLE_MAX = 80 + 6 * CHANGED  # requests: of the listing of repositories, and of a look


def test(directory, rng, checks):
    with Polled(directory, REPOSITORIES) as polled:
        checks.equal(polled.told(), set(), "commits of the baseline")
        cycles = polled.change(CHANGED, rng)
        again = polled.restart()
    for number, asked in enumerate(cycles):
        print(f"cycle {number}: {asked.total()} requests, {dict(asked)}")
        checks.that(asked.total() <= CYCLE_MAX, f"cycle {number} took {asked.total()} requests: {dict(asked)}")
    print(f"after a restart: {again.total()} requests, {dict(again)}")
    checks.that(again["refs"] <= 2 * CHANGED, f"a restart repeats what was done: {dict(again)}")
    total = sum((asked["refs"] + asked["commits"] for asked in cycles))
    checks.that(total >= 3 * CHANGED, f"what was found took only {total} requests")


harness.main(test)
