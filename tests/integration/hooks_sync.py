"""`bbstream hooks sync` against the fake of both products: what is missing, drift, duplicates, hooks of others, secrets that
nobody can read back, and what is refused."""
import pathlib
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
import command_desk
import harness
from fake_bitbucket import sample, sample_fake
from fake_bitbucket.credentials import Credential

CONFIG = """[ingest]
tls.enabled = false
[state]
path = "{state}"
[[instance]]
name = "{name}"
platform = "{platform}"
api = "{api}"
{workspace}
webhook.path = "/webhooks/x"
webhook.secrets = ["env:HOOK_SECRET"]
webhook.url = "https://bb.acme.example/webhooks/{name}"
{more}
"""
SECRET, NEXT_SECRET = "the-first-secret-of-hooks", "the-second-secret-of-hooks"
OTHER = "https://other.example/hook"


class Desk(command_desk.CommandDesk):
    """A configuration of one product of the fake, and `hooks sync` with it."""

    def __init__(self, directory, fake, checks, cloud):
        super().__init__(directory, fake, checks)
        self.cloud = cloud
        self.name = "cloud" if cloud else "dc"
        self.url = f"https://bb.acme.example/webhooks/{self.name}"
        self.secret = SECRET
        self.state = directory / f"state-{self.name}"
        self.configure()

    def configure(self, more="", token=None):
        self.token = token or (sample.WRITE_TOKEN if self.cloud else sample.ADMIN_PAT)
        auth = f'auth.kind = "api_token"\nauth.username = "{sample.EMAIL}"' if self.cloud else 'auth.kind = "pat"'
        self.config = self.directory / f"{self.name}.toml"
        self.config.write_text(CONFIG.format(
            state=self.state, name=self.name, platform="cloud" if self.cloud else "datacenter",
            api=self.fake.cloud_api if self.cloud else self.fake.datacenter_api,
            workspace='workspace = "acme"' if self.cloud else "", more=f'{auth}\nauth.secret = "env:TOKEN"\n{more}'))

    @property
    def secrets(self):
        return SECRET, NEXT_SECRET, self.token, "a hook's secret"

    def run(self, *words):
        ran = super().run("hooks", "sync", *words, HOOK_SECRET=self.secret, TOKEN=self.token)
        memory = self.state / "hooks.json"
        self.keeps_secrets(memory.read_text() if memory.exists() else "", "the memory of hooks")
        return ran

    def begin(self, *words):
        """The same, while others run."""
        return harness.start([harness.BINARY, "hooks", "sync", *words, "--config", self.config], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                             text=True, env=self.environment | {"HOOK_SECRET": self.secret, "TOKEN": self.token})

    def deeds(self, *words, code=0):
        return sorted((step["what"], step["repository"] or step["owner"]) for step in self.lines(*words, code=code)
                      if step["what"] != "keep")

    def hooks(self, slug):
        repo = self.fake.world.repository(slug)
        return repo.hooks if self.cloud else repo.datacenter_hooks

    def ours(self, slug):
        return [hook for hook in self.hooks(slug) if hook.url == self.url]

    @property
    def wide(self):
        """Hooks of the workspace, or of the project PLAT."""
        return self.fake.world.workspace_hooks if self.cloud else self.fake.world.projects["PLAT"].hooks

    def writes(self):
        return [entry for entry in self.fake.log.entries if entry.method in ("POST", "PUT", "DELETE")]


REPOSITORIES = ("api", "web", "scanner", "empty")


def check_creation(desk, checks):
    planned = desk.deeds("--dry-run")
    checks.equal(planned, sorted(("create", slug) for slug in REPOSITORIES), f"{desk.name}: the plan")
    checks.equal((desk.writes(), desk.state.exists()), ([], False), f"{desk.name}: what --dry-run changed")
    shown = desk.run("--dry-run")
    checks.that("create" in shown.stdout and "missing" in shown.stdout and "4 to create" in shown.stdout,
                f"{desk.name}: the plan as a table: {shown.stdout!r}")
    checks.equal(desk.deeds(), planned, f"{desk.name}: what was done")
    for slug in REPOSITORIES:
        made, = desk.ours(slug)
        checks.equal((made.secret, made.active), (SECRET, True), f"{desk.name}: the hook of {slug}")
        wanted = {"repo:push", "pullrequest:fulfilled"} if desk.cloud else {"repo:refs_changed", "pr:merged"}
        checks.that(wanted <= set(made.events) and len(made.events) > 20, f"{desk.name}: events {made.events}")
    checks.equal(oct((desk.state / "hooks.json").stat().st_mode & 0o777), "0o600", "the mode of the memory")
    desk.fake.log.clear()
    checks.equal((desk.deeds(), desk.writes()), ([], []), f"{desk.name}: a second run finds nothing to do")


def check_several_at_once(desk, checks):
    for slug in REPOSITORIES:
        desk.hooks(slug).clear()
    (desk.state / "hooks.json").unlink()
    desk.fake.faults.add(path="hooks", method="POST", delay=1)
    running = [desk.begin() for _ in range(3)]
    ended = [(process.communicate(), process.returncode) for process in running]
    checks.equal([code for _, code in ended], [0, 0, 0], f"{desk.name}: several at once: {ended}")
    waited = [err for (_, err), _ in ended if err]
    line = f"bbstream: waiting for another hooks sync or rotate of instance {desk.name}\n"
    checks.equal(waited, [line] * 2, f"{desk.name}: those that waited say so")
    checks.equal([len(desk.ours(slug)) for slug in REPOSITORIES], [1] * 4, f"{desk.name}: hooks that several at once made")
    checks.equal(desk.deeds(), [], f"{desk.name}: and remember")
    checks.equal(sorted(file.name for file in desk.state.iterdir()), [f"hooks-{desk.name}.lock", "hooks.json", "hooks.json.lock"],
                 f"{desk.name}: what lies in the state")


def check_drift(desk, checks):
    hook, = desk.ours("api")
    before, name = hook.uuid, "ours, named by somebody"
    hook.active, hook.events, hook.description = False, hook.events[1:], name
    hook.skip_cert_verification = True
    step, = [step for step in desk.lines() if step["what"] != "keep"]
    checks.equal((step["what"], step["done"], step["why"][0]), ("update", True, "inactive"), f"{desk.name}: drift")
    checks.that(step["why"][1].startswith("lacks "), f"{desk.name}: drift of events: {step['why']}")
    after, = desk.ours("api")
    checks.equal((after.uuid, after.active, after.description, after.secret, after.skip_cert_verification),
                 (before, True, name, SECRET, True), f"{desk.name}: updated in place")
    desk.secret = NEXT_SECRET
    checks.equal(desk.deeds(), sorted(("update", slug) for slug in REPOSITORIES), f"{desk.name}: another secret")
    checks.equal({desk.ours(slug)[0].secret for slug in REPOSITORIES}, {NEXT_SECRET}, f"{desk.name}: the new secret")
    checks.equal(desk.deeds(), [], f"{desk.name}: the secret is remembered")
    checks.that(all(step["secret_set"] for step in desk.lines("--dry-run")), f"{desk.name}: the age of secrets")
    (desk.state / "hooks.json").unlink()
    wanted = sorted(("update", slug) for slug in REPOSITORIES) if desk.cloud else []  # Data Center shows secrets
    checks.equal(desk.deeds(), wanted, f"{desk.name}: without a memory")
    (desk.state / "hooks.json").write_text("{")
    ran = desk.run()
    checks.that(ran.returncode == 1 and "hooks.json" in ran.stderr and ran.stderr.count("\n") == 1, f"a damaged memory: {ran.stderr!r}")
    (desk.state / "hooks.json").unlink()
    desk.run()


def check_duplicates(desk, checks):
    with desk.fake.lock:
        add = desk.fake.change.add_hook
        oldest, = desk.ours("web")
        add(desk.hooks("web"), desk.url, ["repo:push"] if desk.cloud else ["repo:refs_changed"], "twice", secret="x")
        add(desk.hooks("web"), OTHER, ["repo:push"], "not ours")
        add(desk.hooks("web"), desk.url + "/", ["repo:push"], "nearly ours")
        wide = add(desk.wide, desk.url, ["repo:push"], "wider")
        add(desk.wide, OTHER, ["repo:push"], "not ours either")
    owner = "acme" if desk.cloud else "PLAT"
    found = [("duplicate", owner), ("duplicate", "web")]
    checks.equal(desk.deeds(), found, f"{desk.name}: duplicates are reported")
    checks.that("duplicates (--prune deletes them)" in desk.run().stdout, f"{desk.name}: duplicates for people")
    checks.equal((len(desk.ours("web")), wide in desk.wide), (2, True), f"{desk.name}: and stay")
    checks.equal(desk.deeds("--prune"), [("delete", owner), ("delete", "web")], f"{desk.name}: --prune")
    checks.equal(desk.ours("web"), [oldest], f"{desk.name}: the oldest stays")
    checks.equal(sorted(hook.url for hook in desk.hooks("web")), sorted([desk.url, desk.url + "/", OTHER]), f"{desk.name}: hooks of others")
    checks.equal([hook.url for hook in desk.wide], [OTHER], f"{desk.name}: wider hooks")


def check_scope(desk, checks):
    """From a hook for each repository to one for all, and back."""
    scope = "workspace" if desk.cloud else "project"
    desk.configure(f'webhook.scope = "{scope}"')
    owners = ["acme"] if desk.cloud else ["PLAT", "SEC"]
    wanted = sorted([("create", owner) for owner in owners] + [("delete", slug) for slug in REPOSITORIES])
    checks.equal(desk.deeds("--prune"), wanted, f"{desk.name}: to {scope}")
    checks.equal([hook.secret for hook in desk.wide if hook.url == desk.url], [NEXT_SECRET], f"{desk.name}: the hook of the {scope}")
    checks.equal([desk.ours(slug) for slug in REPOSITORIES], [[]] * 4, f"{desk.name}: none of repositories is left")
    order = [entry.method for entry in desk.writes()]
    checks.that(order.index("DELETE") > order.index("POST"), f"{desk.name}: what replaces comes first")
    # Where the wide hook can't be seen, nobody knows whether it replaces the others.
    with desk.fake.lock:
        desk.fake.change.add_hook(desk.hooks("api"), desk.url, ["repo:push"], "again")
    desk.fake.faults.add(path="/workspaces/acme/hooks" if desk.cloud else "/projects/PLAT/webhooks", status=403, times=None)
    checks.that(("duplicate", "api") in desk.deeds("--prune", code=1), f"{desk.name}: nothing is deleted beside what can't be seen")
    desk.fake.faults.clear()
    desk.hooks("api").clear()
    desk.configure()
    checks.equal(desk.deeds("--prune"), sorted([("delete", owner) for owner in owners] + [("create", slug) for slug in REPOSITORIES]),
                 f"{desk.name}: back to repositories")


def check_selection(desk, checks):
    for slug in REPOSITORIES:
        desk.hooks(slug).clear()
    owner = "acme" if desk.cloud else "PLAT"
    desk.configure(f'include = ["{owner}/*"]\nexclude = ["*/web"]\nprojects = ["PLAT"]\nwebhook.events = '
                   f'["{"repo:push" if desk.cloud else "repo:refs_changed"}"]')
    checks.equal(desk.deeds(), [("create", "api")], f"{desk.name}: include, exclude, projects")
    checks.equal(len(desk.ours("api")[0].events), 1, f"{desk.name}: webhook.events")
    desk.configure()


def check_refusals(desk, checks):
    if desk.cloud:
        desk.configure(token="none-of-anybody")
        wanted = "e-mail address, or the token has expired"
    else:
        desk.configure(token="none-of-anybody")
        wanted = "401"
    ran = desk.run()
    checks.that(ran.returncode == 1 and wanted in ran.stderr, f"{desk.name}: a refused credential: {ran.stderr!r}")
    desk.configure(token="no-admin")
    ran = desk.run()
    checks.that(ran.returncode == 1 and "webhooks can't be seen" in ran.stderr and "lacks a scope or permission" in ran.stderr,
                f"{desk.name}: no right to hooks: {ran.stderr!r}")
    desk.configure()
    faults = desk.fake.faults
    desk.deeds()
    # One repository refuses: the others are done, nothing is deleted, the exit code tells.
    desk.hooks("api").clear()
    desk.hooks("web").clear()
    with desk.fake.lock:
        desk.fake.change.add_hook(desk.wide, desk.url, ["repo:push"], "wider")
    faults.add(path="/api/(web)?hooks", method="POST", status=403, times=None)
    failed = [step for step in desk.lines("--prune", code=1) if step["done"] is False]
    checks.equal([step["repository"] for step in failed], ["api"], f"{desk.name}: what failed")
    checks.that("403" in failed[0]["failure"], f"{desk.name}: why: {failed}")
    checks.equal((len(desk.ours("web")), any(hook.url == desk.url for hook in desk.wide)), (1, True),
                 f"{desk.name}: the rest is done, and nothing deleted")
    faults.clear()
    checks.equal(len(desk.deeds("--prune")), 2, f"{desk.name}: the next run does the rest")
    faults.add(path="hooks", status=429, retry_after="seconds", retry_after_seconds=1, times=1)
    checks.equal(desk.deeds(), [], f"{desk.name}: after a 429")
    faults.clear()
    check_dead_credential(desk, checks)
    faults.add(path="hooks", status=429, retry_after="seconds", retry_after_seconds=1800, times=None)
    ran = desk.run()
    checks.that(ran.returncode == 1 and "429: too many requests; try again in" in ran.stderr and ran.stderr.count("\n") == 1,
                f"{desk.name}: a long 429: {ran.stderr!r}")
    faults.clear()


def check_dead_credential(desk, checks):
    """Once it is refused, nothing more is asked for; what only one repository refuses or lacks hinders no other."""
    desk.fake.faults.add(path="hooks", status=401, times=None)
    desk.fake.log.clear()
    ran = desk.run()
    checks.that(ran.returncode == 1 and "401: the credential is refused" in ran.stderr and ran.stderr.count("\n") == 1,
                f"{desk.name}: a credential that dies: {ran.stderr!r}")
    checks.equal(sum("hooks" in entry.target for entry in desk.fake.log.entries), 1, f"{desk.name}: places that were looked at after a 401")
    desk.fake.faults.clear()
    for slug in ("api", "web"):
        desk.hooks(slug).clear()
    for status, wanted, left in ((401, 1, {"api", "web"}), (404, 2, {"api"})):
        desk.fake.faults.add(path="/api/(web)?hooks" if status == 404 else "hooks", method="POST", status=status, times=None)
        desk.fake.log.clear()
        ran = desk.run()
        checks.equal((ran.returncode, len(desk.writes())), (1, wanted), f"{desk.name}: hooks that were tried with a {status}: {ran.stderr}")
        checks.equal({slug for slug in REPOSITORIES if not desk.ours(slug)}, left, f"{desk.name}: without a hook after a {status}")
        checks.equal("given up after 0 of 2 changes" in ran.stderr, status == 401, f"{desk.name}: what is said of a {status}: {ran.stderr!r}")
        desk.fake.faults.clear()
    desk.deeds()


def check_strange_ids(desk, checks):
    """What a server calls a hook becomes no other path of it."""
    desk.deeds()
    hook, = desk.ours("api")
    desk.hooks("web").clear()
    for uuid in ("", ".."):
        good, hook.uuid = hook.uuid, uuid
        good_number, hook.id = hook.id, None if uuid == "" else uuid
        hook.active = False
        desk.fake.log.clear()
        ran = desk.run("--prune")
        checks.that(ran.returncode == 1 and "has no id of Bitbucket's" in ran.stderr, f"{desk.name}: a hook called {uuid!r}: {ran.stderr!r}")
        hook.uuid, hook.id, hook.active = good, good_number, True
        paths = [entry.target for entry in desk.writes()]
        checks.that(all("/web/" in path for path in paths), f"{desk.name}: written for {uuid!r}: {paths}")
    desk.hooks("web").clear()
    desk.fake.faults.add(path="/web/(web)?hooks", method="POST", status=201, body="{}")
    failed, = [step for step in desk.lines(code=1) if step["done"] is False]
    checks.that("the answer names no hook" in failed["failure"], f"{desk.name}: an answer without an id: {failed}")
    checks.equal(desk.deeds(), [("create", "web")], f"{desk.name}: the next run makes it")
    desk.ours("web")[0].active = False
    desk.fake.faults.add(path="/web/(web)?hooks/", method="PUT", status=200, body="{}")
    failed, = [step for step in desk.lines(code=1) if step["done"] is False]
    checks.that("the answer names no hook" in failed["failure"], f"{desk.name}: a change without an answer: {failed}")
    checks.equal(desk.deeds(), [("update", "web")], f"{desk.name}: the next run changes it")


def check_events_of_old_servers(desk, checks):
    desk.fake.settings.datacenter_version = "7.21.0"
    desk.deeds()
    events = desk.ours("api")[0].events
    checks.that("repo:secret_detected" not in events and "pr:from_ref_updated" in events, f"events of 7.21: {events}")


def check_misuse(desk, checks):
    text = desk.config.read_text()
    desk.config.write_text("\n".join(line for line in text.splitlines() if not line.startswith("webhook.url")))
    ran = desk.run()
    checks.that(ran.returncode == 1 and "webhook.url is missing" in ran.stderr, f"without webhook.url: {ran.stderr!r}")
    desk.configure()
    if desk.cloud:
        desk.secret = "x" * 129
        ran = desk.run()
        checks.that(ran.returncode == 1 and "longer than the 128 bytes" in ran.stderr, f"a long secret: {ran.stderr!r}")
        desk.secret = NEXT_SECRET


def test(directory, rng, checks):
    with sample_fake() as fake:
        users, add = fake.world.users, fake.credentials.add
        add(Credential("api_token", "no-admin", users["bot"], sample.EMAIL, frozenset({"read:repository:bitbucket"})))
        add(Credential("pat", "no-admin", users["grace"], "grace", frozenset({"REPO_READ"})))
        for cloud in (True, False):
            desk = Desk(directory, fake, checks, cloud)
            for check in (check_creation, check_several_at_once, check_drift, check_duplicates, check_scope, check_selection, check_strange_ids, check_refusals, check_misuse):
                fake.log.clear()
                check(desk, checks)
        check_events_of_old_servers(desk, checks)


harness.main(test)
