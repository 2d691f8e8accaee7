"""Processor time, memory and tables."""
import os
import re
import statistics

import harness

TICKS = os.sysconf("SC_CLK_TCK")


def family(pid):
    """A process and its children."""
    with open(f"/proc/{pid}/task/{pid}/children", encoding="ascii") as file:
        return [pid, *(child for each in file.read().split() for child in family(int(each)))]


def cpu_seconds(pid):
    """User and system time of a process and its living children, all threads."""
    total = 0
    for each in family(pid):
        with open(f"/proc/{each}/stat", encoding="ascii") as file:
            fields = file.read().rpartition(")")[2].split()
        total += int(fields[11]) + int(fields[12])
    return total / TICKS


def resident_mib(pid):
    with open(f"/proc/{pid}/status", encoding="ascii") as file:
        return int(re.search(r"VmRSS:\s+(\d+)", file.read())[1]) / 1024


def wrk(port, requests, connections, seconds, sample=None):
    """One run: requests/s, p99 in ms, requests in all. `sample()` is called ten times a second meanwhile."""
    process = harness.start(["wrk", "-t2", f"-c{connections}", f"-d{seconds}s", "--latency", "--timeout", "10s", "-s",
                             os.path.join(os.path.dirname(__file__), "deliveries.lua"), f"https://127.0.0.1:{port}", "--",
                             str(requests)], stdout=-1, text=True)
    while True:
        try:
            output, _ = process.communicate(timeout=0.1)
            break
        except harness.subprocess.TimeoutExpired:
            if sample:
                sample()
    assert process.returncode == 0, output
    if "Non-2xx" in output or "Socket errors" in output:
        raise AssertionError(f"not every request was answered with 2xx:\n{output}")
    value, unit = re.search(r"99%\s+([\d.]+)(us|ms|s)", output).groups()
    return {"rate": float(re.search(r"Requests/sec:\s+([\d.]+)", output)[1]),
            "p99": float(value) * {"us": 0.001, "ms": 1, "s": 1000}[unit],
            "requests": int(re.search(r"(\d+) requests in", output)[1])}


def median(rounds, name):
    return statistics.median(each[name] for each in rounds)


class Table:
    """Lines of: what, ours, theirs, ratio, floor, verdict."""

    def __init__(self, title, theirs):
        self.below = 0
        print(f"\n{title}\n\n{'':42}{'bbstream':>12}{theirs:>12}{'ratio':>9}   floor", flush=True)

    def line(self, what, ours, theirs=None, ratio=None, floor=None, ceiling=None):
        value = ratio if ratio is not None else ours
        limit = floor if floor is not None else ceiling
        verdict = ""
        if limit is not None:
            good = value >= limit if floor is not None else value <= limit
            verdict = f"{'>=' if floor is not None else '<='} {limit:g}  {'ok' if good else 'BELOW'}"
            self.below += not good
        print(f"{what:42}{ours:>12,.1f}{'' if theirs is None else format(theirs, ',.1f'):>12}"
              f"{'' if ratio is None else format(ratio, '.2f'):>9}   {verdict}".rstrip(), flush=True)
