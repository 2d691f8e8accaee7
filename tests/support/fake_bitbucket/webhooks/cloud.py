"""Cloud's webhook bodies. They say less than REST, and in other places more."""
import base64
import hashlib

from .. import graph
from ..clock import cloud_date
from ..cloud.bodies import SITE, Bodies, links
from ..entities import NO_COMMIT

COMMITS_MAX = 5
SCOPE = {"name": "bitbucket-pipelines", "version": "1"}
PULL_REQUEST_KEYS = {
    "opened": "pullrequest:created", "updated": "pullrequest:updated", "rescoped": "pullrequest:updated",
    "approved": "pullrequest:approved", "unapproved": "pullrequest:unapproved",
    "changes_requested": "pullrequest:changes_request_created",
    "changes_request_removed": "pullrequest:changes_request_removed", "commented": "pullrequest:comment_created",
    "comment_updated": "pullrequest:comment_updated", "comment_deleted": "pullrequest:comment_deleted",
    "comment_resolved": "pullrequest:comment_resolved", "comment_reopened": "pullrequest:comment_reopened",
    "merged": "pullrequest:fulfilled", "declined": "pullrequest:rejected"
}


def webhooks(world, origin, happened):
    """[(event key, body)] of what happened; nothing where Cloud is silent."""
    return Teller(world, origin, happened).tell()


class Teller:
    def __init__(self, world, origin, happened):
        self.bodies = Bodies(world, origin)
        self.happened = happened
        self.repo = happened.repository

    def tell(self):
        kind, what = self.happened.kind, self.happened.what
        if kind == "push":
            return [("repo:push",
                     self._common() | {"push": {"changes": [self._change(moved) for moved in what["changes"]]}})]
        if kind.startswith("pull_request_"):
            return self._pull_request(kind.removeprefix("pull_request_"))
        if kind in ("status_created", "status_updated"):
            status = self.bodies.status(self.repo, what["commit"], what["status"])
            status["commit"] = self.bodies.target(self.repo, self.repo.commits[what["commit"]])
            return [(f"repo:commit_{kind}", self._common() | {"commit_status": status})]
        if kind == "pipeline":
            return self._pipeline(what["pipeline"])
        if kind in ("repository_created", "repository_deleted"):
            return [(kind.replace("repository_", "repo:"), self._common())]
        if kind == "repository_forked":
            return [("repo:fork", self._common() | {"fork": self.bodies.repository(what["fork"])})]
        return self._updated(what["before"]) if kind == "repository_updated" else []

    def _common(self):
        return {"actor": self.bodies.user(self.happened.user), "repository": self._repository(self.repo)}

    def _repository(self, repo):
        """Without the slug, as the real ones."""
        whole = self.bodies.repository(repo)
        body = {
            name: whole[name] for name in ("type", "uuid", "full_name", "name", "scm", "website", "owner", "workspace",
                                           "project", "is_private", "parent")
        }
        return body | {"links": self.bodies.repository_reference(repo)["links"]}

    def _ref(self, ref, commit):
        if commit == NO_COMMIT:
            return None
        _, kind, name = ref.split("/", 2)
        url = self.bodies.repository_url(self.repo)
        body = {
            "type": "branch" if kind == "heads" else "tag", "name": name, "target": self._commit(commit), "links": links(
                html=f"{SITE}/{self.bodies.full_name(self.repo)}/branch/{name}",
                commits=f"{url}/commits/{name}",
                self=f"{url}/refs/{'branches' if kind == 'heads' else 'tags'}/{name}")
        }
        if kind == "tags":
            return body | {"message": None, "date": None, "tagger": None}
        return body | {
            "merge_strategies": ["merge_commit", "squash", "fast_forward"], "default_merge_strategy": "merge_commit"
        }

    def _commit(self, commit):
        body = self.bodies.commit(self.repo, self.repo.commits[commit])
        del body["repository"]
        return body | {"properties": {}}

    def _change(self, moved):
        """A branch lists its newest commits: after the old head, or, if it is new, whatever it leads to."""
        created, closed = moved.old == NO_COMMIT, moved.new == NO_COMMIT
        body = {
            "old": self._ref(moved.ref, moved.old), "new": self._ref(moved.ref, moved.new), "created": created,
            "closed": closed, "forced": moved.forced, "truncated": False
        }
        if closed:
            return body
        url = f"{self.bodies.repository_url(self.repo)}/commits?include={moved.new}"
        body["links"] = links(html=f"{SITE}/{self.bodies.full_name(self.repo)}/branches/compare/{moved.new}..{moved.old}",
                              commits=url if created else f"{url}&exclude={moved.old}")
        if moved.ref.startswith("refs/heads/"):
            listed = graph.walk(self.repo.commits, [moved.new], [] if created else [moved.old])
            body |= {
                "commits": [self._commit(commit) for commit in listed[:COMMITS_MAX]], "truncated": len(listed) > COMMITS_MAX
            }
        return body

    def _pull_request(self, kind):
        if kind not in PULL_REQUEST_KEYS:
            return []
        pr, what = self.happened.what["pull_request"], self.happened.what
        body = self._common() | {"pullrequest": self.bodies.pull_request(self.repo, pr)}
        verdict = {"date": cloud_date(what.get("date")), "user": body["actor"]}
        if kind in ("approved", "unapproved"):
            body["approval"] = verdict
        elif kind in ("changes_requested", "changes_request_removed"):
            body["changes_request"] = verdict
        elif "comment" in what:
            body["comment"] = self.bodies.comment(self.repo, pr, what["comment"])
        return [(PULL_REQUEST_KEYS[kind], body)]

    def _updated(self, before):
        """What changed, member by member. Another project shows in the repository only."""
        changes = {"updated_on": {"old": cloud_date(before["updated_on"]), "new": cloud_date(self.repo.updated_on)}}
        if "slug" in before:
            full_name = f"{self.bodies.world.workspace}/{before['slug']}"
            changes |= {
                "name": {"old": before["name"], "new": self.repo.name},
                "full_name": {"old": full_name, "new": self.bodies.full_name(self.repo)}
            }
        return [("repo:updated", self._common() | {"changes": changes})]

    def _pipeline(self, pipeline):
        """A finished run, as spans of OpenTelemetry: no actor and no repository, and states of their own. Steps that have run come
        before it, in a delivery of their own."""
        if pipeline.state != "COMPLETED":
            return []
        steps = [self._step_span(pipeline, at, step) for at, step in enumerate(pipeline.steps) if step.started_on]
        return [("pipeline:span_created", {
            "resourceSpans": [{"resource": {"attributes": []}, "scopeSpans": [{"scope": SCOPE, "spans": spans}]}]
        }) for spans in (steps, [self._run_span(pipeline)]) if spans]

    def _run_span(self, pipeline):
        attributes = {
            "pipeline.state.result.name": span_result(pipeline.result), "pipeline.target.ref_type": "BRANCH",
            "pipeline.target.ref_name": pipeline.ref_name, "pipeline.trigger.name": pipeline.trigger
        }
        return self._span(pipeline, "bbc.pipeline_run", 16, pipeline.created_on, pipeline.completed_on, attributes)

    def _step_span(self, pipeline, at, step):
        attributes = {"step.uuid": step.uuid, "step.name": step.name, "step.state.result.name": span_result(step.result)}
        return self._span(pipeline, "bbc.step", 17 + at, step.started_on, step.completed_on, attributes)

    def _span(self, pipeline, name, place, started, ended, attributes):
        """`place`: of its id in a digest that all of the trace share."""
        trace = hashlib.sha256(pipeline.uuid.encode()).digest()
        attributes = {
            "pipeline.uuid": pipeline.uuid, "pipeline_run.uuid": pipeline.uuid, "pipeline_run.run_number": str(
                pipeline.run_number), "pipeline.repository.uuid": self.repo.uuid,
            "pipeline.account.uuid": self.bodies.world.workspace_uuid
        } | attributes
        return {
            "traceId": base64.b64encode(trace[:16]).decode(), "spanId": base64.b64encode(
                trace[place:place + 8]).decode(), "name": name, "startTimeUnixNano": nanoseconds(started),
            "endTimeUnixNano": nanoseconds(ended), "attributes": [{
                "key": key, "value": {"stringValue": value}
            } for key, value in attributes.items()] + [{
                "key": "pipeline.build_number", "value": {"intValue": str(pipeline.build_number)}
            }]
        }


def span_result(result):
    return {"SUCCESSFUL": "COMPLETE"}.get(result, result)


def nanoseconds(moment):
    return str(int(moment.timestamp()) * 10**9 + moment.microsecond * 1000)
