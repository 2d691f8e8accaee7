"""What is secret stays so: secrets of every kind are planted, the daemon and every command run with them, when all is well and
when it is not, and nothing that comes out or lies on the disk has any of them."""
import base64
import hashlib
import hmac
import http.client
import json
import os
import pathlib
import re
import secrets
import subprocess
import sys
import urllib.parse

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
import harness
from daemon import toml
from fake_bitbucket import sample, sample_fake
from fake_bitbucket.credentials import CLASSIC, GRANULAR, Credential
from fake_bitbucket.webhooks.delivery import Deliveries

BODY = harness.ROOT / "deploy/demo/cloud-push.json"
FORM_SECRETS = ("code", "code_verifier", "client_secret", "refresh_token")
REPOSITORIES = {"cloud": "acme/api", "person": "acme/api", "client": "acme/api", "dc": "PLAT/api"}


class Planted:
    """Secrets by name, and how each would look where it came out."""

    def __init__(self):
        self.texts = {}
        self.added = {}

    def new(self, name):
        """One that is found wherever it is. Characters of base64 that URLs, forms and JSON may write otherwise."""
        text = f"+{name}/" + secrets.token_hex(12)
        self.add(name, text)
        return text

    def add(self, name, text):
        self.texts[name] = text
        self.added[name] = {form.encode() for form in forms_of(text)}

    def found_in(self, content):
        if isinstance(content, str):
            content = content.encode()
        return [name for name, forms in self.added.items() if any(form in content for form in forms)]


def forms_of(text):
    """As it is, as a URL's or a form's, in hexadecimal, and in base64 wherever in a longer text it may stand."""
    raw = text.encode()
    yield from (text, urllib.parse.quote(text, safe=""), json.dumps(text)[1:-1], raw.hex(), raw.hex().upper())
    for before in range(3):
        whole = base64.b64encode(b"\0" * before + raw).decode().rstrip("=")
        # Its first and last letters depend on what stands beside.
        inner = whole[(0, 2, 3)[before]:-1]
        yield from (inner, inner.replace("+", "-").replace("/", "_"))


class Place:
    """Directories, configuration and environment: the secrets' files lie apart from all that is searched."""

    def __init__(self, directory, fake, checks):
        self.fake, self.checks, self.planted = fake, checks, Planted()
        self.kept, self.seen = directory / "kept", directory / "seen"
        for each in (self.kept, self.seen):
            each.mkdir()
        self.port, self.admin_port, callback_port = (harness.free_port() for _ in range(3))
        self.callback = f"http://127.0.0.1:{callback_port}/callback"
        self.log = self.seen / "daemon.log"
        self.config = self.seen / "bbstream.toml"
        self.state_key = secrets.token_hex(32)
        self.planted.add("state key", self.state_key)
        self.reference("state", self.state_key)
        self.proxy = f"http://ada:{urllib.parse.quote(self.planted.new('proxy'), safe='')}@127.0.0.1:{harness.free_port()}"
        self.environment = {name: value for name, value in os.environ.items()
                            if not name.lower().endswith("_proxy") and name not in ("DISPLAY", "WAYLAND_DISPLAY")}
        self.environment |= {"https_proxy": self.proxy, "no_proxy": "127.0.0.1"}
        self.add_credentials()
        self.write_config()

    def reference(self, name, text=None):
        """A file with a new secret, or this one, as the configuration names it."""
        file = self.kept / name
        file.write_text((self.planted.new(name) if text is None else text) + "\n")
        return f"file:{file}"

    def add_credentials(self):
        users, add = self.fake.world.users, self.fake.credentials.add
        self.references = {name: self.reference(name) for name in ("token", "pat", "jira", "admin", "hook", "dc-hook")}
        texts = self.planted.texts
        add(Credential("api_token", texts["token"], users["bot"], sample.EMAIL, GRANULAR))
        add(Credential("pat", texts["pat"], users["bot"], "bot", frozenset({"PROJECT_ADMIN", "REPO_ADMIN"})))
        add(Credential("jira", texts["jira"], users["bot"], sample.EMAIL))
        for name in ("person", "client"):
            self.references[name] = self.reference(name)
            self.fake.oauth.add_consumer(client_id=name, secret=texts[name], callback=self.callback, kind="oauth2",
                                         user=users["bot"], scopes=CLASSIC, app=users["bbstream-app"])

    def write_config(self, **changes):
        """`changes`: of the references."""
        of = self.references | changes
        oauth = {"token_url": f"{self.fake.url}/site/oauth2/access_token", "authorize_url": f"{self.fake.url}/site/oauth2/authorize"}
        cloud = {"platform": "cloud", "api": self.fake.cloud_api, "workspace": "acme"}
        instances = {
            "cloud": cloud | {"auth.kind": "api_token", "auth.username": sample.EMAIL, "auth.secret": of["token"],
                              "jira.site": self.fake.url, "jira.username": sample.EMAIL, "jira.secret": of["jira"], "jira.project": "PLAT"},
            "person": cloud | {"auth.kind": "oauth_user", "auth.client_id": "person", "auth.secret": of["person"],
                               "auth.redirect_uri": self.callback} | {f"auth.{name}": url for name, url in oauth.items()},
            "client": cloud | {"auth.kind": "oauth_client", "auth.client_id": "client", "auth.secret": of["client"],
                               "auth.token_url": oauth["token_url"]},
            "dc": {"platform": "datacenter", "api": self.fake.datacenter_api, "auth.kind": "pat", "auth.secret": of["pat"]},
            # Never reached: the proxy stands before it.
            "far": {"platform": "cloud", "api": "https://bitbucket.example.com/2.0", "workspace": "acme", "auth.kind": "access_token",
                    "auth.secret": of["token"]},
        }
        sections = {"ingest": {"listen": f"127.0.0.1:{self.port}", "tls.enabled": False}, "journal": {"path": f"{self.seen}/journal"},
                    "state": {"path": f"{self.seen}/state", "key": f"file:{self.kept}/state"}, "backfill": {"enabled": False},
                    "sink": {"kind": "file", "file.path": f"{self.seen}/events.jsonl"},
                    "admin": {"listen": f"127.0.0.1:{self.admin_port}", "token": of["admin"]}, "log": {"level": "debug"}}
        lines = ['node = "test"']
        for section, keys in sections.items():
            lines += [f"[{section}]"] + [f"{key} = {toml(value)}" for key, value in keys.items()]
        for name, keys in instances.items():
            hook = "dc-hook" if name == "dc" else "hook"
            more = {"name": name, "webhook.path": f"/webhooks/{name}", "webhook.secrets": [of[hook]]}
            if name in ("cloud", "dc"):
                more["webhook.url"] = f"http://127.0.0.1:{self.port}/webhooks/{name}"
            lines += ["[[instance]]"] + [f"{key} = {toml(value)}" for key, value in (more | keys).items()]
        self.config.write_text("\n".join(lines) + "\n")

    def look(self, content, what):
        for name in self.planted.found_in(content):
            self.checks.that(False, f"{what} tells the {name} secret")

    def learn(self):
        """What the fake has given out, or was sent, since the last time."""
        for number, each in enumerate(self.fake.oauth.refreshes):
            self.planted.add(f"refresh token {number}", each)
        for number, each in enumerate(self.fake.credentials.known):
            if each.kind.endswith("oauth2"):
                self.planted.add(f"access token {number}", each.secret[:200])
        for entry in self.fake.log.entries:
            for name, value in urllib.parse.parse_qsl(entry.body.decode(errors="replace")):
                if name in FORM_SECRETS:
                    self.planted.add(f"{name} of request {entry.number}", value)
        for repo in self.fake.world.made:
            for hook in (*repo.hooks, *repo.datacenter_hooks):
                if hook.secret:
                    self.planted.add(f"hook {hook.id} of {repo.slug}", hook.secret)

    def run(self, *words, code=None, **variables):
        """Any command; `code`: what it must end with."""
        ran = harness.run([harness.BINARY, *words], env=self.environment | variables)
        self.learn()
        self.look(ran.stdout + ran.stderr, f"{words} {variables and sorted(variables)}")
        if code is not None:
            self.checks.equal(ran.returncode, code, f"exit code of {words}: {ran.stdout[-300:]}{ran.stderr[-600:]}")
        return ran

    def of(self, instance, *words, code=None, **variables):
        """A command with the configuration, for people and for programs."""
        for more in ((), ("--json",)):
            self.run(*words, "--config", self.config, "--instance", instance, *more, code=code, **variables)


def opened(url):
    """Where it leads, and its body."""
    parts = urllib.parse.urlsplit(url)
    connection = http.client.HTTPConnection(parts.netloc, timeout=60)
    connection.request("GET", f"{parts.path}?{parts.query}")
    answer = connection.getresponse()
    return answer.headers["Location"], answer.read().decode()


def log_in(place, agree=True):
    """As somebody whose browser is opened by bbstream, and what the browser is called with."""
    browser = place.kept / "xdg-open"
    browser.write_text(f"#!/bin/sh\nprintf '%s ' \"$@\" > {place.seen}/browser.arguments\n")
    browser.chmod(0o755)
    place.fake.settings.authorization_denied = not agree
    process = harness.start([harness.BINARY, "auth", "login", "--config", place.config, "--instance", "person"], text=True,
                            stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                            env=place.environment | {"DISPLAY": ":7", "PATH": f"{place.kept}:{os.environ['PATH']}"})
    said = ""
    while not said.strip().startswith("http"):
        said = process.stdout.readline()
    command_line = pathlib.Path(f"/proc/{process.pid}/cmdline").read_bytes()
    page = opened(opened(said.strip())[0])[1]
    out, err = process.communicate(timeout=60 * harness.SLOWNESS)
    place.fake.settings.authorization_denied = False
    place.learn()
    for content, what in ((said + out + err, "a login"), (page, "a login's page"), (command_line, "a login's command line")):
        place.look(content, what)
    wanted = 0 if agree and not place.fake.faults.active else 1
    place.checks.equal(process.returncode, wanted, f"exit code of a login: {err}")


def commands_of(place, instance):
    """Those that read, and those that change something but leave the next run of them possible."""
    repo = ("--repo", REPOSITORIES[instance])
    head = place.fake.world.repository("api").branches["main"]
    yield from (("repos", "list"), ("projects", "list"), ("check",), ("auth", "status"))
    for words in (("repos", "show"), ("branches", "list"), ("commits", "list"), ("prs", "list"), ("prs", "show", "1"), ("hooks", "list"),
                  ("statuses", "list", head), ("prs", "comment", "1", "--text", "So?"), ("prs", "approve", "1"), ("prs", "unapprove", "1"),
                  ("statuses", "set", head, "--key", "k", "--state", "failed", "--url", "https://ci.example/1")):
        yield (*words, *repo)
    if instance != "dc":
        for words in (("pipelines", "list"), ("pipelines", "show", "1"), ("pipelines", "log", "1"), ("pipelines", "run", "--branch", "main")):
            yield (*words, *repo)
    if instance == "cloud":
        yield from (("issues", "list"), ("issues", "show", "PLAT-1"), ("issues", "comment", "PLAT-1", "--text", "So?"))


def run_all(place):
    for instance in REPOSITORIES:
        for words in commands_of(place, instance):
            # Without a member of the consumer's team as its user a client can't say what it thinks of its own.
            of_nobody = instance == "client" and words[0] == "prs" and words[1] in ("approve", "unapprove")
            place.of(instance, *words, code=None if of_nobody or words[0] == "check" else 0)
    place.of("person", "auth", "refresh", code=0)
    for instance in ("cloud", "dc"):
        place.of(instance, "hooks", "sync", code=0)


def run_failing(place):
    """The same against servers that refuse, and repeat in what they say whatever secret they were sent."""
    for status in (400, 401, 403, 404, 410):
        place.fake.faults.add(path="^/(2.0|rest)/", times=None, status=status, repeats=True)
        for instance in REPOSITORIES:
            for words in commands_of(place, instance) if status == 403 else (("repos", "list"), ("check",)):
                place.of(instance, *words, code=None if words[0] in ("auth", "check") else 1)
        place.fake.faults.clear()
        place.fake.faults.add(path="/access_token", times=None, status=status, repeats=True)
        place.of("person", "auth", "refresh", code=1)
        place.of("client", "repos", "list", code=1)
        log_in(place)
        place.fake.faults.clear()
    log_in(place, agree=False)


def basic(name, password):
    return "Basic " + base64.b64encode(f"{name}:{password}".encode()).decode()


def run_misconfigured(place):
    """Secrets where none belong, in files that are not what they should be, and behind a proxy that is away."""
    text = place.planted.new("misplaced")
    url = f"https://ada:{text}@bitbucket.example.com/2.0?token={text}"
    whole = place.config.read_text()
    keys = {"auth.secret": text, "webhook.secrets": text, "jira.secret": text, "key": text, "token": text, "api": url, "webhook.url": url,
            "auth.token_url": url, "auth.redirect_uri": url, "jira.site": url}
    for key, wrong in keys.items():
        for value in {wrong, url}:
            shown = f"[{toml(value)}]" if key == "webhook.secrets" else toml(value)
            place.config.write_text(re.sub(f"^{re.escape(key)} = .*$", lambda _: f"{key} = {shown}", whole, flags=re.MULTILINE))
            for words in (("config", "check", place.config), ("auth", "status", "--config", place.config),
                          ("check", "--config", place.config), ("serve", "--config", place.config)):
                ran = place.run(*words)
                place.checks.that(ran.returncode != 0, f"{words} takes {key} = {shown}")
    place.config.write_text(whole)
    place.write_config(token=f"file:{place.kept}/absent", admin="env:ABSENT")
    place.of("cloud", "repos", "list", code=1)
    place.write_config()
    place.of("far", "repos", "list", code=1)
    place.of("far", "check", code=1)
    environments = ({"BITBUCKET_URL": url, "BITBUCKET_TOKEN": text}, {"BITBUCKET_API_TOKEN": text},
                    {"BITBUCKET_USERNAME": "ada", "BITBUCKET_API_TOKEN": text + "\n", "BITBUCKET_URL": place.fake.cloud_api},
                    {"BITBUCKET_TOKEN": text, "BITBUCKET_URL": place.fake.datacenter_api}, {"CLIENT_SECRET": text},
                    {"CLIENT_SECRET": text, "CLIENT_ID": "client", "BITBUCKET_URL": place.fake.cloud_api, "REDIRECT_URI": url},
                    {"CLIENT_SECRET": text, "CLIENT_ID": "client", "BITBUCKET_URL": place.fake.cloud_api, "BBSTREAM_STATE_KEY": text,
                     "REDIRECT_URI": place.callback})
    if not os.path.exists("/etc/bbstream/bbstream.toml"):
        for variables in environments:
            for words in (("repos", "list"), ("check",), ("auth", "status"), ("auth", "refresh"), ("hooks", "list", "--repo", "acme/api")):
                place.run(*words, **variables, HOME=str(place.seen / "home"), BITBUCKET_WORKSPACE="acme")
    place.run("send", "--url", url, "--platform", "cloud", "--event", "repo:push", "--secret-file", place.kept / "hook", BODY, code=1)


def serve(place, deliveries, **variables):
    with open(place.log, "ab") as log:
        process = harness.start([harness.BINARY, "serve", "--config", place.config], stdout=log, stderr=log, stdin=subprocess.DEVNULL,
                                env=place.environment | variables)
    deliveries.forget_connections()
    harness.wait_until(lambda: answer_of(place.admin_port, "/readyz")[0] == 200, "the daemon to be ready")
    return process


def answer_of(port, path, method="GET", body=None, **headers):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        connection.request(method, path, body, {name.replace("_", "-"): value for name, value in headers.items()})
        answer = connection.getresponse()
        return answer.status, answer.read()
    except OSError:
        return 0, b""
    finally:
        connection.close()


def disturb(place, checks):
    """Deliveries as Bitbucket makes them for a hook whose URL has a password or a token, and forged ones."""
    password = place.planted.new("hook-url")
    head = {"Content_Type": "application/json", "X_Event_Key": "repo:push", "X_Request_UUID": "1"}
    head |= {"Authorization": basic("ada", password), "Cookie": f"session={password}", "X_Token": password}
    body = BODY.read_bytes()
    signed = "sha256=" + hmac.new(place.planted.texts["hook"].encode(), body, hashlib.sha256).hexdigest()
    for path, signature, wanted in ((f"/webhooks/cloud?token={password}", signed, (200,)), ("/webhooks/cloud", password, (401, 403)),
                                    (f"/webhooks/cloud/{password}", signed, (404,))):
        status, said = answer_of(place.port, path, "POST", body, **head, X_Hub_Signature=signature)
        checks.that(status in wanted, f"the answer to {path.replace(password, '...')}: {status}")
        place.look(said, "an answer to a delivery")
    for token in (password, place.planted.texts["admin"]):
        for path in ("/", "/livez", "/readyz", "/metrics", f"/{token}"):
            place.look(answer_of(place.admin_port, path, Authorization=f"Bearer {token}")[1], f"the admin listener's {path[:8]}")
        answer_of(place.admin_port, "/webhooks/secrets/reload", "POST", Authorization=f"Bearer {token}")


def run_daemon(place, checks):
    """With traffic, a rotation in the middle of it, and both forms of its log."""
    deliveries = Deliveries(place.fake)
    for variables in ({}, {"INVOCATION_ID": "of a unit"}):
        process = serve(place, deliveries, **variables)
        for instance in ("cloud", "dc"):
            place.of(instance, "hooks", "sync", code=0)
            place.of(instance, "hooks", "rotate", code=0)
        with place.fake.lock:
            for slug in ("api", "web"):
                place.fake.change.push(place.fake.world.repository(slug), commits=2)
        deliveries.flush()
        checks.that(deliveries.all and all(each.statuses == [200] for each in deliveries.all), "a delivery was not taken")
        disturb(place, checks)
        for words in (("tail",), ("journal", "status"), ("journal", "replay", "--dry-run"), ("audit",)):
            place.run(*words, "--config", place.config, code=0)
        for name in ("cmdline", "comm"):
            place.look(pathlib.Path(f"/proc/{process.pid}/{name}").read_bytes(), f"the daemon's {name}")
        process.terminate()
        checks.equal(process.wait(60 * harness.SLOWNESS), 0, "the daemon's exit code")


def look_at_files(place, checks):
    files = [each for each in place.seen.rglob("*") if each.is_file()]
    for wanted in ("daemon.log", "events.jsonl", "browser.arguments", "hooks.json", "tokens/person.bot.sealed", "webhooks/cloud.sealed"):
        checks.that(any(str(each).endswith(wanted) for each in files), f"there is no {wanted}")
    checks.that(any("journal" in each.parts[-2] for each in files), "there is no journal")
    for each in files:
        place.look(each.read_bytes(), str(each.relative_to(place.seen)))


def test(directory, rng, checks):
    with sample_fake() as fake:
        for repo in fake.world.made:
            repo.hooks.clear()
            repo.datacenter_hooks.clear()
        place = Place(directory, fake, checks)
        foreign = f"https://ada:{urllib.parse.quote(place.planted.new('foreign-hook'), safe='')}@ci.example/hook?token=" + \
            place.planted.new("foreign-token")
        api = fake.world.repository("api")
        for hooks in (api.hooks, api.datacenter_hooks):
            fake.change.add_hook(hooks, foreign, ["repo:push" if hooks is api.hooks else "repo:refs_changed"], "CI", active=False)
        checks.equal(place.planted.found_in("so: " + basic("a", place.planted.texts["pat"])), ["pat"], "what is found in base64")
        log_in(place)
        run_all(place)
        run_failing(place)
        run_misconfigured(place)
        run_daemon(place, checks)
        look_at_files(place, checks)


harness.main(test)
