"""What the disk itself gives: how long one durable write takes, in the way the journal writes."""
import mmap
import os
import statistics
import time

FILE_BYTES, WRITES = 16 << 20, 200


def zero_filled(path):
    with open(path, "wb") as file:
        file.write(bytes(FILE_BYTES))
        file.flush()
        os.fsync(file.fileno())


def open_durably(path):
    try:
        return os.open(path, os.O_WRONLY | os.O_DIRECT | os.O_DSYNC)
    except OSError:  # a file system without O_DIRECT
        return os.open(path, os.O_WRONLY | os.O_DSYNC)


def durable_write_ms(directory, size):
    """The median of writes of `size` bytes, one after the other over a file that has its blocks already."""
    path = directory / "durable-writes"
    zero_filled(path)
    buffer = mmap.mmap(-1, size)  # aligned to a page, as O_DIRECT wants it
    buffer.write(os.urandom(size))
    file = open_durably(path)
    took = []
    try:
        for number in range(WRITES):
            begin = time.perf_counter()
            written = os.pwrite(file, buffer, number * size % FILE_BYTES)
            took.append((time.perf_counter() - begin) * 1000)
            assert written == size, f"{written} of {size} bytes written"
    finally:
        os.close(file)
        path.unlink()
    return statistics.median(took)
