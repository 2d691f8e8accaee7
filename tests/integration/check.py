"""`bbstream check` against the fake of both products and of Jira: a line a check, what it says of what is wrong, and its exit
code."""
import email.utils
import os
import pathlib
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
import command_desk
import daemon
import harness
from fake_bitbucket import sample, sample_fake
from fake_bitbucket.credentials import Credential

CONFIG = """[ingest]
tls.enabled = false
[[instance]]
name = "cloud"
platform = "cloud"
api = "{cloud_api}"
api_ca = "{directory}/cert.pem"
workspace = "acme"
webhook.path = "/webhooks/cloud"
webhook.secrets = ["env:HOOK_SECRET"]
{cloud}
[[instance]]
name = "dc"
platform = "datacenter"
api = "{datacenter_api}"
api_ca = "{directory}/cert.pem"
webhook.path = "/webhooks/dc"
webhook.secrets = ["env:HOOK_SECRET"]
{dc}
[sink]
file.path = "{directory}/events/events.jsonl"
"""
GRANULAR = ("read:user", "read:repository", "read:pullrequest", "read:pipeline", "read:webhook", "write:webhook")
FITTING = frozenset(f"{name}:bitbucket" for name in GRANULAR)
SECRETS = (sample.WRITE_TOKEN, sample.ADMIN_PAT, sample.JIRA_TOKEN, sample.WORKSPACE_TOKEN, "fits-cloud", "fits-dc", "hook-secret-text")
CLOUD = {"kind": "api_token", "username": sample.EMAIL, "secret": "fits-cloud"}
DC = {"kind": "pat", "secret": sample.ADMIN_PAT}


class Desk(command_desk.CommandDesk):
    secrets = SECRETS

    def __init__(self, directory, fake, checks):
        super().__init__(directory, fake, checks)
        (directory / "events").mkdir()
        self.configure()

    def configure(self, cloud=CLOUD, dc=DC, more_cloud="", more_dc="", **changes):
        self.environment = command_desk.environment() | {"HOOK_SECRET": "hook-secret-text", "JIRA": sample.JIRA_TOKEN}
        fields = {"cloud_api": self.fake.cloud_api, "datacenter_api": self.fake.datacenter_api, "directory": self.directory} | changes
        fields |= {"cloud": self.credential(cloud, "SECRET_CLOUD") + more_cloud, "dc": self.credential(dc, "SECRET_DC") + more_dc}
        self.config.write_text(CONFIG.format(**fields))

    def run(self, *words):
        return super().run("check", *words)

    def results(self, *words, code=0):
        """(of, check) -> (result, said)"""
        lines = self.lines(*words, code=code)
        self.checks.that(all(line["advice"] for line in lines if line["result"] == "warning"), f"a warning without advice: {lines}")
        return {(line["of"], line["check"]): (line["result"], line["said"]) for line in lines}

    def expect(self, results, of, check, result, text=""):
        found = results.get((of, check), ("absent", ""))
        self.checks.that(found[0] == result and text in found[1], f"{of} {check}: {found}, not {result} {text!r}")


def hooks_url(name):
    return f'webhook.url = "https://hooks.acme.example/webhooks/{name}"\n'


def check_fine(desk, checks):
    found = desk.results()
    for of in ("cloud", "dc"):
        for check in ("reachable", "credential", "repositories"):
            desk.expect(found, of, check, "ok")
        desk.expect(found, of, "tls", "warning", "day")  # the test's certificate lives for two days
        desk.expect(found, of, "clock", "ok")
        desk.expect(found, of, "webhooks", "unknown", "webhook.url is not set")
        desk.expect(found, of, "limit", "unknown", "configured")
    desk.expect(found, "cloud", "credential", "ok", "as Acme Bot")
    desk.expect(found, "dc", "credential", "ok", "as bot")
    desk.expect(found, "cloud", "scopes", "warning", "more than needed: read:webhook:bitbucket, write:webhook:bitbucket")
    desk.expect(found, "dc", "permissions", "ok", "REPO_READ")
    desk.expect(found, "dc", "permissions", "ok", "not tried: REPO_ADMIN (to tell lost pushes to a ref one by one)")
    desk.expect(found, "sink", "file", "ok", "can be written")
    shown = desk.run().stdout
    checks.equal(len(shown.splitlines()), len(found), "a line a check")
    checks.that(all(line.split()[0] in ("cloud", "dc", "sink") for line in shown.splitlines()), f"lines for people: {shown}")
    only = desk.results("--instance", "dc")
    checks.equal({of for of, _ in only}, {"dc"}, "--instance")
    checks.equal([entry.method for entry in desk.fake.log.entries if entry.method != "GET"], [], "what check changed")
    checks.equal(desk.run("--instance", "nobody").returncode, 2, "an instance that there is not")


def check_foreign_names(desk, checks):
    """What others have written moves no cursor, whichever way it is printed."""
    with desk.fake.lock:
        stranger = desk.fake.world.add_user("stranger", "Acme\x9b2J\x7f Bot")
        desk.fake.credentials.add(Credential("api_token", "a-stranger", stranger, sample.EMAIL, FITTING))
    desk.configure(cloud={**CLOUD, "secret": "a-stranger"})
    for words, wanted in (((), "Acme 2J  Bot"), (("--json",), "Acme\\u009b2J\\u007f Bot")):
        said = desk.run("--instance", "cloud", *words).stdout
        checks.that(wanted in said and not {"\x9b", "\x7f"} & set(said), f"a name of others with {words}: {said!r}")
    desk.configure()


def check_scopes(desk, checks):
    add = desk.fake.credentials.add
    bot = desk.fake.world.users["bot"]
    add(Credential("api_token", "too-little", bot, sample.EMAIL, frozenset({"read:repository:bitbucket", "read:user:bitbucket"})))
    desk.configure(cloud={**CLOUD, "secret": "too-little"})
    desk.expect(desk.results("--instance", "cloud", code=1), "cloud", "scopes", "fail", "read:pullrequest:bitbucket (to read pull requests)")
    desk.configure(cloud={"kind": "access_token", "secret": sample.WORKSPACE_TOKEN}, more_cloud='auth.uses = ["review", "pipelines"]\n')
    found = desk.results("--instance", "cloud")
    desk.expect(found, "cloud", "credential", "ok", "(workspace_access_token)")
    desk.expect(found, "cloud", "scopes", "warning", "repository:admin, webhook")
    desk.configure(cloud={"kind": "access_token", "secret": sample.REPOSITORY_TOKEN})
    desk.expect(desk.results("--instance", "cloud"), "cloud", "scopes", "warning", "missing: pipeline (to read pipelines)")
    desk.fake.settings.scope_headers = False
    desk.expect(desk.results("--instance", "cloud"), "cloud", "scopes", "unknown", "needed: repository, pullrequest, pipeline")
    desk.fake.settings.scope_headers = True
    # A second credential keeps the webhooks: the first need not.
    admin = f'admin_auth.kind = "api_token"\nadmin_auth.username = "{sample.EMAIL}"\nadmin_auth.secret = "env:ADMIN"\n'
    desk.configure(more_cloud=hooks_url("cloud") + admin)
    desk.environment["ADMIN"] = "too-little"
    found = desk.results("--instance", "cloud", code=1)
    desk.expect(found, "cloud", "admin scopes", "fail", "write:webhook:bitbucket (for webhooks)")
    desk.expect(found, "cloud", "admin credential", "ok")
    desk.expect(found, "cloud", "scopes", "warning", "more than needed: read:webhook:bitbucket")
    desk.configure(dc={"kind": "pat", "secret": sample.READ_PAT}, more_dc=hooks_url("dc"))
    found = desk.results("--instance", "dc", code=1)
    desk.expect(found, "dc", "permissions", "fail", "REPO_ADMIN (for webhooks)")
    desk.expect(found, "dc", "webhooks", "fail", "can't be seen")
    desk.configure()
    desk.fake.faults.add(path="/latest/repos", status=200, body="{}", times=None)
    found = desk.results("--instance", "dc", code=1)
    desk.fake.faults.clear()
    desk.expect(found, "dc", "repositories", "fail", "no page of a listing")
    desk.expect(found, "dc", "permissions", "unknown", "could not be listed")


def check_hooks(desk, checks):
    desk.configure(more_cloud=hooks_url("cloud"), more_dc=hooks_url("dc"))
    found = desk.results()
    for of in ("cloud", "dc"):
        desk.expect(found, of, "webhooks", "warning", "3 missing, 1 not as configured, of 4")
    desk.expect(found, "cloud", "scopes", "ok")
    desk.expect(found, "dc", "permissions", "ok", "REPO_ADMIN")
    synced = harness.run([harness.BINARY, "hooks", "sync", "--config", write_state(desk), "--instance", "dc"], env=desk.environment)
    checks.equal(synced.returncode, 0, f"hooks sync: {synced.stderr}")
    desk.expect(desk.results("--instance", "dc"), "dc", "webhooks", "ok", "as configured, of 4")
    api = desk.fake.world.repository("api").datacenter_hooks
    api.append(api[0])
    desk.expect(desk.results("--instance", "dc"), "dc", "webhooks", "warning", "1 twice")
    api.pop()


def write_state(desk):
    text = desk.config.read_text() + f'[state]\npath = "{desk.directory}/state"\n'
    desk.config.write_text(text)
    return desk.config


def check_refusals(desk, checks):
    desk.configure(cloud={**CLOUD, "secret": "wrong"}, dc={"kind": "pat", "secret": "wrong"})
    found = desk.results(code=1)
    desk.expect(found, "cloud", "credential", "fail", "e-mail address")
    desk.expect(found, "dc", "credential", "fail", "wrong, revoked or expired")
    checks.that(("cloud", "repositories") not in found and ("sink", "file") in found, "what follows a refusal")
    desk.fake.settings.public_instance = True
    desk.expect(desk.results(code=1), "dc", "credential", "fail", "not authenticated: the server takes the credential for nobody's")
    desk.fake.settings.public_instance = False
    desk.configure(cloud={"kind": "app_password", "username": "bot", "secret": sample.APP_PASSWORD})
    desk.expect(desk.results("--instance", "cloud", code=1), "cloud", "credential", "fail", "removed on 28 July 2026")
    desk.configure(cloud=None, dc=None)
    found = desk.results()
    for of in ("cloud", "dc"):
        desk.expect(found, of, "credential", "unknown", "nothing is polled")
    desk.configure()
    desk.fake.faults.add(path="/repositories/acme", status=403, times=None)
    desk.expect(desk.results("--instance", "cloud", code=1), "cloud", "repositories", "fail", "403")
    desk.fake.faults.clear()
    desk.fake.faults.add(path="/user", status=429, retry_after="seconds", retry_after_seconds=1800, times=None)
    desk.expect(desk.results("--instance", "cloud", code=1), "cloud", "credential", "fail", "429: too many requests")
    desk.fake.faults.clear()


def check_proxies_that_take_names_out(desk, checks):
    """Whether Data Center knows the credential is then told by what only those may ask who are logged in."""
    desk.configure()
    settings, faults = desk.fake.settings, desk.fake.faults
    settings.names_user = False
    for settings.public_instance in (False, True):
        desk.expect(desk.results("--instance", "dc"), "dc", "credential", "ok", "accepted; X-AUSERNAME")
    desk.configure(dc={"kind": "pat", "secret": "wrong"})
    desk.expect(desk.results("--instance", "dc", code=1), "dc", "credential", "fail", "not authenticated")
    desk.configure()
    for status, body, code, result, wanted in ((404, "", 0, "unknown", "can't be listed (404)"),
                                               (200, "<html>Log in</html>", 1, "fail", "what answers is not Bitbucket (200)")):
        faults.add(path="/users", status=status, body=body)
        desk.expect(desk.results("--instance", "dc", code=code), "dc", "credential", result, wanted)
    settings.public_instance, settings.names_user = False, True


def check_way(desk, checks):
    port = harness.free_port()
    desk.configure(cloud_api=f"https://127.0.0.1:{port}/2.0")
    found = desk.results("--instance", "cloud", code=1)
    desk.expect(found, "cloud", "reachable", "fail", f"port {port}")
    checks.equal(len(found), 1, "what follows where nobody answers")
    other = desk.directory / "other"
    other.mkdir()
    daemon.make_certificate(other)
    desk.configure(directory=other)
    (other / "events").mkdir()
    desk.expect(desk.results("--instance", "cloud", code=1), "cloud", "tls", "fail", "not trusted")
    desk.configure()
    offset = [0]
    desk.fake.observers.append(lambda _, response: response.headers.update(Date=email.utils.formatdate(time.time() + offset[0], usegmt=True)))
    desk.expect(desk.results("--instance", "cloud"), "cloud", "clock", "ok", "the same")
    offset[0] = 100
    desk.expect(desk.results("--instance", "cloud"), "cloud", "clock", "warning", "behind")
    offset[0] = -4000
    desk.expect(desk.results("--instance", "cloud", code=1), "cloud", "clock", "fail", "ahead")
    desk.fake.observers.pop()


def check_sinks(desk, checks):
    text = desk.config.read_text()
    desk.config.write_text(text.replace("/events/events.jsonl", "/nowhere/events.jsonl"))
    desk.expect(desk.results(code=1), "sink", "file", "fail", "No such file")
    desk.configure()


def check_issues(desk, checks):
    jira = f'jira.site = "{desk.fake.url}"\njira.username = "{sample.EMAIL}"\njira.secret = "env:JIRA"\njira.project = "PLAT"\n'
    desk.configure(more_cloud=jira)
    before = dict(desk.fake.world.jira)
    found = desk.results("--instance", "cloud")
    for check in ("jira reachable", "jira credential", "jira project"):
        desk.expect(found, "cloud", check, "ok")
    checks.that(("cloud", "issue") not in found, "no issue without --write")
    desk.expect(desk.results("--instance", "cloud", "--write"), "cloud", "issue", "ok", "made and removed")
    checks.equal(desk.fake.world.jira, before, "the issue is removed")
    desk.fake.faults.add(path="/issue/", method="DELETE", status=403, times=None)
    desk.expect(desk.results("--instance", "cloud", "--write"), "cloud", "issue", "warning", "can't be removed")
    desk.fake.faults.clear()
    desk.environment["JIRA"] = "wrong"
    desk.expect(desk.results("--instance", "cloud", code=1), "cloud", "jira credential", "fail", "Jira refuses the credential")
    desk.configure(cloud={**CLOUD, "secret": sample.WRITE_TOKEN})
    desk.expect(desk.results("--write", "--instance", "cloud"), "cloud", "issue", "unknown", "--repo")
    desk.expect(desk.results("--write", "--instance", "cloud", "--repo", "acme/web", code=1), "cloud", "issue", "fail", "20 August 2026")
    desk.fake.settings.issues_removed = 0
    issues = dict(desk.fake.world.repository("web").issues)
    desk.expect(desk.results("--write", "--instance", "cloud", "--repo", "acme/web"), "cloud", "issue", "ok", "made and removed")
    checks.equal(desk.fake.world.repository("web").issues, issues, "the tracker's issue is removed")
    desk.expect(desk.results("--write", "--instance", "dc"), "dc", "issue", "unknown", "nothing to write to")
    desk.configure()


def check_open_secrets(desk, checks):
    desk.configure()
    key = desk.directory / "state.key"
    key.write_text("00" * 32)
    desk.config.write_text(f'{desk.config.read_text()}[state]\nkey = "file:{key}"\n')
    for mode, readers in ((0o600, ""), (0o644, "every user of this machine")):
        key.chmod(mode)
        found = desk.results()
        checks.equal(("config", "secret") in found, bool(readers), f"a line about a key of mode {mode:o}: {found}")
        if readers:
            desk.expect(found, "config", "secret", "warning", f"state.key: {key} can be read by {readers}")
        status = command_desk.CommandDesk.run(desk, "auth", "status")
        wanted = f"bbstream: warning: state.key: {key} can be read by {readers} (chmod o= {key})\n" if readers else ""
        checks.equal((status.returncode, status.stderr), (0, wanted), f"auth status with a key of mode {mode:o}")
    checks.that(("config", "secret") not in desk.results("--instance", "cloud"), "of one instance only its own secrets")


def check_environment(desk, checks):
    if os.path.exists("/etc/bbstream/bbstream.toml"):
        print("not looked at: the environment, since there is a configuration in its default place")
        return
    base = command_desk.environment("BITBUCKET_", "CLIENT_", "BBSTREAM_CONFIG")
    base["SSL_CERT_FILE"] = str(desk.directory / "cert.pem")
    by_token = base | {"BITBUCKET_URL": desk.fake.cloud_api, "BITBUCKET_USERNAME": sample.EMAIL, "BITBUCKET_API_TOKEN": "fits-cloud"}
    for variables in (by_token | {"BITBUCKET_WORKSPACE": "acme"}, by_token | {"BITBUCKET_API_TOKEN": sample.WRITE_TOKEN}):
        ran = harness.run([harness.BINARY, "check"], env=variables)
        for wanted in ("accepted, as Acme Bot", "can be seen at first sight"):
            checks.that(ran.returncode == 0 and wanted in ran.stdout, f"from the environment: {ran.stdout}{ran.stderr}")
    by_access_token = base | {"BITBUCKET_URL": desk.fake.cloud_api, "BITBUCKET_TOKEN": sample.WORKSPACE_TOKEN}
    ran = harness.run([harness.BINARY, "check"], env=by_access_token)
    checks.that("unknown  not looked at: workspace (BITBUCKET_WORKSPACE" in ran.stdout, f"no workspace: {ran.stdout}{ran.stderr}")
    ran = harness.run([harness.BINARY, "check"], env=base)
    checks.that(ran.returncode == 1 and ran.stderr.count("\n") == 1, f"from nothing: {ran.stderr}")


def test(directory, rng, checks):
    daemon.make_certificate(directory)
    with sample_fake(tls=(directory / "cert.pem", directory / "key.pem")) as fake:
        fake.credentials.add(Credential("api_token", "fits-cloud", fake.world.users["bot"], sample.EMAIL, FITTING))
        fake.observers.append(lambda _, response: response.headers.setdefault("Date", email.utils.formatdate(usegmt=True)))
        desk = Desk(directory, fake, checks)
        for check in (check_fine, check_foreign_names, check_scopes, check_hooks, check_refusals, check_proxies_that_take_names_out, check_way, check_sinks, check_issues, check_open_secrets, check_environment):
            check(desk, checks)


harness.main(test)
