"""What the fold costs: MB of bodies a second on one core, beside simdjson's own DOM parse of the same bytes.

The corpus is that of the golden tests, without their white space; the pushes are those of the other benchmarks. Each
round measures all three in turn, in processor time, so that what else runs matters little.
"""
import argparse
import json
import pathlib
import statistics
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "tests/support"))
import harness
import load
from measure import Table


def golden_bodies():
    """(platform, event key, body) of each golden case whose body is JSON."""
    for path in sorted((harness.ROOT / "tests/golden").rglob("*.golden")):
        head, _, rest = path.read_text(encoding="utf-8").partition("\n\n")
        fields = dict(line.split(": ", 1) for line in head.splitlines())
        try:
            body = json.loads(rest.partition("----------\n")[0])
        except ValueError:
            continue
        yield fields["platform"], fields.get("x-event-key", "unknown"), json.dumps(body, separators=(",", ":"), ensure_ascii=False).encode("utf-8", "replace")


def write(path, cases):
    with open(path, "wb") as file:
        for platform, key, body in cases:
            file.write(f"{platform} {key} {len(body)}\n".encode() + body)


def measure(table, name, path, rounds, seconds):
    output = subprocess.run([pathlib.Path(harness.BINARY).parent / "bench/fold_corpus", path, str(rounds), str(seconds)], check=True,
                            stdout=subprocess.PIPE, text=True).stdout.splitlines()
    lines = [[float(field) for field in line.split()] for line in output[:-1]]
    parsed, folded, encoded, _ = (statistics.median(column) for column in zip(*lines))
    heaps = [line[3] / 2**20 for line in lines]
    table.line(f"{name}: folded, MB/s", folded, parsed, folded / parsed, floor=0.35)
    table.line(f"{name}: folded and encoded, MB/s", encoded, parsed, encoded / parsed)
    table.line(f"{name}: heap, first to last round, MiB", heaps[-1], heaps[0], heaps[-1] / heaps[0], ceiling=1.01)
    table.line(f"{name}: events made", float(output[-1].split()[1]))


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=1)
    chosen = parser.parse_args()
    table = Table("The fold on one core", "simdjson")
    with tempfile.TemporaryDirectory(prefix="bench-") as home:
        golden, pushes = pathlib.Path(home) / "golden", pathlib.Path(home) / "pushes"
        write(golden, golden_bodies())
        write(pushes, (("cloud", "repo:push", body) for body in load.bodies()))
        measure(table, "all event keys", golden, chosen.rounds, chosen.seconds)
        measure(table, "5 KB pushes", pushes, chosen.rounds, chosen.seconds)
    return 1 if table.below else 0


sys.exit(main())
