"""The oracle of the whole-process tests, held against vectors that other implementations gave."""
import json
import pathlib
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
import identity
import schemas
import story
import verify

REPOSITORY = "3deb8c29-778a-450c-8f69-3e50a18079df"
HEAD = "7ef5981d59145c3ed300b1ab77b93907d33abe59"


class Ids(unittest.TestCase):
    def test_ids_are_those_of_the_published_vectors(self):
        vectors = {
            ("ref", "cloud", REPOSITORY, "refs/heads/main", "0" * 40, HEAD, 0): "423e6ead-6189-550f-a667-237497d65173",
            ("ref", "cloud", REPOSITORY, "refs/heads/main", "0" * 40, HEAD, 1): "3d61ef33-a0c2-5917-8e4b-e48ecb2e3184",
            ("commit", "cloud", REPOSITORY, HEAD): "a674a7da-e67f-53ce-92c5-565064da2d6e",
            ("pr.opened", "dc-main", 4, 5): "788a4d9b-9859-586c-b958-a70bf3e6859d",
            ("pr.review", "dc-main", 4, 5, 2125, "approved", 0): "d010f23f-859d-5c90-a648-30ecbb76d855",
            ("ref", "cloud", REPOSITORY, "refs/heads/feature/100%-ünïcode", "0" * 40, HEAD, 0):
                "806e6c97-99ad-5bda-9ed5-0702f0e77a37",
        }
        for parts, want in vectors.items():
            self.assertEqual(identity.event_id(*parts), want)

    def test_murmur2_is_that_of_the_java_client(self):
        # From the Java client's own tests (UtilsTest.testMurmur2), as unsigned values.
        vectors = {"21": -973932308, "foobar": -790332482, "a-little-bit-long-string": -985981536,
                   "a-little-bit-longer-string": -1486304829, "lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8": -58897971,
                   "abc": 479470107}
        for text, want in vectors.items():
            self.assertEqual(identity.murmur2(text.encode()), want & 0xFFFFFFFF, text)


class Verdicts(unittest.TestCase):
    """An oracle that finds nothing wrong is only worth something if it does find what is."""

    def setUp(self):
        self.story = story.Story(7, story.make_repositories(4), 60, 3)
        self.events = []
        for sequence, delivery in enumerate(self.story.all(), 1):
            delivery.sequences.append(sequence)
            for expected in delivery.expected:
                self.events.append(self.published(delivery, expected, sequence))
        self.partitions = {"repository.v1": 12, "commit.v1": 12, "unknown.v1": 3}

    @staticmethod
    def example(kind):
        """What the schema of a type gives as one, for the members that no delivery says."""
        path = schemas.ROOT / "schemas" / kind.split(".", 2)[2][:-3] / "examples/1.0.json"
        return json.loads(path.read_text(encoding="utf-8"))

    def published(self, delivery, expected, sequence):
        repository = delivery.repository
        example = self.example(expected.type)
        value = example | {
            "specversion": "1.0", "id": expected.id, "type": expected.type, "subject": expected.subject,
            "source": f"bitbucket://{repository.instance}/repositories/{repository.id}", "partitionkey": repository.key,
            "bbproduct": repository.product, "bbinstance": repository.instance, "bborigin": "webhook",
            "bbeventkey": delivery.event_key, "bbdeliveryid": delivery.id, "datacontenttype": "application/json",
            "sequence": f"0001.{sequence:019}.{expected.index:06}", "correlationid": f"0001.{sequence:019}",
            "bbreceivedtime": "2026-01-01T00:00:00.000000Z", "time": expected.time or "2026-01-01T00:00:00.000000Z",
            "bbtimebasis": "payload" if expected.time else "received",
            "dataschema": "https://bbstream.dev/schemas/" + expected.type.split(".", 2)[2][:-3] + "/1.0.json",
            "data": example["data"] | {"raw": {"journal": sequence},
                                       "repository": example["data"]["repository"] | {"id": repository.id}},
        }
        if expected.topic == "repository.v1":
            value["data"] |= {"ref": example["data"]["ref"] | {"name": expected.subject}, "oldSha": expected.shas[0], "newSha": expected.shas[1]}
        elif expected.topic == "commit.v1":
            value["data"]["commit"] = example["data"]["commit"] | {"sha": expected.shas[0]}
        return verify.Event(expected.topic, -1, len(self.events), None, None, value)

    def complaints(self):
        return verify.problems(self.story.all(), self.events)

    def test_what_is_right_passes(self):
        self.assertEqual(self.complaints(), [])

    def test_a_lost_event_is_found(self):
        del self.events[5]
        self.assertIn("lost", self.complaints()[0])

    def test_a_doubled_event_is_found(self):
        self.events.append(self.events[5])
        self.assertIn("2 times", self.complaints()[0])

    def test_an_invented_event_is_found(self):
        self.events[5].value["id"] = "423e6ead-6189-550f-a667-237497d65173"
        self.assertTrue(any("invented" in line for line in self.complaints()))

    def test_a_swapped_pair_is_found(self):
        for topic in ("commit.v1", "repository.v1"):
            first, second = [event for event in self.events if event.topic == topic][:2]
            first.offset, second.offset = second.offset, first.offset
        self.assertTrue(any("out of order" in line for line in self.complaints()))

    def test_a_wrong_attribute_is_found(self):
        self.events[5].value["source"] += "0"
        self.assertIn("source", self.complaints()[0])

    def test_what_the_schema_forbids_is_found(self):
        del self.events[5].value["data"]["truncated"]
        self.assertIn("'truncated' is a required property", self.complaints()[0])
        self.events[5].value["data"] |= {"truncated": [], "secret": 1}
        self.assertIn("'secret' was unexpected", self.complaints()[0])
        del self.events[5].value["data"]["secret"]
        self.events[5].value["bborigin"] = 7
        self.assertTrue(any("$.bborigin" in line for line in self.complaints()))
        self.events[5].value["dataschema"] += "5"
        self.assertTrue(any("there is no schema" in line for line in self.complaints()))

    def test_half_of_an_unanswered_delivery_is_found(self):
        whole = next(delivery for delivery in self.story.all() if len(delivery.expected) > 1)
        whole.sequences.clear()
        self.events = [event for event in self.events if event.value["id"] != whole.expected[0].id]
        self.assertIn("half", self.complaints()[0])


if __name__ == "__main__":
    unittest.main()
