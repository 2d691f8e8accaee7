"""Holds what came out against what went in. Returns problems as readable lines; none is success."""
import collections
import dataclasses

import identity
import schemas

PREFIX = "bitbucket."


@dataclasses.dataclass
class Event:
    """One event as a consumer sees it. `topic` without prefix; partition -1 and no headers from the file sink."""
    topic: str
    partition: int
    offset: int
    key: str | None
    headers: dict | None
    value: dict


def problems(deliveries, events, partitions=None, most=20):
    """`partitions`: topic -> count, where the events come from Kafka. `most` bounds the report."""
    found = []
    wanted = {expected.id: (expected, delivery) for delivery in deliveries for expected in delivery.expected}
    seen = collections.Counter(event.value["id"] for event in events)
    found += [f"{count} times in the sink: {describe(wanted, id)}" for id, count in seen.items() if count > 1]
    found += [f"invented: {event.topic} {event.value}" for event in events if event.value["id"] not in wanted]
    found += lost(deliveries, seen)
    found += disorder(events)
    for event in events:
        found += [f"{event.value['type']} {event.value['id']}: {line}" for line in schemas.problems(event.value)]
        if event.value["id"] in wanted:
            expected, delivery = wanted[event.value["id"]]
            found += [f"{expected.type} {expected.id}: {line}" for line in differences(event, expected, delivery)]
            if partitions:
                found += [f"{expected.type} {expected.id}: {line}" for line in kafka_differences(event, partitions)]
    return found[:most] + ([f"... and {len(found) - most} more"] if len(found) > most else [])


def describe(wanted, id):
    return f"{wanted[id][0].type} {id}" if id in wanted else id


def lost(deliveries, seen):
    """Whatever was answered with 2xx must be there; what never was may be there, but only whole."""
    for delivery in deliveries:
        missing = [expected for expected in delivery.expected if not seen[expected.id]]
        if missing and delivery.sequences:
            yield f"lost: {len(missing)} of {len(delivery.expected)} of delivery {delivery.id}, accepted as {delivery.sequences}"
        elif missing and len(missing) != len(delivery.expected):
            yield f"half of delivery {delivery.id}, which was never answered"


def disorder(events):
    """Within a topic's partition (or the file), in order of acceptance; so within each repository, too."""
    last = {}
    for event in events:
        lane = (event.topic if event.partition >= 0 else "file", event.partition)
        before, here = last.get(lane), (event.offset, event.value["sequence"])
        if before and not (before[0] < here[0] and before[1] < here[1]):
            yield f"out of order in {lane}: {before} before {here}"
        last[lane] = here


def differences(event, expected, delivery):
    value, repository = event.value, delivery.repository
    epoch, accepted, index = value["sequence"].split(".")
    want = {
        "specversion": "1.0", "type": expected.type, "subject": expected.subject,
        "source": f"bitbucket://{repository.instance}/repositories/{repository.id}",
        "partitionkey": repository.key, "bbproduct": repository.product, "bbinstance": repository.instance,
        "bborigin": "webhook", "bbeventkey": delivery.event_key, "bbdeliveryid": delivery.id,
        "datacontenttype": "application/json", "correlationid": f"{epoch}.{accepted}",
        "time": expected.time or value["bbreceivedtime"], "bbtimebasis": "payload" if expected.time else "received",
        "dataschema": f"https://bbstream.dev/schemas/{expected.type[13:-3]}/1.0.json",
    }
    for name, wanted in want.items():
        if value.get(name) != wanted:
            yield f"{name} is {value.get(name)!r}, not {wanted!r}"
    if (len(epoch), len(accepted), len(index)) != (4, 19, 6) or int(index) != expected.index:
        yield f"sequence is {value['sequence']}, its index should be {expected.index}"
    if event.topic != expected.topic:
        yield f"came by {event.topic}, not {expected.topic}"
    first = min(delivery.sequences, default=None)
    if first is not None and (int(accepted) > first or (int(accepted) != first and not delivery.failed_attempts)):
        yield f"sequence says record {int(accepted)}, the answers said {delivery.sequences}"
    yield from data_differences(value["data"], expected, int(accepted), repository)


def data_differences(data, expected, accepted, repository):
    if data["raw"] != {"journal": accepted}:
        yield f"raw is {data['raw']}"
    if data["repository"]["id"] != repository.id:
        yield f"repository.id is {data['repository']['id']!r}"
    if expected.topic == "repository.v1" and (data["ref"]["name"], data["oldSha"], data["newSha"]) != (
            expected.subject, *expected.shas):
        yield f"ref is {data['ref']['name']} {data['oldSha']}..{data['newSha']}, not {expected.shas}"
    if expected.topic == "commit.v1" and data["commit"]["sha"] != expected.shas[0]:
        yield f"commit is {data['commit']['sha']}"


def kafka_differences(event, partitions):
    if event.key != event.value["partitionkey"]:
        yield f"key is {event.key!r}"
    if event.partition != identity.partition(event.key, partitions[event.topic]):
        yield f"in partition {event.partition} of {partitions[event.topic]}"
    want = {f"ce_{name}": value if isinstance(value, str) else str(value)
            for name, value in event.value.items() if name not in ("data", "datacontenttype")}
    have = {name: value for name, value in event.headers.items() if name.startswith("ce_")}
    have.pop("ce_datacontenttype", None)
    if want != have:
        differing = sorted(name for name in want.keys() | have.keys() if want.get(name) != have.get(name))
        yield f"headers differ from the value in {differing}"
    if event.headers.get("content-type") != "application/cloudevents+json; charset=UTF-8":
        yield f"content-type is {event.headers.get('content-type')!r}"
