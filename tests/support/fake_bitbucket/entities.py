"""What a Bitbucket holds, as plain records. Nothing here knows of HTTP or of one product's JSON."""
import dataclasses
import datetime
import functools
import hashlib
import uuid

NO_COMMIT = "0" * 40


def sha(*seed):
    return hashlib.sha1("/".join(map(str, seed)).encode()).hexdigest()


@functools.lru_cache(maxsize=4096)
def braced_uuid(*seed):
    return "{%s}" % uuid.uuid5(uuid.NAMESPACE_OID, "/".join(map(str, seed)))


@dataclasses.dataclass(frozen=True)
class User:
    name: str  # login name and nickname
    display_name: str
    id: int
    kind: str = "user"  # app_user: what a client is by itself

    @property
    def email(self):
        return f"{self.name}@acme.example"

    @property
    def uuid(self):
        return braced_uuid("user", self.name)

    @property
    def account_id(self):
        return "557058:" + braced_uuid("account", self.name)[1:-1]


@dataclasses.dataclass
class Project:
    key: str
    name: str
    id: int
    created_on: datetime.datetime
    hooks: list = dataclasses.field(default_factory=list)  # of Data Center; Cloud's projects have none
    visible: bool = True

    @property
    def uuid(self):
        return braced_uuid("project", self.key)


@dataclasses.dataclass(frozen=True)
class FileChange:
    path: str
    status: str = "modified"  # added, removed, modified, renamed
    added: int = 1
    removed: int = 1
    old_path: str = ""


@dataclasses.dataclass(frozen=True)
class Commit:
    hash: str
    parents: tuple
    message: str
    author: User
    author_known: bool  # whether Bitbucket maps the author to an account
    date: datetime.datetime  # the author's, as git has it: any year
    number: int  # order of creation, for a stable order
    changes: tuple = ()


@dataclasses.dataclass(frozen=True)
class RefChange:
    """One line of the server's push log."""
    id: int
    ref: str  # refs/heads/x, refs/tags/v1
    old: str
    new: str
    forced: bool
    user: User
    date: datetime.datetime

    @property
    def kind(self):
        return "ADD" if self.old == NO_COMMIT else "DELETE" if self.new == NO_COMMIT else "UPDATE"


@dataclasses.dataclass
class Comment:
    id: int
    text: str
    author: User
    created_on: datetime.datetime
    updated_on: datetime.datetime
    parent: int | None = None
    inline: dict | None = None  # {"path", "from", "to"}
    deleted: bool = False
    version: int = 0
    resolved: tuple | None = None  # (who, when)


@dataclasses.dataclass(frozen=True)
class Activity:
    """Something that happened to a pull request; `what` holds what the kind needs."""
    id: int
    kind: str  # opened updated rescoped commented approved unapproved changes_requested changes_request_removed merged declined
    user: User
    date: datetime.datetime
    what: dict


@dataclasses.dataclass
class PullRequest:
    id: int
    title: str
    description: str
    author: User
    source_branch: str
    destination_branch: str
    source_hash: str
    destination_hash: str
    created_on: datetime.datetime
    updated_on: datetime.datetime
    state: str = "OPEN"  # MERGED, DECLINED, SUPERSEDED
    draft: bool = False
    close_source_branch: bool = False
    reviewers: list = dataclasses.field(default_factory=list)  # users
    verdicts: dict = dataclasses.field(default_factory=dict)  # login name -> (approved or changes_requested, date)
    reviewed: dict = dataclasses.field(default_factory=dict)  # login name -> commit that was judged last
    comments: dict = dataclasses.field(default_factory=dict)
    activities: list = dataclasses.field(default_factory=list)
    merge_hash: str | None = None
    closed_by: User | None = None
    closed_on: datetime.datetime | None = None
    reason: str = ""
    version: int = 0
    source_repository: object = None  # a fork; None: the repository itself
    fork_deleted: bool = False
    said_on: datetime.datetime | None = None

    @property
    def touched_on(self):
        """What is said updates it as well, on Cloud; on Data Center it does not."""
        return max(self.updated_on, self.said_on or self.updated_on)


@dataclasses.dataclass
class Status:
    key: str
    state: str
    url: str
    name: str
    description: str
    ref_name: str | None
    created_on: datetime.datetime
    updated_on: datetime.datetime


@dataclasses.dataclass
class Step:
    uuid: str
    name: str
    state: str = "PENDING"
    result: str | None = None
    started_on: datetime.datetime | None = None
    completed_on: datetime.datetime | None = None
    log: bytes | None = None


@dataclasses.dataclass
class Pipeline:
    uuid: str
    build_number: int
    ref_name: str
    commit: str
    creator: User
    created_on: datetime.datetime
    state: str = "PENDING"  # IN_PROGRESS, COMPLETED
    stage: str | None = None  # RUNNING, PAUSED
    result: str | None = None  # SUCCESSFUL, FAILED, ERROR, STOPPED, EXPIRED
    completed_on: datetime.datetime | None = None
    trigger: str = "PUSH"
    run_number: int = 1
    pattern: str | None = None
    terminator: User | None = None  # who stopped it
    variables: list = dataclasses.field(default_factory=list)
    steps: list = dataclasses.field(default_factory=list)


@dataclasses.dataclass
class Deployment:
    uuid: str
    number: int
    environment: str
    pipeline: Pipeline
    state: str  # UNDEPLOYED, IN_PROGRESS, COMPLETED
    status: str | None = None  # SUCCESSFUL, FAILED, STOPPED
    started_on: datetime.datetime | None = None
    completed_on: datetime.datetime | None = None
    last_update: datetime.datetime | None = None


@dataclasses.dataclass
class Hook:
    uuid: str
    id: int
    url: str
    events: list
    description: str
    active: bool
    secret: str | None
    created_on: datetime.datetime
    updated_on: datetime.datetime
    skip_cert_verification: bool = False


@dataclasses.dataclass
class Issue:
    """Of Bitbucket Cloud's own tracker, and of Jira (then with a key)."""
    id: int
    title: str
    text: str
    reporter: User
    created_on: datetime.datetime
    updated_on: datetime.datetime
    state: str = "new"
    kind: str = "bug"
    priority: str = "major"
    assignee: User | None = None
    key: str | None = None
    comments: list = dataclasses.field(default_factory=list)


@dataclasses.dataclass
class Report:
    id: str
    fields: dict
    created_on: datetime.datetime
    updated_on: datetime.datetime
    annotations: list = dataclasses.field(default_factory=list)


@dataclasses.dataclass
class Repository:
    id: int
    project: Project
    slug: str
    name: str
    created_on: datetime.datetime
    updated_on: datetime.datetime
    main_branch: str = "main"
    parent: object = None  # what it was forked from
    description: str = ""
    private: bool = True
    archived: bool = False
    denied: bool = False  # the credential sees it in listings and may not read it
    hidden: bool = False  # the credential does not see it at all
    pipelines_enabled: bool = True
    issues_enabled: bool = False
    commits: dict = dataclasses.field(default_factory=dict)
    branches: dict = dataclasses.field(default_factory=dict)  # name -> hash
    tags: dict = dataclasses.field(default_factory=dict)
    push_log: list = dataclasses.field(default_factory=list)
    pull_requests: dict = dataclasses.field(default_factory=dict)
    statuses: dict = dataclasses.field(default_factory=dict)  # hash -> {key: Status}
    pipelines: list = dataclasses.field(default_factory=list)
    deployments: list = dataclasses.field(default_factory=list)
    hooks: list = dataclasses.field(default_factory=list)  # of Cloud
    datacenter_hooks: list = dataclasses.field(default_factory=list)
    issues: dict = dataclasses.field(default_factory=dict)
    reports: dict = dataclasses.field(default_factory=dict)  # hash -> {id: Report}

    @property
    def uuid(self):
        return braced_uuid("repository", self.id)

    def heads(self):
        return [*self.branches.values(), *self.tags.values()]

    def resolve(self, revision):
        """The full hash behind a branch, a tag or the beginning of a hash; None where there is none."""
        for prefix in ("refs/heads/", "refs/tags/"):
            revision = revision.removeprefix(prefix)
        found = self.branches.get(revision) or self.tags.get(revision)
        if found or revision in self.commits:
            return found or revision
        if len(revision) >= 7:
            return next((commit for commit in self.commits if commit.startswith(revision)), None)
        return None
