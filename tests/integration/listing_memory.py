"""A listing of a hundred thousand repositories needs no more memory than one of a few thousand, on both products."""
import pathlib
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
import harness
from fake_bitbucket import sample_fake
from rest_desk import PAT, TOKEN, Desk

FEW, MANY = 4_000, 100_000  # Data Center gives a thousand a page
GROWTH_MAX = 8 << 20  # bytes; what is listed, 30 MiB


def peak_of(pid):
    """Nothing of a process that has ended. (What wait4 tells of one counts what this process held when it forked.)"""
    words = pathlib.Path(f"/proc/{pid}/status").read_text().split()
    return int(words[words.index("VmHWM:") + 1]) * 1024 if "VmHWM:" in words else 0


def list_repositories(desk, instance):
    """How many there are, and the bytes that were resident at most until a late one was read."""
    command = [harness.BINARY, "repos", "list", "--json", "--instance", instance, "--config", desk.config]
    process = harness.start(command, env=desk.environment, stdout=subprocess.PIPE)
    rows, peak = 0, 0
    for rows, _ in enumerate(process.stdout, 1):
        if rows % 500 == 0 and process.poll() is None:
            peak = peak_of(process.pid) or peak
    desk.checks.equal(process.wait(60), 0, f"{instance}: exit code of the listing")
    return rows, peak


def list_all(directory, checks, repositories):
    with sample_fake(repositories=repositories) as fake:
        desk = Desk(directory, fake, checks)
        desk.configure(cloud=TOKEN | {"requests_per_hour": 10_000_000}, dc=PAT | {"requests_per_second": 10_000})
        total = len(fake.world.made) + repositories
        peaks = {}
        for instance in ("cloud", "dc"):
            rows, peaks[instance] = list_repositories(desk, instance)
            checks.equal(rows, total, f"{instance}: repositories listed")
        return peaks


def test(directory, _, checks):
    if harness.SLOWNESS > 1:
        raise harness.Skip("what is resident of a sanitized build is not its own")
    few, many = list_all(directory, checks, FEW), list_all(directory, checks, MANY)
    for instance, peak in many.items():
        print(f"{instance}: {few[instance] / 2**20:.1f} MiB for {FEW:,}, {peak / 2**20:.1f} MiB for {MANY:,}", flush=True)
        checks.that(few[instance] > 0 and peak > 0, f"{instance}: nothing was measured")
        checks.that(peak - few[instance] < GROWTH_MAX, f"{instance}: {MANY:,} repositories took {peak - few[instance]:,} bytes more than {FEW:,}")


harness.main(test)
