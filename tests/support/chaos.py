"""Kills a daemon at random moments, most of them by how far the load has come, the others soon after a start."""
import time


def kill_and_restart(target, rng, kills, progress, total):
    """`progress()`: deliveries accepted so far, of `total`."""
    marks = sorted(rng.randrange(1, total) for _ in range(kills - kills // 3))
    soon = [False] * len(marks) + [True] * (kills // 3)
    rng.shuffle(soon)
    for at_once in soon:
        if at_once or not marks:
            time.sleep(rng.uniform(0, 0.8))
        else:
            mark = marks.pop(0)
            while progress() < mark:
                time.sleep(0.002)
            time.sleep(rng.uniform(0, 0.05))
        target.kill()
        time.sleep(rng.choice([0, rng.uniform(0, 0.3)]))
        target.start(wait=False)


def kill_while_publishing(target, rng, kills, longest):
    """Once no more deliveries come: kills after up to `longest` seconds each; the highest sequence of the journal."""
    target.wait_ready()
    for _ in range(kills):
        time.sleep(rng.uniform(0, longest))
        target.kill()
        target.start()
    return target.journal_last()
