"""Webhook bodies in the shapes that Bitbucket Cloud and Data Center document, made from nothing but their arguments."""
import hashlib
import json
import uuid


def sha(*seed):
    """Forty hex digits that stand for a commit."""
    return hashlib.sha1("/".join(map(str, seed)).encode()).hexdigest()


def stable_uuid(*seed):
    return str(uuid.uuid5(uuid.NAMESPACE_OID, "/".join(map(str, seed))))


def encode(value):
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def cloud_commit(commit, repository):
    url = f"https://bitbucket.org/{repository.full_name}"
    return {
        "type": "commit", "hash": commit.sha, "date": commit.date, "message": commit.message,
        "author": {"type": "author", "raw": f"{commit.author} <{commit.author.lower()}@example.com>"},
        "parents": [{"type": "commit", "hash": parent, "links": {}} for parent in commit.parents],
        "summary": {"type": "rendered", "raw": commit.message, "markup": "markdown", "html": f"<p>{commit.message}</p>"},
        "rendered": {}, "properties": {},
        "links": {"html": {"href": f"{url}/commits/{commit.sha}"}},
    }


def cloud_ref(change, target, repository):
    ref = {
        "name": change.name, "type": change.kind, "target": cloud_commit(target, repository),
        "links": {"html": {"href": f"https://bitbucket.org/{repository.full_name}/branch/{change.name}"}},
    }
    if change.kind == "tag":
        ref.update(message=None, date=None, tagger=None)
    else:
        ref.update(merge_strategies=["merge_commit", "squash", "fast_forward"], default_merge_strategy="merge_commit")
    return ref


def cloud_change(change, repository):
    value = {
        "old": cloud_ref(change, change.old, repository) if change.old else None,
        "new": cloud_ref(change, change.new, repository) if change.new else None,
        "created": change.old is None, "closed": change.new is None,
        "forced": change.forced, "truncated": False,
    }
    if change.new and change.kind == "branch":
        # Newest first, as Bitbucket lists them. Tags and deletions carry no list at all.
        value["commits"] = [cloud_commit(commit, repository) for commit in reversed(change.commits)]
    return value


def cloud_account(name):
    return {"type": "user", "display_name": name, "nickname": name.lower(), "uuid": "{%s}" % stable_uuid("user", name),
            "account_id": "557058:" + stable_uuid("account", name), "links": {}}


def cloud_repository(repository):
    return {
        "type": "repository", "uuid": "{%s}" % repository.id, "full_name": repository.full_name,
        "name": repository.slug.capitalize(), "scm": "git", "website": None, "is_private": True,
        "owner": {"type": "team", "display_name": "Acme", "uuid": "{%s}" % stable_uuid("team", "acme"), "username": "acme"},
        "workspace": {"type": "workspace", "uuid": "{%s}" % stable_uuid("team", "acme"), "name": "Acme", "slug": "acme"},
        "project": {"type": "project", "key": "PLAT", "uuid": "{%s}" % stable_uuid("project"), "name": "Platform"},
        "links": {"html": {"href": f"https://bitbucket.org/{repository.full_name}"}},
    }


def cloud_push(repository, changes, actor="Ada"):
    return encode({
        "push": {"changes": [cloud_change(change, repository) for change in changes]},
        "repository": cloud_repository(repository), "actor": cloud_account(actor),
    })


def datacenter_user(name):
    return {"name": name.lower(), "slug": name.lower(), "id": 100 + len(name), "displayName": name,
            "emailAddress": f"{name.lower()}@example.com", "active": True, "type": "NORMAL"}


def datacenter_repository(repository):
    return {
        "slug": repository.slug, "id": int(repository.id), "name": repository.slug, "hierarchyId": "d25f0b1e6b1f0a5e0a10",
        "scmId": "git", "state": "AVAILABLE", "statusMessage": "Available", "forkable": True, "public": False,
        "archived": False, "project": {"key": "PLAT", "id": 7, "name": "Platform", "public": False, "type": "NORMAL"},
    }


def datacenter_change(change):
    kind = "ADD" if change.old is None else "DELETE" if change.new is None else "UPDATE"
    name = change.full_name
    return {
        "ref": {"id": name, "displayId": change.name, "type": change.kind.upper()}, "refId": name,
        "fromHash": change.old.sha if change.old else "0" * 40, "toHash": change.new.sha if change.new else "0" * 40,
        "type": kind,
    }


def datacenter_commit(commit):
    person = {"name": commit.author.lower(), "emailAddress": f"{commit.author.lower()}@example.com"}
    return {
        "id": commit.sha, "displayId": commit.sha[:11], "author": person, "authorTimestamp": commit.epoch_ms,
        "committer": person, "committerTimestamp": commit.epoch_ms, "message": commit.message,
        "parents": [{"id": parent, "displayId": parent[:11]} for parent in commit.parents],
    }


def datacenter_refs_changed(repository, changes, date, actor="Ada"):
    body = {
        "eventKey": "repo:refs_changed", "date": date, "actor": datacenter_user(actor),
        "repository": datacenter_repository(repository), "changes": [datacenter_change(change) for change in changes],
    }
    if len(changes) == 1 and changes[0].new:
        body["toCommit"] = datacenter_commit(changes[0].new)
        if changes[0].kind == "branch":
            body["commits"] = [datacenter_commit(commit) for commit in reversed(changes[0].commits)]
    return encode(body)
