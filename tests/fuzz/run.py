"""A fuzzer's seeds, and what it does with them.

    run.py NAME BINARY              every seed once: a regression test
    run.py NAME BINARY SECONDS DIR  libFuzzer for so long; new inputs and findings go to DIR

The seeds are tests/fuzz/corpus/NAME; for the fold also each golden test's body, and three of them behind one another;
for the configuration also the example.
"""
import json
import pathlib
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
SEPARATOR = b"\x1e"


def golden_record(path):
    head, _, rest = path.read_text(encoding="utf-8").partition("\n\n")
    fields = dict(line.split(": ", 1) for line in head.splitlines())
    body = rest.partition("\n----------\n")[0].encode()
    try:
        body = json.dumps(json.loads(body), separators=(",", ":"), ensure_ascii=False).encode()
    except ValueError:
        pass  # as it is: what is no JSON is of interest too
    return f"{fields['platform']} {fields.get('x-event-key', '')}\n".encode() + body


def write_fold_seeds(directory):
    records = [golden_record(path) for path in sorted((HERE.parent / "golden").rglob("*.golden"))]
    for number, record in enumerate(records):
        (directory / f"golden-{number}").write_bytes(record)
        (directory / f"story-{number}").write_bytes(SEPARATOR.join((records + records)[number:number + 3]))


def write_seeds(name, directory):
    if name == "fold":
        write_fold_seeds(directory)
    elif name == "config":
        shutil.copy(HERE.parents[1] / "deploy/bbstream.toml.example", directory)


def main():
    name, binary = sys.argv[1:3]
    with tempfile.TemporaryDirectory(prefix="fuzz-") as seeds:
        write_seeds(name, pathlib.Path(seeds))
        corpus = [path for path in (str(HERE / "corpus" / name), seeds) if list(pathlib.Path(path).glob("*"))]
        if len(sys.argv) == 3:
            return subprocess.run([binary, *corpus], check=False).returncode
        seconds, directory = sys.argv[3], pathlib.Path(sys.argv[4])
        directory.mkdir(parents=True, exist_ok=True)
        return subprocess.run([binary, directory, *corpus, f"-max_total_time={seconds}", f"-artifact_prefix={directory}/finding-",
                               "-timeout=25", "-rss_limit_mb=4096", "-print_final_stats=1"], check=False).returncode


sys.exit(main())
