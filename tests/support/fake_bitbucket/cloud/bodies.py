"""The world's entities as Cloud writes them."""
import urllib.parse

from ..clock import cloud_date, pipeline_date

SITE = "https://bitbucket.org"
SHORT = 12


def quoted(text):
    return urllib.parse.quote(text, safe="")


def links(**hrefs):
    return {name: {"href": href} for name, href in hrefs.items()}


def rendered(text):
    return {"type": "rendered", "raw": text, "markup": "markdown", "html": f"<p>{text.strip()}</p>"}


class Bodies:
    """`origin`: where the service is reached, for links."""
    def __init__(self, world, origin):
        self.world = world
        self.api = f"{origin}/2.0"

    def user(self, user):
        if user is None:
            return None
        return {
            "type": user.kind, "uuid": user.uuid, "account_id": user.account_id, "nickname": user.name,
            "display_name": user.display_name, "links": links(self=f"{self.api}/users/{quoted(user.uuid)}",
                                                              html=f"{SITE}/{quoted(user.uuid)}/",
                                                              avatar=f"{SITE}/account/{user.name}/avatar/32/")
        }

    def current_user(self, user):
        return {
            **self.user(user), "username": user.name, "created_on": cloud_date(self.world.workspace_created_on),
            "is_staff": False, "location": None
        }

    def workspace_base(self):
        world = self.world
        return {
            "type": "workspace_base", "uuid": world.workspace_uuid, "slug": world.workspace, "links": links(
                self=f"{self.api}/workspaces/{world.workspace}", avatar=f"{SITE}/workspaces/{world.workspace}/avatar/")
        }

    def workspace(self):
        world = self.world
        base = self.workspace_base()
        return {
            **base, "type": "workspace", "name": world.workspace_name, "is_private": True, "created_on": cloud_date(
                world.workspace_created_on), "links": base["links"]
            | links(html=f"{SITE}/{world.workspace}/",
                    **{
                        name: f"{self.api}/{path}"
                        for name, path in (("members", f"workspaces/{world.workspace}/members"),
                                           ("projects", f"workspaces/{world.workspace}/projects"),
                                           ("owners", f"workspaces/{world.workspace}/members?q=permission%3D%22owner%22"),
                                           ("repositories", f"repositories/{world.workspace}"),
                                           ("snippets", f"snippets/{world.workspace}"))
                    })
        }

    def workspace_reference(self):
        base = self.workspace_base()
        return {
            **base, "type": "workspace", "name": self.world.workspace_name,
            "links": base["links"] | links(html=f"{SITE}/{self.world.workspace}/")
        }

    def owner(self):
        world = self.world
        return {
            "type": "team", "uuid": world.workspace_uuid, "display_name": world.workspace_name, "username": world.workspace,
            "links": links(self=f"{self.api}/workspaces/{quoted(world.workspace_uuid)}",
                           html=f"{SITE}/{world.workspace}/",
                           avatar=f"{SITE}/account/{world.workspace}/avatar/")
        }

    def project_reference(self, project):
        base = f"{self.api}/workspaces/{self.world.workspace}/projects/{project.key}"
        return {
            "type": "project", "uuid": project.uuid, "key": project.key, "name": project.name, "links": links(
                self=base,
                html=f"{SITE}/{self.world.workspace}/workspace/projects/{project.key}",
                avatar=f"{base}/avatar/32")
        }

    def project(self, project):
        created = cloud_date(project.created_on)
        return {
            **self.project_reference(project), "owner": self.owner(), "workspace": self.workspace_reference(),
            "description": "", "is_private": True, "created_on": created, "updated_on": created,
            "has_publicly_visible_repos": False
        }

    def full_name(self, repo):
        return f"{self.world.workspace}/{repo.slug}"

    def repository_url(self, repo):
        return f"{self.api}/repositories/{self.full_name(repo)}"

    def repository_reference(self, repo):
        return {
            "type": "repository", "uuid": repo.uuid, "full_name": self.full_name(repo), "name": repo.name, "links": links(
                self=self.repository_url(repo),
                html=f"{SITE}/{self.full_name(repo)}",
                avatar=f"https://bytebucket.org/ravatar/{quoted(repo.uuid)}?ts=default")
        }

    def repository(self, repo):
        url, full_name = self.repository_url(repo), self.full_name(repo)
        more = links(
            **{
                name: f"{url}/{path}"
                for name, path in (("watchers", "watchers"), ("branches", "refs/branches"), ("tags", "refs/tags"),
                                   ("commits", "commits"), ("source", "src"), ("hooks", "hooks"), ("forks", "forks"),
                                   ("downloads", "downloads"), ("pullrequests", "pullrequests"))
            })
        more["clone"] = [{"name": "https", "href": f"{SITE}/{full_name}.git"},
                         {"name": "ssh", "href": f"git@bitbucket.org:{full_name}.git"}]
        reference = self.repository_reference(repo)
        return {
            **reference, "slug": repo.slug, "scm": "git", "website": "", "description": repo.description,
            "owner": self.owner(), "workspace": self.workspace_reference(), "project": self.project_reference(
                repo.project), "is_private": repo.private, "fork_policy": "no_public_forks", "created_on": cloud_date(
                    repo.created_on), "updated_on": cloud_date(repo.updated_on), "size": 1024 * len(repo.commits),
            "language": "", "has_issues": repo.issues_enabled, "has_wiki": False,
            "mainbranch": {"type": "branch", "name": repo.main_branch} if repo.branches else None,
            "parent": self.repository_reference(repo.parent) if repo.parent else None, "override_settings": {
                "default_merge_strategy": False, "branching_model": False
            }, "links": reference["links"] | more
        }

    def commit_reference(self, repo, commit, short=False):
        shown = commit[:SHORT] if short else commit
        return {
            "type": "commit", "hash": shown, "links": links(self=f"{self.repository_url(repo)}/commit/{shown}",
                                                            html=f"{SITE}/{self.full_name(repo)}/commits/{shown}")
        }

    def author(self, commit):
        body = {"type": "author", "raw": f"{commit.author.display_name} <{commit.author.email}>"}
        if commit.author_known:
            body["user"] = self.user(commit.author)
        return body

    def target(self, repo, commit):
        """What a ref leads to."""
        url = f"{self.repository_url(repo)}/commit/{commit.hash}"
        body = self.commit_reference(repo, commit.hash)
        body["links"] |= links(diff=f"{self.repository_url(repo)}/diff/{commit.hash}", comments=f"{url}/comments",
                               patch=f"{self.repository_url(repo)}/patch/{commit.hash}", approve=f"{url}/approve",
                               statuses=f"{url}/statuses")
        return {
            **body, "date": commit.date.isoformat(timespec="seconds"), "author": self.author(commit),
            "message": commit.message, "parents": [self.commit_reference(repo, parent) for parent in commit.parents],
            "repository": self.repository_reference(repo)
        }

    def commit(self, repo, commit):
        return {
            **self.target(repo, commit), "summary": rendered(commit.message),
            "rendered": {"message": rendered(commit.message)}
        }

    def single_commit(self, repo, commit):
        return {**self.commit(repo, commit), "participants": []}

    def branch(self, repo, name):
        url = self.repository_url(repo)
        return {
            "type": "branch", "name": name, "target": self.target(
                repo, repo.commits[repo.branches[name]]), "merge_strategies": ["merge_commit", "squash", "fast_forward"],
            "default_merge_strategy": "merge_commit", "links": links(self=f"{url}/refs/branches/{quoted(name)}",
                                                                     commits=f"{url}/commits/{quoted(name)}",
                                                                     html=f"{SITE}/{self.full_name(repo)}/branch/{name}")
        }

    def tag(self, repo, name):
        url, target = self.repository_url(repo), repo.commits[repo.tags[name]]
        return {
            "type": "tag", "name": name, "target": self.target(repo, target), "message": None, "date": None, "tagger": None,
            "links": links(self=f"{url}/refs/tags/{quoted(name)}",
                           commits=f"{url}/commits/{quoted(name)}",
                           html=f"{SITE}/{self.full_name(repo)}/commits/tag/{name}")
        }

    def status(self, repo, commit, status):
        url = f"{self.repository_url(repo)}/commit/{commit}"
        return {
            "type": "build", "key": status.key, "state": status.state, "url": status.url, "name": status.name,
            "description": status.description, "refname": status.ref_name, "created_on": cloud_date(
                status.created_on), "updated_on": cloud_date(
                    status.updated_on), "repository": self.repository_reference(repo), "commit": self.commit_reference(
                        repo, commit), "links": links(self=f"{url}/statuses/build/{quoted(status.key)}", commit=url)
        }

    def endpoint(self, repo, branch, commit):
        """One side of a pull request; its hash is short."""
        return {
            "branch": {"name": branch}, "commit": self.commit_reference(repo, commit, short=True),
            "repository": self.repository_reference(repo)
        }

    def source(self, repo, pr):
        if pr.fork_deleted:
            return {"branch": {"name": pr.source_branch}, "commit": None, "repository": None}
        return self.endpoint(pr.source_repository or repo, pr.source_branch, pr.source_hash)

    def participant(self, user, role, verdict):
        kind, date = verdict or (None, None)
        return {
            "type": "participant", "user": self.user(user), "role": role, "approved": kind == "approved", "state": kind,
            "participated_on": cloud_date(date)
        }

    def participants(self, pr):
        reviewers = {user.name for user in pr.reviewers}
        people = {user.name: user for user in pr.reviewers}
        people.update({name: self.world.users[name] for name in pr.verdicts})
        people.update({comment.author.name: comment.author for comment in pr.comments.values()})
        return [
            self.participant(user, "REVIEWER" if name in reviewers else "PARTICIPANT", pr.verdicts.get(name))
            for name, user in people.items()
        ]

    def pull_request_url(self, repo, pr):
        return f"{self.repository_url(repo)}/pullrequests/{pr.id}"

    def pull_request_reference(self, repo, pr):
        return {
            "type": "pullrequest", "id": pr.id, "title": pr.title, "draft": pr.draft, "links": links(
                self=self.pull_request_url(repo, pr), html=f"{SITE}/{self.full_name(repo)}/pull-requests/{pr.id}")
        }

    def pull_request(self, repo, pr):
        url, reference = self.pull_request_url(repo, pr), self.pull_request_reference(repo, pr)
        more = links(
            **{
                name: f"{url}/{name}" for name in ("commits", "approve", "request-changes", "diff", "diffstat", "comments",
                                                   "activity", "merge", "decline", "statuses")
            })
        return {
            **reference, "description": pr.description, "summary": rendered(
                pr.description), "state": pr.state, "rendered": {
                    "title": rendered(pr.title), "description": rendered(pr.description), "reason": rendered(pr.reason)
                }, "author": self.user(pr.author), "source": self.source(repo, pr), "destination": self.endpoint(
                    repo, pr.destination_branch, pr.destination_hash),
            "merge_commit": self.commit_reference(repo, pr.merge_hash, short=True) if pr.merge_hash else None,
            "close_source_branch": pr.close_source_branch, "closed_by": self.user(
                pr.closed_by), "reason": pr.reason, "comment_count": sum(
                    not comment.deleted for comment in pr.comments.values()), "task_count": 0, "created_on": cloud_date(
                        pr.created_on), "updated_on": cloud_date(pr.touched_on), "reviewers": [
                            self.user(user) for user in pr.reviewers
                        ], "participants": self.participants(pr), "links": reference["links"] | more
        }

    def comment(self, repo, pr, comment):
        body = {
            "type": "pullrequest_comment", "id": comment.id, "created_on": cloud_date(
                comment.created_on), "updated_on": cloud_date(comment.updated_on),
            "content": rendered("" if comment.deleted else comment.text), "user": self.user(
                comment.author), "deleted": comment.deleted, "pending": False, "pullrequest": self.pull_request_reference(
                    repo, pr), "links": links(
                        self=f"{self.pull_request_url(repo, pr)}/comments/{comment.id}",
                        html=f"{SITE}/{self.full_name(repo)}/pull-requests/{pr.id}/_/diff#comment-{comment.id}")
        }
        if comment.parent:
            body["parent"] = {
                "id": comment.parent, "links": links(self=f"{self.pull_request_url(repo, pr)}/comments/{comment.parent}")
            }
        if comment.inline:
            body["inline"] = {"from": None, "to": None, **comment.inline}
        if comment.resolved:
            user, date = comment.resolved
            body["resolution"] = {"type": "comment_resolution", "user": self.user(user), "created_on": cloud_date(date)}
        return body

    def pipeline_state(self, pipeline):
        if pipeline.state == "COMPLETED":
            result = {"type": f"pipeline_state_completed_{pipeline.result.lower()}", "name": pipeline.result}
            if pipeline.result == "STOPPED":
                result["terminator"] = self.user(pipeline.terminator)
            return {"type": "pipeline_state_completed", "name": "COMPLETED", "result": result}
        body = {"type": f"pipeline_state_{pipeline.state.lower()}", "name": pipeline.state}
        if pipeline.stage:
            body["stage"] = {"type": f"pipeline_state_in_progress_{pipeline.stage.lower()}", "name": pipeline.stage}
        return body

    def pipeline(self, repo, pipeline):
        url = f"{self.repository_url(repo)}/pipelines/{quoted(pipeline.uuid)}"
        selector = {"type": "custom", "pattern": pipeline.pattern} if pipeline.pattern else {"type": "default"}
        body = {
            "type": "pipeline", "uuid": pipeline.uuid, "build_number": pipeline.build_number,
            "run_number": pipeline.run_number, "creator": self.user(pipeline.creator),
            "repository": self.repository_reference(repo), "state": self.pipeline_state(pipeline), "target": {
                "type": "pipeline_ref_target", "ref_type": "branch", "ref_name": pipeline.ref_name,
                "commit": self.commit_reference(repo, pipeline.commit), "selector": selector
            }, "trigger": {"type": f"pipeline_trigger_{pipeline.trigger.lower()}",
                           "name": pipeline.trigger}, "created_on": pipeline_date(
                               pipeline.created_on), "duration_in_seconds": 0, "build_seconds_used": 0,
            "first_successful": False, "expired": False, "has_variables": bool(pipeline.variables), "links": links(
                self=url, steps=f"{url}/steps")
        }
        if pipeline.completed_on:
            seconds = int((pipeline.completed_on - pipeline.created_on).total_seconds())
            body |= {
                "completed_on": pipeline_date(pipeline.completed_on), "duration_in_seconds": seconds,
                "build_seconds_used": seconds
            }
        return body

    def step(self, pipeline, step):
        state = {"type": f"pipeline_step_state_{step.state.lower()}", "name": step.state}
        if step.result:
            state["result"] = {"type": f"pipeline_step_state_completed_{step.result.lower()}", "name": step.result}
        body = {
            "type": "pipeline_step", "uuid": step.uuid, "name": step.name, "state": state, "maxTime": 120,
            "run_number": pipeline.run_number, "duration_in_seconds": 0, "build_seconds_used": 0, "pipeline": {
                "type": "pipeline", "uuid": pipeline.uuid
            }, "image": {"name": "atlassian/default-image:4"}, "setup_commands": [], "script_commands": [{
                "commandType": "user", "name": "make", "command": "make"
            }], "teardown_commands": [], "trigger": {"type": "pipeline_step_trigger_automatic"}
        }
        if step.started_on:
            body["started_on"] = pipeline_date(step.started_on)
        if step.completed_on:
            body |= {
                "completed_on": pipeline_date(step.completed_on), "duration_in_seconds": int(
                    (step.completed_on - step.started_on).total_seconds())
            }
        return body

    def hook(self, owner_url, subject, hook):
        return {
            "type": "webhook_subscription", "uuid": hook.uuid, "url": hook.url, "description": hook.description,
            "subject_type": subject["type"], "subject": subject, "active": hook.active, "events": hook.events,
            "created_at": pipeline_date(hook.created_on), "secret_set": hook.secret is not None, "read_only": False,
            "skip_cert_verification": hook.skip_cert_verification, "history_enabled": False, "source": None,
            "links": links(self=f"{owner_url}/hooks/{quoted(hook.uuid)}")
        }
