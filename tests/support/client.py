"""Sends deliveries as Bitbucket does: signed, over TLS, on connections that stay open."""
import collections
import hashlib
import hmac
import http.client
import json
import math
import socket
import threading
import time

import daemon
import harness

ANSWER_TIMEOUT = 10.0  # Bitbucket Cloud's own


def signature(body, secret):
    return "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


def sequence_of(answer):
    return json.loads(answer)["seq"]


def signed_headers(delivery):
    return delivery.headers | {"X-Hub-Signature": signature(delivery.body, daemon.SECRETS[delivery.repository.instance])}


def connect(target, context=None):
    """A TLS connection for what no HTTP library would send; by `context`, if not by the usual one."""
    plain = socket.create_connection(("127.0.0.1", target.port), timeout=30 * harness.SLOWNESS)
    plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return (context or target.context).wrap_socket(plain, server_hostname="localhost")


def raw_request(method, path, headers, body):
    """One request as bytes; `headers` are pairs."""
    lines = [f"{method} {path} HTTP/1.1", "Host: localhost", *(f"{name}: {value}" for name, value in headers)]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def raw_delivery(delivery):
    headers = [("Content-Length", len(delivery.body)), *signed_headers(delivery).items()]
    return raw_request("POST", daemon.PATHS[delivery.repository.instance], headers, delivery.body)


class Connection:
    """One connection to the webhook listener, opened again whenever it broke."""

    def __init__(self, target):
        self.target = target
        self.http = None
        self.answer_headers = {}  # of the last answer

    def deliver(self, delivery):
        """The status of the answer, or None where there was none."""
        path = daemon.PATHS[delivery.repository.instance]
        try:
            if self.http is None:
                self.http = http.client.HTTPSConnection("127.0.0.1", self.target.port, context=self.target.context,
                                                        timeout=ANSWER_TIMEOUT * harness.SLOWNESS)
            self.http.request("POST", path, delivery.body, signed_headers(delivery))
            response = self.http.getresponse()
            answer = response.read()
        except (OSError, http.client.HTTPException):
            self.close()
            return None
        self.answer_headers = response.headers
        if response.will_close:
            self.close()
        if response.status == 200:
            delivery.sequences.append(sequence_of(answer))
        return response.status

    def close(self):
        if self.http:
            self.http.close()
        self.http = None


class Load:
    """Deals a story over connections: each lane in order by one of them, free deliveries by whoever comes first.

    `patience`: how many attempts a free delivery gets; a lane's delivery is repeated until it is accepted. `pause`:
    seconds between two deliveries of a connection. No more than about `until` deliveries are accepted.
    """

    def __init__(self, target, story, patience=1, pause=0.0):
        self.target = target
        self.patience = patience
        self.pause = pause
        self.free = collections.deque(story.free)
        self.lock = threading.Lock()
        self.accepted = 0
        self.until = math.inf
        self.refused = {}
        self.threads = [threading.Thread(target=self._send, args=(lane,), daemon=True) for lane in story.lanes]

    def start(self):
        for thread in self.threads:
            thread.start()
        return self

    def join(self, timeout=600):
        deadline = time.monotonic() + timeout * harness.SLOWNESS
        for thread in self.threads:
            thread.join(max(0.1, deadline - time.monotonic()))
        assert not self.busy(), f"deliveries did not come to an end: {self.refused}"

    def busy(self):
        return any(thread.is_alive() for thread in self.threads)

    def progress(self):
        """Deliveries accepted so far; infinite at the end, so that nobody waits for what will not come."""
        return self.accepted if self.busy() else math.inf

    def _send(self, lane):
        connection = Connection(self.target)
        for delivery, patience in self._in_turn(lane):
            while self.accepted >= self.until:
                time.sleep(0.01)
            while not self._attempt(connection, delivery):
                if delivery.failed_attempts >= patience:
                    break
                time.sleep(0.02)
            if self.pause:
                time.sleep(self.pause)
        connection.close()

    def _in_turn(self, lane):
        """The lane's own deliveries, with free ones in between and after."""
        for delivery in lane:
            yield delivery, math.inf
            if self.free:
                yield from self._take_free()
        while self.free:
            yield from self._take_free()

    def _take_free(self):
        with self.lock:
            return [(self.free.popleft(), self.patience)] if self.free else []

    def _attempt(self, connection, delivery):
        status = connection.deliver(delivery)
        with self.lock:
            if status == 200:
                self.accepted += 1
                return True
            delivery.failed_attempts += 1
            self.refused[status] = self.refused.get(status, 0) + 1
            return False
