"""Delivers webhooks to the hooks that are registered, signed with their secrets; some of them badly, as the manners say."""
import dataclasses
import hashlib
import hmac
import http.client
import json
import random
import urllib.parse
import uuid

from . import cloud, datacenter

CLOUD_BYTES_MAX = 256 * 1024  # larger ones are never sent
CLOUD_ATTEMPTS = 3
ANSWER_SECONDS = 10


@dataclasses.dataclass(frozen=True)
class Manners:
    """Probabilities for each delivery."""
    lost: float = 0
    doubled: float = 0
    swapped: float = 0  # with the one before it
    scattered: float = 0  # to any place among those that wait
    held: float = 0  # back until the next flush


@dataclasses.dataclass
class Delivery:
    product: str
    key: str
    id: str
    hook: object
    body: bytes
    repository: object
    fate: str = "sent"  # lost, held, too large
    statuses: list = dataclasses.field(default_factory=list)  # of its attempts; 0: no answer

    def headers(self, attempt):
        headers = {"X-Event-Key": self.key, "Content-Type": "application/json"}
        if self.hook.secret:
            headers["X-Hub-Signature"] = "sha256=" + \
                hmac.new(self.hook.secret.encode(), self.body, hashlib.sha256).hexdigest()
        if self.product == "cloud":
            return headers | {
                "X-Request-UUID": self.id, "X-Hook-UUID": self.hook.uuid.strip("{}"), "X-Attempt-Number": str(attempt),
                "User-Agent": "Bitbucket-Webhooks/2.0"
            }
        return headers | {
            "X-Request-Id": self.id, "User-Agent": "Atlassian HttpClient 4.2.0 / Bitbucket-9.4.0 (9004000) / Default"
        }


class Deliveries:
    """Listens to a fake's changes from now on. `context`: for https hooks. `all` has what was to be sent, oldest first."""
    def __init__(self, fake, seed=0, manners=Manners(), context=None):
        self.fake = fake
        self.manners = manners
        self.all = []
        self._context = context
        self._rng = random.Random(seed)
        self._queue = []
        self._connections = {}
        fake.change.listeners.append(self._listen)

    def _listen(self, happened):
        repo, world = happened.repository, self.fake.world
        dates = "zulu" if self.fake.settings.iso_dates else "ms"
        for product, hooks, told in (("cloud", [*repo.hooks, *world.workspace_hooks],
                                      lambda: cloud.webhooks(world, self.fake.url, happened)), ("datacenter", [
                                          *repo.datacenter_hooks, *repo.project.hooks
                                      ], lambda: datacenter.webhooks(world, self.fake.datacenter_api, happened, dates))):
            if any(hook.active for hook in hooks):
                for key, body in told():
                    self._enqueue(product, key, body, [hook for hook in hooks if hook.active and key in hook.events], repo)

    def _enqueue(self, product, key, body, hooks, repo):
        encoded = json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()
        for hook in hooks:
            delivery = Delivery(product, key, str(uuid.UUID(int=self._rng.getrandbits(128), version=4)), hook, encoded,
                                repo)
            self.all.append(delivery)
            chance = self._rng.random()
            if product == "cloud" and len(encoded) > CLOUD_BYTES_MAX:
                delivery.fate = "too large"
            elif chance < self.manners.lost:
                delivery.fate = "lost"
            elif chance < self.manners.lost + self.manners.held:
                delivery.fate = "held"
                self._queue.append(delivery)
            else:
                self._queue.insert(self._place(), delivery)

    def _place(self):
        if self._rng.random() < self.manners.scattered:
            return self._rng.randint(0, len(self._queue))
        return max(len(self._queue) - (self._rng.random() < self.manners.swapped), 0)

    def flush(self):
        """Sends what waits, but for what is held back until the next time."""
        queue, self._queue = self._queue, []
        for delivery in queue:
            if delivery.fate == "held":
                delivery.fate = "sent"
                self._queue.append(delivery)
                continue
            self._send(delivery)
            if self._rng.random() < self.manners.doubled:
                self._attempt(delivery, 2)

    def deliver_lost(self):
        """After all: also what was sent while nobody took it."""
        for delivery in self.all:
            if delivery.fate != "too large" and 200 not in delivery.statuses:
                self._send(delivery)

    def forget_connections(self):
        """Those that are kept lead to a process that has ended."""
        for connection in self._connections.values():
            connection.close()
        self._connections.clear()

    def _send(self, delivery):
        """Cloud tries again at once on a 5xx; Data Center never."""
        for attempt in range(1, CLOUD_ATTEMPTS + 1 if delivery.product == "cloud" else 2):
            if self._attempt(delivery, attempt) < 500:
                return

    def _attempt(self, delivery, attempt):
        parts = urllib.parse.urlsplit(delivery.hook.url)
        where = parts.scheme, parts.netloc
        try:
            connection = self._connections.pop(where, None) or self._connect(parts)
            connection.request("POST", parts.path or "/", delivery.body, delivery.headers(attempt))
            answer = connection.getresponse()
            answer.read()
            self._connections[where] = connection
            delivery.statuses.append(answer.status)
        except (OSError, http.client.HTTPException):
            delivery.statuses.append(0)
        return delivery.statuses[-1]

    def _connect(self, parts):
        if parts.scheme == "https":
            return http.client.HTTPSConnection(parts.hostname, parts.port, timeout=ANSWER_SECONDS, context=self._context)
        return http.client.HTTPConnection(parts.hostname, parts.port, timeout=ANSWER_SECONDS)
