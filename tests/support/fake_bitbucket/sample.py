"""A small world with something of everything, and credentials of every kind. The names are fixed, for tests and for people."""
from .credentials import CLASSIC, GRANULAR, Credential
from .fake import FakeBitbucket
from .world import World

READ_GRANULAR = frozenset(scope for scope in GRANULAR if scope.startswith("read:"))
WRITE_TOKEN, READ_TOKEN, UNSCOPED_TOKEN, APP_PASSWORD = "ATATT3xWrite", "ATATT3xRead", "ATATT3xNothing", "app-password"
WORKSPACE_TOKEN, REPOSITORY_TOKEN = "ATCTT3xWorkspace", "ATCTT3xRepository"
ADMIN_PAT, READ_PAT, PROJECT_PAT, DATACENTER_PASSWORD = "dc-admin-token", "dc-read-token", "dc-project-token", "dc-password"
JIRA_TOKEN = "ATATT3xJira"
CLIENT_ID, CLIENT_SECRET, CALLBACK = "consumer-key", "consumer-secret", "http://127.0.0.1:8976/callback"
DATACENTER_CLIENT_ID, DATACENTER_CALLBACK = "dc-client", "https://127.0.0.1:8976/callback"
EMAIL, READER_EMAIL = "bot@acme.example", "grace@acme.example"


def fill(world, change):
    """Two projects, four repositories, and the life of one of them."""
    for name, display_name in (("bot", "Acme Bot"), ("ada", "Ada Lovelace"), ("grace", "Grace Hopper"), ("linus",
                                                                                                         "Linus Example")):
        world.add_user(name, display_name)
    world.add_user("bbstream-app", "bbstream", "app_user")
    world.add_project("PLAT", "Platform")
    world.add_project("SEC", "Security")
    api = change.create_repository("PLAT", "api", name="API", description="The service")
    change.push(api, commits=12)
    change.tag(api, "v1.0.0")
    change.push(api, "feature/login", commits=3)
    change.push(api, "feature/search", commits=2, user="grace")
    first = change.open_pull_request(api, "feature/login", reviewers=("grace", "linus"), title="PLAT-1: log in by e-mail",
                                     description="So that people can log in.")
    change.comment(api, first, "Nice, but what of the *tests*?")
    change.approve(api, first)
    second = change.open_pull_request(api, "feature/search", user="grace", draft=True)
    change.request_changes(api, second, "ada")
    _close_some(api, change)
    _build(api, change)
    web = change.create_repository("PLAT", "web", issues_enabled=True)
    change.push(web, commits=2)
    change.create_issue(web, "The button does nothing", "At all.")
    change.push(change.create_repository("SEC", "scanner", pipelines_enabled=False), commits=1)
    change.create_repository("SEC", "empty")
    change.create_jira_issue("PLAT", "Log in by e-mail", "So that people can log in.")
    change.create_jira_issue("PLAT", "Search", state="Done")


def _close_some(repo, change):
    change.push(repo, "feature/merged", commits=1)
    change.merge(repo, change.open_pull_request(repo, "feature/merged", close_source_branch=True), "grace")
    change.push(repo, "feature/declined", commits=1)
    change.decline(repo, change.open_pull_request(repo, "feature/declined"), reason="Not now")


def _build(repo, change):
    head = repo.branches["main"]
    change.set_status(repo, head, "build-1", "SUCCESSFUL", name="Build", ref_name="main")
    change.set_status(repo, head, "scan", "INPROGRESS", name="Scan")
    done = change.run_pipeline(repo)
    change.start_pipeline(repo, done)
    change.finish_pipeline(repo, done)
    change.deploy(repo, done)
    failed = change.run_pipeline(repo, "feature/login")
    change.start_pipeline(repo, failed)
    change.finish_pipeline(repo, failed, "FAILED")
    change.start_pipeline(repo, change.run_pipeline(repo, trigger="MANUAL"))
    change.add_hook(repo.hooks, "https://hooks.acme.example/webhooks/cloud", ["repo:push"], "bbstream",
                    secret="a hook's secret")
    change.add_hook(repo.datacenter_hooks, "https://hooks.acme.example/webhooks/dc", ["repo:refs_changed"], "bbstream",
                    secret="a hook's secret")


def add_credentials(fake):
    users, add = fake.world.users, fake.credentials.add
    add(Credential("api_token", WRITE_TOKEN, users["bot"], EMAIL, GRANULAR))
    add(Credential("api_token", READ_TOKEN, users["grace"], READER_EMAIL, READ_GRANULAR))
    add(Credential("app_password", APP_PASSWORD, users["bot"], "bot", CLASSIC))
    add(
        Credential("workspace_access_token", WORKSPACE_TOKEN, users["bot"],
                   scopes=CLASSIC - {"issue", "issue:write", "email"}))
    add(
        Credential("repo_access_token", REPOSITORY_TOKEN, users["bot"], scopes=frozenset({"repository", "pullrequest"}),
                   reach="api"))
    add(Credential("pat", ADMIN_PAT, users["bot"], "bot", frozenset({"PROJECT_ADMIN", "REPO_ADMIN"})))
    add(Credential("pat", READ_PAT, users["grace"], "grace", frozenset({"REPO_READ"})))
    add(Credential("project_pat", PROJECT_PAT, users["bot"], scopes=frozenset({"REPO_WRITE"})))
    add(Credential("password", DATACENTER_PASSWORD, users["ada"], "ada", frozenset({"PROJECT_ADMIN"})))
    add(Credential("jira", JIRA_TOKEN, users["bot"], EMAIL))
    fake.oauth.add_consumer(client_id=CLIENT_ID, secret=CLIENT_SECRET, callback=CALLBACK, kind="oauth2",
                            user=users["bot"], scopes=CLASSIC, app=users["bbstream-app"])
    fake.oauth.add_consumer(client_id=DATACENTER_CLIENT_ID, secret=CLIENT_SECRET, callback=DATACENTER_CALLBACK,
                            kind="dc_oauth2", user=users["ada"], scopes=frozenset({"REPO_ADMIN", "PROJECT_ADMIN"}))
    fake.jira_projects |= {"PLAT", "SEC"}


def sample_fake(repositories=0, start=None, **options):
    """A FakeBitbucket with the sample world; `repositories`: so many more, made only when somebody looks."""
    fake = FakeBitbucket(World(start), **options)
    fill(fake.world, fake.change)
    if repositories:
        fake.world.add_many("PLAT", repositories)
    add_credentials(fake)
    return fake
