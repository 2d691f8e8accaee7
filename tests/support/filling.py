"""Fills a journal with large deliveries until the daemon refuses one."""
import client
import identity
import payloads
import story

REPOSITORY = story.make_repositories(2)[1]
LARGE_BYTES = 400_000


class LargeDelivery:
    """A delivery of a key that nobody knows, of incompressible text; sent over a connection of its own."""

    def __init__(self, rng):
        delivery_id = payloads.stable_uuid("large", rng.getrandbits(64))
        body = payloads.encode({"repository": payloads.cloud_repository(REPOSITORY),
                                "noise": rng.randbytes(LARGE_BYTES // 2).hex()})
        expected = story.Expected(identity.unknown_id(REPOSITORY.instance, delivery_id, body), "unknown.v1",
                                  story.TYPE % "unknown.received", f"deliveries/{delivery_id}", 0, None)
        self.delivery = story.Delivery(REPOSITORY, "repo:starred", delivery_id, body, expected=[expected])
        self.status, self.headers = None, {}

    def accepted_by(self, target):
        connection = client.Connection(target)
        self.status = connection.deliver(self.delivery)
        self.headers = connection.answer_headers
        connection.close()
        if self.status != 200:
            self.delivery.failed_attempts += 1
        return self.status == 200


def fill(target, rng, bytes_max):
    """Sends until one is refused: (all that were sent, the one that was refused)."""
    sent = []
    for _ in range(bytes_max // LARGE_BYTES):
        sent.append(LargeDelivery(rng))
        if not sent[-1].accepted_by(target):
            return sent, sent[-1]
    raise AssertionError(f"{len(sent)} deliveries of {LARGE_BYTES} bytes, and none was refused")
