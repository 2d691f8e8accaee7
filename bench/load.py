"""The pushes that both benchmarks send: about 5 KB, one or two commits, signed beforehand.

Each of many branches goes forth and back between two commits, the way back being far behind the way forth, so that every
push of the endless repetition is a change that the fold takes for one and publishes.
"""
import datetime
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "tests/support"))
import client
import daemon
import payloads
from story import Change, Commit, Repository

REPOSITORIES, BRANCHES_EACH, BODY_BYTES = 50, 6, 5120


def commit(repository, name, parent, message_bytes):
    at = datetime.datetime(2026, 3, 1, 12, tzinfo=datetime.timezone.utc)
    words = f"{name}: make the export survive a restart, and say so where people look. "
    message = (words * (message_bytes // len(words) + 1))[:message_bytes]
    return Commit(payloads.sha(repository.key, name), (parent.sha,) if parent else (), at, message, "Ada")


def push(repository, branch, forth):
    """Padded by its commit message to the size that is wanted."""
    message_bytes = 40
    for _ in range(3):
        old = commit(repository, f"{branch}-old", None, 40)
        middle = commit(repository, f"{branch}-middle", old, 40)
        new = commit(repository, f"{branch}-new", middle, message_bytes)
        commits = (middle, new) if repository.slug.endswith(("0", "5")) else (new,)
        change = Change("branch", branch, old, new, commits) if forth else Change("branch", branch, new, old, (new,), forced=True)
        body = payloads.cloud_push(repository, [change])
        message_bytes = max(40, message_bytes + (BODY_BYTES - len(body)) // 5)
    return body


def bodies():
    repositories = [Repository("cloud", "cloud", payloads.stable_uuid("bench", n), f"service-{n}") for n in range(REPOSITORIES)]
    return [push(repository, f"branch-{branch}", forth)
            for forth in (True, False) for branch in range(BRANCHES_EACH) for repository in repositories]


def write_requests(path, close=False):
    """For deliveries.lua; returns the mean size of the bodies."""
    made = bodies()
    with open(path, "wb") as file:
        for body in made:
            head = [f"POST {daemon.PATHS['cloud']} HTTP/1.1", "Host: localhost", "User-Agent: Bitbucket-Webhooks/2.0",
                    "Content-Type: application/json", "X-Event-Key: repo:push", "X-Attempt-Number: 1",
                    f"X-Hook-UUID: {payloads.stable_uuid('hook')}", f"Content-Length: {len(body)}",
                    f"X-Hub-Signature: {client.signature(body, daemon.SECRETS['cloud'])}"]
            head += ["Connection: close"] if close else []
            before = ("\r\n".join(head) + "\r\nX-Request-UUID: ").encode()
            after = b"\r\n\r\n" + body
            file.write(b"%d\n%s%d\n%s" % (len(before), before, len(after), after))
    return sum(map(len, made)) // len(made)
