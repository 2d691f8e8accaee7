#!/usr/bin/env python3
"""From events to two DORA metrics: deployment frequency, and lead time for changes, per repository.

    dora.py [FILE...]       JSON lines, as the file sink writes them; without a file: standard input

A change is deployed when a deployment to a production environment ends well and has it among its ancestors; where a
repository has no deployments, a pipeline on its default branch that ends well counts as one. Its lead time begins with
the commit.
"""
import collections
import datetime
import fileinput
import json
import statistics


def time_of(text):
    return datetime.datetime.fromisoformat(text.replace("Z", "+00:00"))


class Repository:
    def __init__(self):
        self.commits = {}  # sha: (when, parents)
        self.deployments, self.pipelines = [], []  # (when, sha)
        self.seen = set()

    def take(self, event):
        if event["id"] in self.seen:
            return
        self.seen.add(event["id"])
        kind, data = event["type"].removeprefix("dev.bbstream.").removesuffix(".v1"), event["data"]
        if kind == "commit.added" and data["commit"]["sha"] and data["commit"]["date"]:
            commit = data["commit"]
            self.commits[commit["sha"]] = (time_of(commit["date"]), commit["parents"])
        elif kind == "deployment.finished" and data["result"] == "success" and (data["environment"] or {}).get("type") == "production":
            self.deployments.append((time_of(event["time"]), data["sha"]))
        elif kind == "pipelinerun.finished" and data["result"] == "success" and data["ref"]:
            default = data["repository"]["defaultBranch"] or "main"
            if data["ref"]["shortName"] == default:
                self.pipelines.append((time_of(event["time"]), data["sha"]))

    def lead_times(self):
        """Of each commit, from its date to the first deployment that has it."""
        deployed, times = set(), []
        for when, sha in sorted(self.deployments or self.pipelines, key=lambda each: each[0]):
            waiting = [sha]
            while waiting:
                commit = waiting.pop()
                if commit in deployed or commit not in self.commits:
                    continue
                deployed.add(commit)
                began, parents = self.commits[commit]
                times.append(when - began)
                waiting.extend(parents)
        return times

    def per_week(self):
        done = sorted(when for when, _ in self.deployments or self.pipelines)
        weeks = max((done[-1] - done[0]) / datetime.timedelta(weeks=1), 1) if done else 1
        return len(done) / weeks


def main():
    repositories = collections.defaultdict(Repository)
    names = {}
    for line in fileinput.input(encoding="utf-8"):
        event = json.loads(line)
        repository = event.get("data", {}).get("repository")
        if repository:
            if repository["fullName"] or event["source"] not in names:  # spans of a pipeline tell the id alone
                names[event["source"]] = repository["fullName"] or event["source"]
            repositories[event["source"]].take(event)
    print(f"{'repository':40}{'deployments a week':>20}{'median lead time':>20}")
    for source, each in sorted(repositories.items(), key=lambda item: names[item[0]]):
        times = each.lead_times()
        if times:
            median = datetime.timedelta(seconds=round(statistics.median(time.total_seconds() for time in times)))
            print(f"{names[source]:40}{each.per_week():>20.1f}{str(median):>20}")


if __name__ == "__main__":
    main()
