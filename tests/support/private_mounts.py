"""Mounts that only this process and its children see: a small disk, and a /proc that tells of processes only."""
import ctypes
import os

import harness

CLONE_NEWNS, MS_REC_PRIVATE = 0x20000, 0x44000


def mount(kind, at, options):
    """In a namespace of this process's own. Raises harness.Skip where that is not allowed."""
    libc = ctypes.CDLL(None, use_errno=True)
    if (libc.unshare(CLONE_NEWNS) or libc.mount(b"none", b"/", None, MS_REC_PRIVATE, None)
            or libc.mount(kind, os.fsencode(at), kind, 0, options)):
        raise harness.Skip(f"cannot mount {kind.decode()} here: {os.strerror(ctypes.get_errno())}")


def mount_small_disk(at, size):
    at.mkdir(parents=True)
    mount(b"tmpfs", at, b"size=%d" % size)


def hide_boot_id():
    """As ProcSubset=pid of a unit does."""
    mount(b"proc", "/proc", b"subset=pid")


def occupy(path):
    """Writes until nothing more fits."""
    with open(path, "wb", buffering=0) as filler:
        try:
            while True:
                filler.write(bytes(4096))
        except OSError:
            pass
