"""What every whole-process test needs: a seed that is printed, a directory, children that never outlive the test."""
import ctypes
import os
import pathlib
import random
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import traceback

ROOT = pathlib.Path(__file__).resolve().parents[2]
BINARY = os.environ.get("BBSTREAM", str(ROOT / "build/bbstream"))
SLOWNESS = float(os.environ.get("BBSTREAM_SLOWNESS", "1"))  # sanitizers make everything slower; deadlines stretch by it
SKIPPED = 77

_libc = ctypes.CDLL(None)
_children = []
at_end = []  # called at the end of the test, whatever it was
evidence = []  # called after a failure; each returns text that may explain it


def _die_with_parent():
    _libc.prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG


def start(command, **options):
    """A child that dies with this process, however that ends."""
    process = subprocess.Popen([str(part) for part in command], preexec_fn=_die_with_parent, **options)
    _children.append(process)
    return process


def run(command, timeout=60, **options):
    """A command that must come to its end; its result, whatever the exit code."""
    return subprocess.run([str(part) for part in command], capture_output=True, text=True, timeout=timeout * SLOWNESS,
                          preexec_fn=_die_with_parent, check=False, **options)


def free_port():
    """Below the range that the kernel gives to clients, so that it stays free while a daemon is away."""
    while True:
        port = random.SystemRandom().randrange(20000, 32000)
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
                return port
            except OSError:
                continue


def wait_until(condition, what, timeout=30.0, pause=0.02):
    """The first true value of condition(). Times are bounds for what must happen, never measurements."""
    deadline = time.monotonic() + timeout * SLOWNESS
    while True:
        value = condition()
        if value:
            return value
        if time.monotonic() > deadline:
            raise AssertionError(f"waited {timeout * SLOWNESS:.0f} s for {what}")
        time.sleep(pause)


def end_all():
    """Kills what start() started and is still there, then cleans up."""
    for process in _children:
        if process.poll() is None:
            process.kill()
            process.wait()
    while at_end:
        at_end.pop()()


class Checks:
    """Collects what is wrong, so that one run shows all of it."""

    def __init__(self):
        self.problems = []

    def that(self, condition, message):
        if not condition:
            self.problems.append(message)
            print("WRONG:", message, flush=True)
        return condition

    def equal(self, have, want, what):
        return self.that(have == want, f"{what}: {have!r}, not {want!r}")

    def none(self, problems):
        """Each of these is one."""
        for problem in problems:
            self.that(False, problem)


class Skip(Exception):
    """This machine cannot run the test; the message says why."""


def main(test):
    """Runs test(directory, rng, checks) and exits as ctest expects: 0, 1, or 77 for skipped."""
    seed = int(os.environ.get("BBSTREAM_SEED") or random.SystemRandom().randrange(2**32))
    print(f"seed {seed} (repeat with BBSTREAM_SEED={seed})", flush=True)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    directory = pathlib.Path(tempfile.mkdtemp(prefix="bbstream-test-"))
    checks, code = Checks(), 1
    try:
        test(directory, random.Random(seed), checks)
        code = 1 if checks.problems else 0
    except Skip as why:
        print(f"skipped: {why}")
        code = SKIPPED
    except Exception:
        traceback.print_exc()
    finally:
        if code == 1:
            for tell in evidence:
                print(tell())
        end_all()
        if code == 1 and os.environ.get("BBSTREAM_KEEP"):
            print(f"kept: {directory}")
        else:
            shutil.rmtree(directory, ignore_errors=True)
    print(f"{len(checks.problems)} problems" if checks.problems else "ok" if code == 0 else "not ok", flush=True)
    sys.stdout.flush()
    os._exit(code)
