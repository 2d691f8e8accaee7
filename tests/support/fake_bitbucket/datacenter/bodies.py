"""The world's entities as Data Center writes them."""
from .. import graph
from ..clock import datacenter_date

SHORT = 11


class Bodies:
    """`origin`: where the service is reached, for links. `dates`: how they are written (clock.datacenter_date)."""
    def __init__(self, world, origin, dates="ms"):
        self.world = world
        self.origin = origin
        self.dates = dates

    def date(self, moment):
        return datacenter_date(moment, self.dates)

    def itself(self, path):
        return {"self": [{"href": f"{self.origin}{path}"}]}

    def user(self, user):
        return {
            "name": user.name, "emailAddress": user.email, "active": True, "displayName": user.display_name, "id": user.id,
            "slug": user.name, "type": "NORMAL", "links": self.itself(f"/users/{user.name}")
        }

    def project(self, project):
        return {
            "key": project.key, "id": project.id, "name": project.name, "description": "", "public": False,
            "type": "NORMAL", "links": self.itself(f"/projects/{project.key}")
        }

    def repository(self, repo):
        path = f"{repo.project.key.lower()}/{repo.slug}.git"
        links = self.itself(f"/projects/{repo.project.key}/repos/{repo.slug}/browse")
        links["clone"] = [{"href": f"{self.origin}/scm/{path}", "name": "http"},
                          {"href": f"ssh://git@bitbucket.acme.example:7999/{path}", "name": "ssh"}]
        origin = {"origin": self.repository(repo.parent)} if repo.parent else {}
        return origin | {
            "slug": repo.slug, "id": repo.id, "name": repo.name, "description": repo.description,
            "hierarchyId": f"{repo.id:020x}", "scmId": "git", "state": "AVAILABLE", "statusMessage": "Available",
            "forkable": True, "project": self.project(
                repo.project), "public": not repo.private, "archived": repo.archived, "links": links
        }

    def branch(self, repo, name):
        head = repo.branches[name]
        return {
            "id": f"refs/heads/{name}", "displayId": name, "type": "BRANCH", "latestCommit": head, "latestChangeset": head,
            "isDefault": name == repo.main_branch
        }

    def tag(self, repo, name):
        head = repo.tags[name]
        return {
            "id": f"refs/tags/{name}", "displayId": name, "type": "TAG", "latestCommit": head, "latestChangeset": head,
            "hash": None
        }

    def person(self, commit):
        if commit.author_known:
            return self.user(commit.author)
        return {"name": commit.author.display_name, "emailAddress": commit.author.email}

    def minimal_commit(self, commit):
        return {"id": commit, "displayId": commit[:SHORT]}

    def commit(self, commit):
        author = self.person(commit)
        return {
            **self.minimal_commit(commit.hash), "author": author, "authorTimestamp": self.date(commit.date), "committer": author, "committerTimestamp": self.date(commit.date),
            "message": commit.message.rstrip("\n"), "parents": [self.minimal_commit(parent) for parent in commit.parents]
        }

    def single_commit(self, repo, commit):
        """With its parents' own members, one level deep."""
        return {**self.commit(commit), "parents": [self.commit(repo.commits[parent]) for parent in commit.parents]}

    def change(self, repo, at, change):
        kind = {"added": "ADD", "removed": "DELETE", "renamed": "MOVE"}.get(change.status, "MODIFY")
        return {
            "contentId": "0" * 40, "fromContentId": "0" * 40, "path": self.path(change.path), "executable": False,
            "percentUnchanged": -1, "type": kind, "nodeType": "FILE", "srcExecutable": False,
            "links": self.itself(f"/projects/{repo.project.key}/repos/{repo.slug}/commits/{at}#{change.path}"),
            "properties": {"gitChangeType": kind}
        }

    def path(self, text):
        parts = text.split("/")
        return {
            "components": parts, "parent": "/".join(parts[:-1]), "name": parts[-1],
            "extension": parts[-1].rpartition(".")[2], "toString": text
        }

    def ref(self, repo, branch, commit):
        return {
            "id": f"refs/heads/{branch}", "displayId": branch, "latestCommit": commit, "type": "BRANCH",
            "repository": self.repository(repo)
        }

    def participant(self, user, role, verdict, last_reviewed=None):
        kind = verdict[0] if verdict else None
        status = {"approved": "APPROVED", "changes_requested": "NEEDS_WORK"}.get(kind, "UNAPPROVED")
        body = {"user": self.user(user), "role": role, "approved": kind == "approved", "status": status}
        if last_reviewed:
            body["lastReviewedCommit"] = last_reviewed
        return body

    def reviewers(self, pr):
        people = {user.name: user for user in pr.reviewers} | {name: self.world.users[name] for name in pr.reviewed}
        return [
            self.participant(user, "REVIEWER", pr.verdicts.get(name), pr.reviewed.get(name))
            for name, user in people.items()
        ]

    def participants(self, pr):
        others = {comment.author.name: comment.author for comment in pr.comments.values()}
        known = {pr.author.name, *pr.reviewed, *(user.name for user in pr.reviewers)}
        return [self.participant(user, "PARTICIPANT", None) for name, user in others.items() if name not in known]

    def pull_request(self, repo, pr):
        source = pr.source_repository or repo
        body = {
            "id": pr.id, "version": pr.version, "title": pr.title, "description": pr.description, "state": pr.state,
            "open": pr.state == "OPEN", "closed": pr.state != "OPEN", "draft": pr.draft, "createdDate": self.date(
                pr.created_on), "updatedDate": self.date(pr.updated_on), "fromRef": self.ref(
                    source, pr.source_branch, pr.source_hash), "toRef": self.ref(
                        repo, pr.destination_branch, pr.destination_hash), "locked": False, "author": self.participant(
                            pr.author, "AUTHOR",
                            None), "reviewers": self.reviewers(pr), "participants": self.participants(pr), "properties": {
                                "commentCount": sum(not each.deleted for each in pr.comments.values()), "openTaskCount": 0,
                                "resolvedTaskCount": 0, "mergeResult": {"outcome": "CLEAN", "current": True}
                            }, "links": self.itself(f"/projects/{repo.project.key}/repos/{repo.slug}/pull-requests/{pr.id}")
        }
        if pr.closed_on:
            body["closedDate"] = self.date(pr.closed_on)
        if pr.merge_hash:
            body["properties"]["mergeCommit"] = self.minimal_commit(pr.merge_hash)
        return body

    def comment(self, repo, comment, replies=()):
        body = {
            "properties": {"repositoryId": repo.id}, "id": comment.id, "version": comment.version, "text": comment.text,
            "author": self.user(comment.author), "createdDate": self.date(comment.created_on), "updatedDate": self.date(
                comment.updated_on), "comments": [self.comment(repo, reply) for reply in replies], "tasks": [],
            "severity": "NORMAL", "state": "OPEN", "threadResolved": bool(comment.resolved),
            "permittedOperations": {"editable": True, "deletable": True}
        }
        if comment.resolved:
            user, date = comment.resolved
            body |= {"threadResolver": self.user(user), "threadResolvedDate": self.date(date)}
        return body

    def activity(self, repo, pr, activity):
        """One line of a pull request's history; more kinds may come."""
        body = {"id": activity.id, "createdDate": self.date(activity.date), "user": self.user(activity.user)}
        if activity.kind == "commented":
            comment = activity.what["comment"]
            replies = [each for each in pr.comments.values() if each.parent == comment.id and not each.deleted]
            return body | {
                "action": "COMMENTED", "commentAction": "ADDED", "comment": self.comment(repo, comment, replies)
            }
        if activity.kind == "rescoped":
            old, new = activity.what["old"], activity.what["new"]
            return body | {
                "action": "RESCOPED", "fromHash": new, "previousFromHash": old, "toHash": pr.destination_hash,
                "previousToHash": pr.destination_hash, "added": self.commits(repo, new, old), "removed": self.commits(
                    repo, old, new)
            }
        if activity.kind == "merged":
            return body | {"action": "MERGED", "commit": self.commit(repo.commits[pr.merge_hash])}
        return body | {
            "action": {
                "changes_requested": "REVIEWED", "change_request_removed": "UNAPPROVED",
                "changes_request_removed": "UNAPPROVED"
            }.get(activity.kind, activity.kind.upper())
        }

    def commits(self, repo, have, without):
        found = graph.walk(repo.commits, [have], [without])
        return {"commits": [self.commit(repo.commits[at]) for at in found], "total": len(found)}

    def ref_change(self, repo, moved):
        kind = "TAG" if moved.ref.startswith("refs/tags/") else "BRANCH"
        return {
            "id": moved.id, "createdDate": self.date(moved.date), "user": self.user(moved.user), "trigger": "push",
            "repository": self.repository(repo), "refChange": {
                "ref": {"id": moved.ref, "displayId": moved.ref.split("/", 2)[2],
                        "type": kind}, "refId": moved.ref, "fromHash": moved.old, "toHash": moved.new, "type": moved.kind,
                "updatedType": "UNKNOWN" if moved.kind != "UPDATE" else "FORCED" if moved.forced else "NOT_FORCED"
            }
        }

    def hook(self, hook):
        """The secret in clear, as the service has it."""
        return {
            "id": hook.id, "name": hook.description, "createdDate": self.date(hook.created_on), "updatedDate": self.date(
                hook.updated_on), "events": hook.events, "configuration": {"secret": hook.secret} if hook.secret else {},
            "url": hook.url, "active": hook.active, "scopeType": "repository",
            "sslVerificationRequired": not hook.skip_cert_verification
        }

    def build(self, status):
        return {
            "key": status.key, "state": status.state, "url": status.url, "name": status.name,
            "description": status.description, "dateAdded": self.date(status.updated_on)
        }
