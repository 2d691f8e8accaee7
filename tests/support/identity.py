"""Event ids, partition keys and partitions, computed apart from the daemon's own code.

Ids: one UUIDv5 per fact. Partitions: what Kafka's Java client does with a key (Utils.murmur2).
"""
import hashlib
import json
import uuid

NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, "urn:bitbucket-events:event-id:v1")
NO_COMMIT = "0" * 40


def escape(part):
    return part.replace("%", "%25").replace("\n", "%0A").replace("\r", "%0D")


def event_id(fact, instance, *parts):
    return str(uuid.uuid5(NAMESPACE, "\n".join(["v1", fact, instance, *map(escape, map(str, parts))])))


def unknown_id(instance, delivery_id, body, position="-"):
    return event_id("unknown", instance, delivery_id or "-", hashlib.sha256(body).hexdigest(), position)


def snapshot_id(entity, entity_id, value, occurrence=0):
    """Of an event that shows how a thing is: it is named by what it shows."""
    shown = {name: member for name, member in value["data"].items() if name not in ("raw", "enrichment", "truncated")}
    canonical = json.dumps(shown, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()
    return event_id(f"snapshot.{entity}", value["bbinstance"], shown["repository"]["id"], entity_id,
                    hashlib.sha256(canonical).hexdigest()[:16], occurrence)


def murmur2(data):
    """org.apache.kafka.common.utils.Utils.murmur2, as an unsigned 32-bit value."""
    m, mask = 0x5BD1E995, 0xFFFFFFFF
    h = (0x9747B28C ^ len(data)) & mask
    whole = len(data) // 4 * 4
    for at in range(0, whole, 4):
        k = int.from_bytes(data[at:at + 4], "little") * m & mask
        k = (k ^ k >> 24) * m & mask
        h = (h * m & mask) ^ k
    tail = data[whole:]
    if tail:
        h = (h ^ int.from_bytes(tail, "little")) * m & mask
    h = (h ^ h >> 13) * m & mask
    return h ^ h >> 15


def partition(key, count):
    return (murmur2(key.encode()) & 0x7FFFFFFF) % count
