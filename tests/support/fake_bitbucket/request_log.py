"""What was asked, for tests to read."""
import collections
import dataclasses
import threading

KEPT_MAX = 100_000
BODY_MAX = 64 * 1024


@dataclasses.dataclass(frozen=True)
class Entry:
    number: int
    method: str
    target: str
    status: int  # 0: no answer
    headers: dict
    body: bytes
    credential: str  # its kind

    def shown(self):
        """As JSON; of the credential only its scheme."""
        headers = {
            name: value.partition(" ")[0] if name.lower() == "authorization" else value
            for name, value in self.headers.items()
        }
        return {
            "number": self.number, "method": self.method, "target": self.target, "status": self.status, "headers": headers,
            "body": self.body.decode(errors="replace"), "credential": self.credential
        }


class RequestLog:
    def __init__(self):
        self.entries = collections.deque(maxlen=KEPT_MAX)
        self.count = 0
        self._lock = threading.Lock()

    def add(self, request, status):
        with self._lock:
            self.count += 1
            self.entries.append(
                Entry(self.count, request.method, request.target, status, dict(request.headers.items()),
                      request.body[:BODY_MAX], request.credential.kind if request.credential else ""))

    def clear(self):
        with self._lock:
            self.entries.clear()
            self.count = 0

    def targets(self, method=None):
        """Method and target of each, oldest first."""
        return [entry.target for entry in self.entries if method in (None, entry.method)]
