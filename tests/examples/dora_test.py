"""docs/examples/dora.py on a small story, told as the file sink tells it; its figures are counted by hand."""
import json
import pathlib
import subprocess
import sys

PROGRAM = pathlib.Path(__file__).resolve().parents[2] / "docs/examples/dora.py"
EXAMPLES = pathlib.Path(__file__).resolve().parents[2] / "schemas"


def example(kind):
    return json.loads((EXAMPLES / kind / "examples/1.0.json").read_text(encoding="utf-8"))


def commit(name, when, *parents):
    event = example("commit.added")
    event["id"] = f"commit-{name}"
    event["data"]["commit"].update(sha=name * 40, date=when, parents=[parent * 40 for parent in parents])
    return event


def done(kind, number, name, when, **data):
    event = example(kind)
    event.update(id=f"{kind}-{number}", time=when)
    event["data"].update(sha=name * 40, result="success", **data)
    return event


def report(events):
    lines = "".join(json.dumps(event) + "\n" for event in events)
    ran = subprocess.run([sys.executable, PROGRAM], input=lines, stdout=subprocess.PIPE, text=True, check=True)
    return ran.stdout.splitlines()[1:]


def check(found, wanted):
    if found != wanted:
        sys.exit(f"expected {wanted}, got {found}")


HISTORY = [commit("a", "2026-03-02T08:00:00.000000Z"), commit("b", "2026-03-02T09:00:00.000000Z", "a"),
           commit("c", "2026-03-09T10:00:00.000000Z", "b")]


def main():
    production = {"environment": {"id": "e", "name": "Production", "type": "production"}}
    staging = {"environment": {"id": "s", "name": "Staging", "type": "staging"}}
    deployments = [done("deployment.finished", 1, "c", "2026-03-02T09:30:00.000000Z", **staging),
                   done("deployment.finished", 4, "c", "2026-03-02T09:40:00.000000Z", environment=None),
                   done("deployment.finished", 2, "b", "2026-03-02T10:00:00.000000Z", **production),
                   done("deployment.finished", 3, "c", "2026-03-09T13:00:00.000000Z", **production)]
    # Lead times of 2, 1 and 3 hours; two deployments in a little more than a week. What comes twice counts once.
    check([line.split() for line in report([*HISTORY, *deployments, *deployments])], [["acme/ledger", "2.0", "2:00:00"]])
    pipelines = [done("pipelinerun.finished", 1, "b", "2026-03-02T12:00:00.000000Z")]
    check([line.split() for line in report([*HISTORY, *pipelines])], [["acme/ledger", "1.0", "3:30:00"]])
    # An event that tells the repository's id alone does not take its name away.
    nameless = done("taskrun.finished", 1, "b", "2026-03-02T12:00:00.000000Z")
    nameless["data"]["repository"]["fullName"] = None
    check([line.split() for line in report([nameless, *HISTORY, *pipelines, nameless | {"id": "taskrun-2"}])],
          [["acme/ledger", "1.0", "3:30:00"]])
    check(report(HISTORY), [])


main()
