"""The schemas still go together with those that consumers were last given, and what would not is found."""
import copy
import json
import pathlib
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "schemas"))
import compatibility

TEXT = {"type": "string"}
BASE = {
    "type": "object", "required": ["id", "who", "list"],
    "properties": {
        "id": {"type": "string", "minLength": 1, "pattern": "^[0-9]", "description": "Of it."},
        "text": {"type": ["string", "null"], "maxLength": 100},
        "who": {"anyOf": [{"$ref": "#/$defs/person"}, {"type": "null"}]},
        "list": {"type": "array", "maxItems": 5, "items": {"$ref": "#/$defs/person"}},
    },
    "$defs": {"person": {"type": "object", "required": ["name"], "properties": {"name": TEXT}}},
}


def book(**versions):
    """book(_1_0=schema): of one type."""
    return compatibility.compact({"thing.done/" + name[1:].replace("_", "."): schema for name, schema in versions.items()})


def found(change, old="_1_0", new="_1_0"):
    """What is wrong with what `change` makes of the schema."""
    changed = copy.deepcopy(BASE)
    change(changed, changed["properties"])
    return list(compatibility.incompatibilities(book(**{old: BASE}), book(**{new: changed})))


class Pairs(unittest.TestCase):
    def check_refused(self, change, complaint):
        self.assertIn(complaint, "\n".join(found(change)))

    def check_fine(self, change):
        self.assertEqual(found(change), [])

    def test_the_same_goes_together(self):
        self.check_fine(lambda schema, members: None)

    def test_remarks_say_nothing(self):
        self.check_fine(lambda schema, members: members["id"].update(description="Another.", examples=["1"]))

    def test_a_member_may_come(self):
        self.check_fine(lambda schema, members: members.update(more=TEXT))
        self.check_fine(lambda schema, members: schema["$defs"]["person"]["properties"].update(more=TEXT))

    def test_but_not_as_required(self):
        self.check_refused(lambda schema, members: (members.update(more=TEXT), schema["required"].append("more")),
                           "thing.done/1.0.more: it is required now")

    def test_a_member_may_not_go(self):
        self.check_refused(lambda schema, members: members.pop("text"), "thing.done/1.0.text: it was removed")
        self.check_refused(lambda schema, members: schema["$defs"]["person"].update(properties={}),
                           "thing.done/1.0.list[].name: it was removed")

    def test_what_was_required_stays_so(self):
        self.check_refused(lambda schema, members: schema["required"].remove("who"), "who: it is no longer required")

    def test_a_type_may_neither_narrow_nor_widen(self):
        self.check_refused(lambda schema, members: members["text"].update(type="string"), "text: its type was")
        self.check_refused(lambda schema, members: members["id"].update(type=["string", "null"]), "id: its type was")
        self.check_refused(lambda schema, members: members["id"].update(type="integer"), "id: its type was")

    def test_an_alternative_may_neither_go_nor_change(self):
        self.check_refused(lambda schema, members: members["who"]["anyOf"].pop(), "who: it had 2 alternatives and has 1")
        self.check_refused(lambda schema, members: members["who"].pop("anyOf"), "who: it had 2 alternatives and has 0")
        self.check_refused(lambda schema, members: members["who"]["anyOf"].reverse(), "who: its type was")

    def test_what_is_inside_a_definition_counts_wherever_it_is_used(self):
        complaints = found(lambda schema, members: schema["$defs"]["person"]["properties"].update(name={"type": "null"}))
        self.assertEqual([line.split(":")[0] for line in complaints],
                         ["thing.done/1.0.who.name", "thing.done/1.0.list[].name"])

    def test_restrictions_stay(self):
        for keyword, value in (("pattern", "^[a-z]"), ("minLength", 0), ("minLength", 2), ("format", "uri"), ("const", "1")):
            self.check_refused(lambda schema, members: members["id"].update({keyword: value}), f"id: its {keyword} was")
        self.check_refused(lambda schema, members: members["id"].pop("pattern"), "id: its pattern was")
        self.check_refused(lambda schema, members: members["list"].pop("items"), "list: its items are restricted only")

    def test_limits_may_grow_only(self):
        self.check_fine(lambda schema, members: members["text"].update(maxLength=200))
        self.check_fine(lambda schema, members: members["list"].pop("maxItems"))
        self.check_refused(lambda schema, members: members["text"].update(maxLength=99), "text: its maxLength was")
        self.check_refused(lambda schema, members: members["id"].update(maxLength=99), "id: its maxLength was")


class Versions(unittest.TestCase):
    def remove(self, schema, members):
        members.pop("text")

    def test_a_minor_version_goes_together_with_those_before_it(self):
        complaints = list(compatibility.incompatibilities(book(_1_0=BASE), book(_1_0=BASE, _1_1={**BASE, "required": []})))
        self.assertEqual(len(complaints), 3)
        self.assertTrue(all(line.startswith("thing.done/1.1.") for line in complaints))

    def test_a_major_version_is_free(self):
        self.assertEqual(found(self.remove, new="_2_0"), [])
        self.assertEqual(len(found(self.remove, new="_1_0")), 1)
        self.assertEqual(len(found(self.remove, old="_1_0", new="_1_1")), 2)  # and 1.0 is gone

    def test_a_type_does_not_go(self):
        nothing = {"definitions": {}, "schemas": {}}
        self.assertEqual(len(list(compatibility.incompatibilities(book(_1_0=BASE), nothing))), 1)
        self.assertEqual(list(compatibility.incompatibilities(nothing, book(_1_0=BASE))), [])


class Tree(unittest.TestCase):
    def setUp(self):
        self.baseline = json.loads(compatibility.BASELINE.read_text(encoding="utf-8"))
        self.tree = compatibility.read_tree()

    def test_it_goes_together_with_the_baseline(self):
        self.assertEqual(list(compatibility.incompatibilities(self.baseline, self.tree)), [])

    def test_a_member_that_is_lost_would_be_found_wherever_it_is(self):
        definitions = self.baseline["definitions"]
        for name, schema in self.baseline["schemas"].items():
            for member in schema["properties"]:
                fewer = {key: value for key, value in schema["properties"].items() if key != member}
                books = [{"definitions": definitions, "schemas": {name: each}}
                         for each in (schema, {**schema, "properties": fewer})]
                self.assertEqual(list(compatibility.incompatibilities(*books)), [f"{name}.{member}: it was removed"])


if __name__ == "__main__":
    unittest.main()
