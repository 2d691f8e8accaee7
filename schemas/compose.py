#!/usr/bin/env python3
"""Writes the schemas of `data`, one for each event type, from the definitions that they share, and their examples from
what the encoder makes of an event of each type (tests/golden/encoder/filled.jsonl).

usage: compose.py [--check]

Every field that is declared here is always written, and so required. `--check` writes nothing and fails where a file
is not what would be written.
"""
import json
import pathlib
import sys

PREFIX = "https://bbstream.dev/schemas/"
SHA = "^([0-9a-f]{40}|[0-9a-f]{64})$"
SHORT_SHA = "^[0-9a-f]{12}$"
TIME = "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\\.[0-9]{6}Z$"


# A field, of what may be null (`some_`) or not. `about` describes it; `more` are further keywords.

def field(kind, about, more):
    described = {"description": about} if about else {}
    return {**described, "type": kind, **more}


def text(about=None, **more):
    return field("string", about, more)


def some_text(about=None, **more):
    return field(["string", "null"], about, more)


def one_of(*values, about="An open list."):
    return text(about, examples=list(values))


def some_one_of(*values, about="An open list."):
    return some_text(about, examples=list(values))


def some_sha(about=None):
    return some_text(about, pattern=SHA)


def some_short_sha(about=None):
    return some_text(about, pattern=SHORT_SHA)


def some_time(about=None):
    return some_text(about, format="date-time", pattern=TIME)


def number(about=None, minimum=0):
    return field("integer", about, {"minimum": minimum})


def some_number(about=None, minimum=0):
    return field(["integer", "null"], about, {"minimum": minimum})


def flag(about=None):
    return field("boolean", about, {})


def some_flag(about=None):
    return field(["boolean", "null"], about, {})


def a(name):
    return {"$ref": "#/$defs/" + name}


def some(name, about=None):
    return {**({"description": about} if about else {}), "anyOf": [a(name), {"type": "null"}]}


def list_of(items, about=None):
    return field("array", about, {"items": items})


def some_list_of(items, about=None):
    return field(["array", "null"], about, {"items": items})


def record(about=None, **fields):
    described = {"description": about} if about else {}
    return {**described, "type": "object", "required": list(fields), "properties": fields}


def hashes(name, about=None):
    """A hash that Cloud's pull requests have 12 digits of."""
    return {name: some_sha(about), name[:-3] + ("ShortSha" if name != "sha" else "shortSha"): some_short_sha()}


# What the types share, each before what uses it.
DEFINITIONS = {
    "actor": record(
        "Who did it.",
        id=some_text("Cloud: uuid, else account_id, else name: and the name. "
                     "Data Center: id, else name: and the name."),
        kind=one_of("user", "team", "app", "service", "system", "unknown"),
        accountId=some_text(),
        username=some_text(),
        displayName=some_text(),
        email=some_text("Null unless addresses of accounts are told on purpose."),
        active=some_flag()),
    "gitPerson": record(
        "A name and an address as a commit has them, and the account that they belong to.",
        name=some_text(), email=some_text(), account=some("actor")),
    "workspace": record(id=some_text(), slug=some_text()),
    "project": record(id=some_text(), key=some_text(), name=some_text(), personal=some_flag()),
    "parent": record(id=some_text(), fullName=some_text()),
    "cloneUrls": record(https=some_text(), ssh=some_text()),
    "repository": record(
        id=text("Never changes. name: and the full name where there is no id.", minLength=1),
        slug=some_text(),
        name=some_text(),
        fullName=some_text("workspace/slug, or PROJECT/slug."),
        workspace=some("workspace"),
        project=some("project"),
        private=some_flag(),
        archived=some_flag(),
        defaultBranch=some_text(),
        url=some_text(),
        cloneUrls=a("cloneUrls"),
        parent=some("parent")),
    "projectEntity": record(
        "A project that the event is about.",
        id=text("Never changes.", minLength=1),
        key=some_text(),
        name=some_text(),
        description=some_text(),
        descriptionTruncated=flag(),
        private=some_flag(),
        personal=some_flag(),
        url=some_text()),
    "commit": record(
        sha=some_sha(),
        shortSha=some_short_sha(),
        message=some_text(),
        messageTruncated=flag(),
        author=some("gitPerson"),
        committer=some("gitPerson"),
        date=some_time(),
        authoredAt=some_time(),
        committedAt=some_time(),
        parents=list_of(text()),
        url=some_text()),
    "ref": record(
        name=text("In full: refs/heads/main.", minLength=6, pattern="^refs/"),
        shortName=text(minLength=1),
        type=one_of("branch", "tag", "other")),
    "tag": record("Of an annotated tag.", message=some_text(), taggedAt=some_time(), tagger=some("gitPerson")),
    "commits": record(
        items=list_of(a("commit"), "Newest first."),
        total=some_number("Null where Bitbucket did not list all."),
        complete=flag(),
        limitedBy=some_one_of("bitbucket", "size", about="Why the list is not complete.")),
    "push": record("Which of how many changes of one push.", index=number(), count=number()),
    "pullRequestSide": record(
        "The source of a pull request, or its target.",
        repository=some("repository", "Null where it is gone, as a fork may be."),
        branch=some_text(),
        ref=some_text("In full: refs/heads/main."),
        **hashes("sha", "Null where the payload has 12 digits of it only.")),
    "participant": record(
        actor=some("actor"),
        role=one_of("author", "reviewer", "participant", "unknown"),
        verdict=one_of("approved", "changes_requested", "none", "unknown"),
        at=some_time(),
        lastReviewedSha=some_sha()),
    "pullRequest": record(
        id=number("Of its target's repository.", minimum=1),
        title=some_text(),
        description=some_text(),
        descriptionTruncated=flag(),
        state=one_of("open", "merged", "declined", "superseded", "unknown"),
        sourceState=text("As the product calls it."),
        draft=some_flag(),
        locked=some_flag(),
        author=some("actor"),
        source=a("pullRequestSide"),
        target=a("pullRequestSide"),
        reviewers=list_of(a("participant")),
        participants=list_of(a("participant")),
        **hashes("mergeCommitSha", "Null where the payload has 12 digits of it only, or it is not merged."),
        mergeStrategy=some_text(),
        closedBy=some("actor"),
        closedAt=some_time(),
        declineReason=some_text(),
        closeSourceBranch=some_flag(),
        commentCount=some_number(),
        taskCount=some_number(),
        createdAt=some_time(),
        updatedAt=some_time(),
        version=some_number("Data Center's: grows with every change but reviews and comments."),
        url=some_text()),
    "anchor": record(
        "The place in a file that a comment is on.",
        path=some_text(),
        line=some_number(),
        side=some_one_of("old", "new"),
        fromLine=some_number(),
        fromSha=some_sha(),
        toSha=some_sha()),
    "comment": record(
        id=text(minLength=1),
        parentId=some_text("Of the comment that it answers."),
        text=some_text(),
        textTruncated=flag(),
        author=some("actor"),
        state=one_of("open", "resolved", "pending", "unknown"),
        severity=some_one_of("normal", "blocker", about="Data Center's: a blocker is a task. An open list."),
        anchor=some("anchor"),
        createdAt=some_time(),
        updatedAt=some_time(),
        version=some_number(),
        previousText=some_text(),
        previousTextTruncated=flag(),
        resolvedBy=some("actor"),
        resolvedAt=some_time(),
        url=some_text()),
    "tests": record(passed=some_number(), failed=some_number(), skipped=some_number()),
    "environment": record(id=some_text(), name=some_text(), type=some_text()),
    "issue": record(
        id=number(minimum=1),
        title=some_text(),
        content=some_text(),
        contentTruncated=flag(),
        kind=some_one_of("bug", "enhancement", "proposal", "task"),
        priority=some_one_of("trivial", "minor", "major", "critical", "blocker"),
        state=one_of("new", "open", "on_hold", "resolved", "duplicate", "invalid", "wontfix", "closed", "unknown"),
        sourceState=text("As the product calls it."),
        reporter=some("actor"),
        assignee=some("actor"),
        component=some_text(),
        milestone=some_text(),
        version=some_text(),
        votes=some_number(),
        createdAt=some_time(),
        updatedAt=some_time(),
        url=some_text()),
    "mirror": record(id=some_text(), name=some_text()),
    "enrichment": record(status=one_of("none", "complete", "partial", "failed"), fields=list_of(text())),
    "raw": record("Where the untouched delivery lies.", journal=number(minimum=1)),
    "truncated": list_of(text(), "JSON pointers (RFC 6901) to what is shorter than it was."),
}


# Members of `data` that families share.

def change_of(*values):
    """A field before and after: of any of these, or null."""
    return record(old={"anyOf": [*values, {"type": "null"}]}, new={"anyOf": [*values, {"type": "null"}]})


def changes(**known):
    """Some of these fields, and maybe others."""
    return {
        "description": "Field by field. Null where it is not known what was before.",
        "anyOf": [{"type": "object", "properties": known}, {"type": "null"}]}


TEXT = {"type": "string"}
FLAG = {"type": "boolean"}
PULL_REQUEST = {"pullRequest": a("pullRequest")}
COMMENT = {"comment": a("comment")}
COMMIT_SHAS = {
    "commitShas": some_list_of(text(pattern=SHA), "Of the source's commits, newest first."),
    "commitShasComplete": flag("False where there is no list."),
}
REF_CHANGE = {
    "ref": a("ref"),
    "oldSha": some_sha("Null where the ref did not exist, or the hash was none."),
    "newSha": some_sha("Null where the ref no longer exists, or the hash was none. Data Center: of an annotated tag, "
                       "the tag object."),
    "newCommitSha": some_sha("The commit behind newSha."),
    "head": some("commit"),
    "tag": some("tag"),
    "forced": some_flag(),
    "commits": some("commits"),
    "isDefaultBranch": some_flag(),
    "relatedPullRequests": some_list_of({"type": "object"}),
    "changedPaths": some_list_of(text()),
    "push": a("push"),
    "reconstructed": flag("Found by looking, not delivered: may sum up several pushes."),
}
REPOSITORY = {
    "previous": some("repository", "Before it was changed."),
    "changes": changes(
        name=change_of(TEXT), slug=change_of(TEXT), fullName=change_of(TEXT), description=change_of(TEXT),
        website=change_of(TEXT), language=change_of(TEXT), private=change_of(FLAG), archived=change_of(FLAG),
        projectId=change_of(TEXT), ownerId=change_of(TEXT)),
    "fork": some("repository", "The fork, which is the event's repository too; its parent is what was forked."),
}
PROJECT = {
    "previous": some("projectEntity", "Before it was changed."),
    "changes": changes(
        key=change_of(TEXT), name=change_of(TEXT), description=change_of(TEXT), private=change_of(FLAG)),
}
COMMIT_COMMENT = {**hashes("sha", "Of the commit that the comment is on."), **COMMENT}
PIPELINE_RUN = {
    "runId": text(minLength=1),
    "pipelineId": some_text(),
    "runNumber": some_number(),
    "name": some_text(),
    "state": one_of("queued", "running", "paused", "finished", "unknown"),
    "sourceState": text("As the product calls it."),
    "result": some_one_of("success", "failure", "error", "cancelled", "expired", "skipped", "unknown"),
    "sourceResult": some_text("As the product calls it."),
    "trigger": some_text(),
    "ref": some("ref"),
    **hashes("sha"),
    "queuedAt": some_time(),
    "startedAt": some_time(),
    "finishedAt": some_time(),
    "durationMs": some_number(),
    "url": some_text(),
}
DEPLOYMENT = {
    "deploymentId": text(minLength=1),
    "environment": some("environment"),
    "state": one_of("in_progress", "finished", "unknown"),
    "sourceState": text("As the product calls it."),
    "result": some_one_of("success", "failure", "cancelled", "unknown"),
    **hashes("sha"),
    "release": some_text(),
    "startedAt": some_time(),
    "finishedAt": some_time(),
    "url": some_text(),
}
BUILD_STATUS = {
    **hashes("sha", "Null where the payload has fewer digits of it."),
    "key": text(minLength=1),
    "name": some_text(),
    "state": one_of("in_progress", "successful", "failed", "stopped", "unknown"),
    "sourceState": text("As the product calls it."),
    "first": flag("The first of its key on its commit."),
    "description": some_text(),
    "url": some_text(),
    "refName": some_text(),
    "createdAt": some_time(),
    "updatedAt": some_time(),
    "parentKey": some_text(),
    "buildNumber": some_text(),
    "durationMs": some_number(),
    "tests": some("tests"),
    "provider": some_one_of("pipelines", "external"),
    "pipelineRunNumber": some_number(),
}
ISSUE = {"issue": a("issue")}

# Each type: what happened, and its members between those that all have.
TYPES = {
    "repository.created": ("A repository was created.", REPOSITORY),
    "repository.imported": ("A repository was imported.", REPOSITORY),
    "repository.forked": ("A repository came to be as a fork of another.", REPOSITORY),
    "repository.updated": ("A repository's name, description or other settings were changed.", REPOSITORY),
    "repository.transferred": ("A repository went to another owner or project.", REPOSITORY),
    "repository.deleted": ("A repository was deleted.", REPOSITORY),
    "repository.snapshot": ("A repository as it was seen.", REPOSITORY),
    "ref.created": ("A branch or tag was created.", REF_CHANGE),
    "ref.updated": ("A branch or tag was moved.", REF_CHANGE),
    "ref.deleted": ("A branch or tag was deleted.", REF_CHANGE),
    "ref.snapshot": ("A branch or tag as it was seen.", {
        "ref": a("ref"),
        "sha": some_sha("Data Center: of an annotated tag, the tag object."),
        "commitSha": some_sha("The commit behind sha."),
        "head": some("commit"),
        "isDefaultBranch": some_flag(),
    }),
    "mirror.synchronized": ("A mirror took over a change of a ref, or all of a repository.", {
        "mirror": a("mirror"),
        "syncType": some_one_of("snapshot", "incremental"),
        "refLimitExceeded": flag("There were too many refs to name them: any may have changed."),
        "ref": some("ref"),
        "oldSha": some_sha(),
        "newSha": some_sha(),
    }),
    "commit.added": ("A commit was pushed to a branch of a repository for the first time.", {
        "commit": a("commit"),
        "ref": a("ref"),
        "order": number("Among the commits of its push, oldest first."),
    }),
    "commit.comment_created": ("A commit was commented on.", COMMIT_COMMENT),
    "commit.comment_updated": ("A comment on a commit was edited.", COMMIT_COMMENT),
    "commit.comment_deleted": ("A comment on a commit was deleted.", COMMIT_COMMENT),
    "pullrequest.opened": ("A pull request was opened.", PULL_REQUEST),
    "pullrequest.updated": ("A pull request's title, description or other fields were changed.", {
        **PULL_REQUEST,
        "changes": changes(title=change_of(TEXT), description=change_of(TEXT), draft=change_of(FLAG)),
    }),
    "pullrequest.source_updated": ("A pull request's source branch has another head.", {
        **PULL_REQUEST, **hashes("previousSha"), **hashes("newSha"),
    }),
    "pullrequest.target_updated": ("A pull request has another target branch, or that branch another head.", {
        **PULL_REQUEST,
        "previousRef": some_text("In full: refs/heads/main."),
        "newRef": some_text("In full: refs/heads/main."),
        **hashes("previousSha"),
        **hashes("newSha"),
    }),
    "pullrequest.reviewers_updated": ("A pull request's reviewers were changed.", {
        **PULL_REQUEST,
        "added": some_list_of(a("actor"), "Null where it is not known who was a reviewer before."),
        "removed": some_list_of(a("actor"), "Null where it is not known who was a reviewer before."),
    }),
    "pullrequest.reviewed": ("A reviewer gave a verdict on a pull request, or took it back.", {
        **PULL_REQUEST,
        "reviewer": some("actor"),
        "verdict": one_of("approved", "changes_requested", "none", "unknown"),
        "previousVerdict": some_one_of("approved", "changes_requested", "none", "unknown"),
        "reviewedSha": some_sha(),
        "at": some_time(),
    }),
    "pullrequest.merged": ("A pull request was merged.", {**PULL_REQUEST, **COMMIT_SHAS}),
    "pullrequest.declined": ("A pull request was declined.", PULL_REQUEST),
    "pullrequest.superseded": ("A pull request was superseded by another.", PULL_REQUEST),
    "pullrequest.reopened": ("A declined pull request was opened again.", PULL_REQUEST),
    "pullrequest.deleted": ("A pull request was deleted.", PULL_REQUEST),
    "pullrequest.snapshot": ("A pull request as it was seen.", PULL_REQUEST),
    "pullrequest.enriched": ("What came to be known of a pull request after its events.", {
        "pullRequestId": number(minimum=1),
        "kind": one_of("prFullSha", "mergedCommitShas"),
        **hashes("sourceSha"),
        **hashes("targetSha"),
        **hashes("mergeCommitSha"),
        **COMMIT_SHAS,
    }),
    "pullrequest.comment_created": ("A pull request was commented on.", {**PULL_REQUEST, **COMMENT}),
    "pullrequest.comment_updated": ("A comment on a pull request was edited.", {**PULL_REQUEST, **COMMENT}),
    "pullrequest.comment_deleted": ("A comment on a pull request was deleted.", {**PULL_REQUEST, **COMMENT}),
    "pullrequest.comment_resolved": ("A thread of comments on a pull request was resolved.",
                                     {**PULL_REQUEST, **COMMENT}),
    "pullrequest.comment_reopened": ("A resolved thread of comments on a pull request was opened again.",
                                     {**PULL_REQUEST, **COMMENT}),
    "buildstatus.reported": ("A build reported its state on a commit.", BUILD_STATUS),
    "pipelinerun.queued": ("A run of a pipeline waits for its start.", PIPELINE_RUN),
    "pipelinerun.started": ("A run of a pipeline started.", PIPELINE_RUN),
    "pipelinerun.finished": ("A run of a pipeline ended.", PIPELINE_RUN),
    "taskrun.finished": ("A step of a pipeline's run ended.", {
        "taskId": text(minLength=1),
        "runId": some_text(),
        "runNumber": some_number(),
        "name": some_text(),
        "result": some_one_of("success", "failure", "error", "cancelled", "expired", "skipped", "unknown"),
        "sourceResult": some_text("As the product calls it."),
        "startedAt": some_time(),
        "finishedAt": some_time(),
        "durationMs": some_number(),
    }),
    "deployment.started": ("A deployment started.", DEPLOYMENT),
    "deployment.finished": ("A deployment ended.", DEPLOYMENT),
    "issue.created": ("An issue was created.", ISSUE),
    "issue.updated": ("An issue was changed.", {
        **ISSUE,
        "changes": changes(
            title=change_of(TEXT), content=change_of(TEXT), kind=change_of(TEXT), priority=change_of(TEXT),
            state=change_of(TEXT), assignee=change_of(a("actor")), component=change_of(TEXT),
            milestone=change_of(TEXT), version=change_of(TEXT)),
        "comment": some("comment"),
    }),
    "issue.comment_created": ("An issue was commented on.", {**ISSUE, **COMMENT}),
    "issue.snapshot": ("An issue as it was seen.", ISSUE),
    "project.updated": ("A project's name, description or other settings were changed.", PROJECT),
    "project.snapshot": ("A project as it was seen.", PROJECT),
    "secret.detected": ("A secret was found in what was pushed. The secret itself is nowhere.", {
        "commitSha": some_sha(),
        "path": some_text(),
        "line": some_number(),
        "ruleName": some_text(),
    }),
    "unknown.received": ("A delivery, or one change of it, that has no type, or lacks what its type needs.", {
        "eventKey": text(),
        "reason": one_of("unknown_key", "missing_fields", "type_mismatch"),
        "detail": some_text(),
        "payload": {"description": "The body, or the one change; null where it was no JSON, or too large."},
        "payloadBase64": some_text("The body where it was no JSON."),
        "payloadLength": number("In bytes."),
        "bodySha256": text("Of the whole body as it was received.", pattern="^[0-9a-f]{64}$"),
    }),
    "system.gap_detected": ("A change of a ref does not follow from the one before it: something was not delivered.", {
        "ref": a("ref"),
        "knownSha": some_sha("The head that was known."),
        "oldSha": some_sha("The head that the change began from."),
        "newSha": some_sha("The head that the change ended with."),
        "reason": one_of("chain", "poll", "truncated", "too_large"),
    }),
    "system.backfill_started": ("bbstream began to look for what was not delivered.", {
        "scope": text(),
        "run": number("The journal's sequence of the record that opened it.", minimum=1),
        "reason": text(),
    }),
    "system.backfill_finished": ("bbstream has looked for what was not delivered.", {
        "scope": text(),
        "run": number("The journal's sequence of the record that opened it.", minimum=1),
        "outcome": one_of("filled", "unfillable"),
        "found": number("Events that came of it."),
        "unfillable": number("What is known to be missing and could not be had."),
    }),
}
# Whose repository may be none.
WITHOUT_REPOSITORY = ("unknown.received", "system.backfill_started", "system.backfill_finished")


def subject_of(name):
    if name.startswith("project."):
        return {"project": a("projectEntity")}
    return {"repository": some("repository") if name in WITHOUT_REPOSITORY else a("repository")}


def used_definitions(schema):
    """Those that it refers to, and those that these refer to, in the order of the table."""
    needed = set()

    def collect(part):
        if isinstance(part, list):
            for each in part:
                collect(each)
        elif isinstance(part, dict):
            for key, value in part.items():
                if key == "$ref" and value.rsplit("/", 1)[1] not in needed:
                    needed.add(value.rsplit("/", 1)[1])
                    collect(DEFINITIONS[value.rsplit("/", 1)[1]])
                else:
                    collect(value)

    collect(schema)
    return {name: meaning for name, meaning in DEFINITIONS.items() if name in needed}


def schema_of(name):
    title, members = TYPES[name]
    data = record(
        **subject_of(name), actor=some("actor"), **members,
        enrichment=a("enrichment"), raw=a("raw"), truncated=a("truncated"))
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"{PREFIX}{name}/1.0.json",
        "title": title,
        **data,
        "$defs": used_definitions(data)}


def composed(root):
    """Each file's path and text."""
    for name in TYPES:
        yield root / name / "1.0.json", schema_of(name)
    for line in (root.parent / "tests/golden/encoder/filled.jsonl").read_text().splitlines():
        event = json.loads(line)
        name, version = event["dataschema"][len(PREFIX):].split("/")
        yield root / name / "examples" / version, event


def main():
    check = sys.argv[1:] == ["--check"]
    for path, value in composed(pathlib.Path(__file__).resolve().parent):
        text_of_it = json.dumps(value, indent=1) + "\n"
        if not check:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text_of_it)
        elif not path.exists() or path.read_text() != text_of_it:
            sys.exit(f"{path} is not what compose.py writes")


if __name__ == "__main__":
    main()
