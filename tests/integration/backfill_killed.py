"""The daemon is killed again and again while it walks, records and publishes: what webhooks lose is found all the same, each fact
once. `one`: a single scenario, that of the seed."""
import os
import pathlib
import random
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
import backfill
import harness

SEEDS = 20
AT_ONCE = 4  # most of their time they wait
STEPS = 60
LOST = (0.01, 0.1, 0.3, 0.6, 1.0)
SECONDS_MAX = 240


def one(directory, rng, checks):
    """All of it follows from the seed, but for what the machine adds."""
    seed = rng.getrandbits(32)
    choose = random.Random(seed)
    lost, kills = choose.choice(LOST), choose.randint(2, 4)
    print(f"lost {lost:.0%}, {1 + 2 * kills} kills", flush=True)
    backfill.scenario(directory, seed, lost, True, STEPS, checks, kills)


def begin(seed, log):
    with open(log, "wb") as out:
        return harness.start([sys.executable, "-B", __file__, "one"], stdout=out, stderr=subprocess.STDOUT,
                             env={**os.environ, "BBSTREAM_SEED": str(seed)})


def test(directory, rng, checks):
    seeds, running = [rng.getrandbits(32) for _ in range(SEEDS)], {}
    while seeds or running:
        while seeds and len(running) < AT_ONCE:
            seed = seeds.pop()
            running[seed] = begin(seed, directory / f"{seed}.log")
        over = harness.wait_until(lambda: [each for each, process in running.items() if process.poll() is not None],
                                  "a scenario to end", SECONDS_MAX, 0.1)
        for seed in over:
            checks.equal(running.pop(seed).returncode, 0, f"BBSTREAM_SEED={seed} {pathlib.Path(__file__).name} one")
            print((directory / f"{seed}.log").read_text(errors="replace"), flush=True)


harness.main(one if sys.argv[1:] == ["one"] else test)
