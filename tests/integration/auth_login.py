"""Logging in by the browser: the code's way, what is refused on it, tokens that are kept, renewed once and survive kill -9, and
that no secret ever comes out."""
import json
import os
import pathlib
import signal
import socket
import stat
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.parse
import urllib.request

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
import command_desk
import harness
from fake_bitbucket import sample, sample_fake

KEY = "6b" * 32
CONFIG = """[ingest]
tls.enabled = false
[state]
path = "{directory}/state"
key = "env:STATE_KEY"
[[instance]]
name = "cloud"
platform = "cloud"
api = "{fake.cloud_api}"
workspace = "acme"
webhook.path = "/webhooks/cloud"
webhook.allow_unsigned = true
auth.kind = "oauth_user"
auth.client_id = "{client}"
auth.secret = "env:CONSUMER_SECRET"
auth.redirect_uri = "{callback}"
auth.authorize_url = "{fake.url}/site/oauth2/authorize"
auth.token_url = "{fake.url}/site/oauth2/access_token"
[[instance]]
name = "dc"
platform = "datacenter"
api = "{fake.datacenter_api}"
webhook.path = "/webhooks/dc"
webhook.allow_unsigned = true
auth.kind = "oauth_user"
auth.client_id = "{dc_client}"
auth.secret = "env:CONSUMER_SECRET"
auth.redirect_uri = "{dc_callback}"
"""


class NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None


def opened(url):
    """Status, headers and body, without following."""
    try:
        with urllib.request.build_opener(urllib.request.ProxyHandler({}), NoRedirect).open(url, timeout=60) as answer:
            return answer.status, answer.headers, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.headers, error.read().decode()


class Desk(command_desk.CommandDesk):
    def __init__(self, directory, fake, checks):
        super().__init__(directory, fake, checks)
        self.callback = f"http://127.0.0.1:{harness.free_port()}/callback"
        fake.oauth.consumers[sample.CLIENT_ID].callback = self.callback
        self.config.write_text(CONFIG.format(directory=directory, fake=fake, client=sample.CLIENT_ID, callback=self.callback,
                                             dc_client=sample.DATACENTER_CLIENT_ID, dc_callback=sample.DATACENTER_CALLBACK))
        self.environment = command_desk.environment("DISPLAY", "WAYLAND_DISPLAY", "CLIENT_", "REDIRECT_URI")
        self.environment |= {"STATE_KEY": KEY, "CONSUMER_SECRET": sample.CLIENT_SECRET}

    @property
    def secrets(self):
        oauth = self.fake.oauth
        return [sample.CLIENT_SECRET, KEY, *oauth.refreshes, *(each.secret for each in self.fake.credentials.known if each.kind.endswith("oauth2"))]

    def run(self, *words, instance="cloud", **variables):
        return super().run(*words, "--instance", instance, **variables)

    def start_login(self, *words, instance="cloud", **options):
        """The process, and the address that it prints."""
        command = [harness.BINARY, "auth", "login", "--config", self.config, "--instance", instance, *words]
        process = harness.start(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                                env=self.environment | options.pop("variables", {}), **options)
        for line in process.stdout:
            if line.strip().startswith("http"):
                return process, line.strip()
        raise AssertionError(f"no address: {process.communicate()[1]}")

    def ended(self, process, code, wanted, what):
        out, err = process.communicate(timeout=60 * harness.SLOWNESS)
        self.keeps_secrets(out + err, what)
        self.checks.equal(process.returncode, code, f"exit code of {what}: {err!r}")
        self.checks.that(wanted in (out if code == 0 else err), f"{what} said {out!r} {err!r}, not {wanted!r}")

    def log_in(self, *words, **options):
        """As the browser of somebody who agrees."""
        process, address = self.start_login(*words, **options)
        page = opened(opened(address)[1]["Location"])
        self.checks.equal(page[0], 200, f"the page at the end: {page[2]}")
        self.ended(process, 0, "logged in at cloud as Acme Bot", "a login")
        return page

    def token_file(self, user="bot", instance="cloud"):
        return self.directory / "state/tokens" / f"{instance}.{user}.sealed"

    def refreshes(self):
        return sum(b"grant_type=refresh_token" in entry.body for entry in self.fake.log.entries)

    def works(self, what, **variables):
        ran = self.run("repos", "list", "--json", **variables)
        self.checks.equal((ran.returncode, len(ran.stdout.splitlines())), (0, 4), f"{what}: {ran.stderr}")


def check_login(desk, checks):
    desk.refused("nobody is logged in: bbstream auth login --instance cloud", "repos", "list")
    page = desk.log_in()
    checks.that("Acme Bot" in page[2] and page[1]["Cache-Control"] == "no-store" and page[1]["Referrer-Policy"] == "no-referrer",
                f"the page at the end: {page[1]} {page[2]}")
    asked = urllib.parse.parse_qs(urllib.parse.urlsplit(desk.fake.log.targets("GET")[0]).query)
    checks.equal(asked["code_challenge_method"], ["S256"], "PKCE")
    checks.that(len(asked["state"][0]) >= 40 and len(asked["code_challenge"][0]) == 43, f"what was asked: {asked}")
    checks.equal(stat.S_IMODE(desk.token_file().stat().st_mode), 0o600, "the mode of the tokens' file")
    sealed = desk.token_file().read_bytes()
    for secret in desk.secrets:
        checks.that(secret.encode() not in sealed, "a token lies open on the disk")
    desk.works("after the login")
    status = desk.run("auth", "status", "--json")
    one = json.loads(status.stdout)
    checks.equal((status.returncode, one["user"], one["person"], one["kind"], one["stored"], one["problem"]),
                 (0, "bot", "Acme Bot", "oauth_user", str(desk.token_file()), None), "the status")
    checks.that("repository" in one["scopes"].split() and one["expires"].endswith("Z"), f"the status: {one}")
    checks.that("Acme Bot" in desk.run("auth", "status").stdout, "the status for people")
    absent = desk.run("auth", "status", instance="dc")
    checks.that(absent.returncode == 1 and "nobody is logged in" in absent.stderr, f"the status of nobody: {absent.stderr!r}")


def check_long_names(desk, checks):
    wanted = "bbstream: --as: the name is too long: the file that tokens are kept in is called after it\n"
    for verb in ("login", "refresh"):
        ran = desk.run("auth", verb, "--as", "n" * 300)
        checks.equal((ran.returncode, ran.stdout, ran.stderr), (2, "", wanted), f"auth {verb} under a long name")
    desk.log_in("--as", "n" * 180)
    desk.token_file("n" * 180).unlink()


def check_browser(desk, directory, checks):
    """Where there is a display xdg-open is given the address; here it is a browser that follows it."""
    place = directory / "bin"
    place.mkdir()
    browser = place / "xdg-open"
    browser.write_text(f"#!{sys.executable}\nimport sys, urllib.request\n"
                       "urllib.request.build_opener(urllib.request.ProxyHandler({})).open(sys.argv[1]).read()\n")
    browser.chmod(0o755)
    process, _ = desk.start_login("--as", "by browser", variables={"DISPLAY": ":7", "PATH": f"{place}:{os.environ['PATH']}"})
    desk.ended(process, 0, "logged in at cloud as Acme Bot (by browser)", "a login by xdg-open")
    several = desk.run("repos", "list")
    checks.that("several users are logged in (bot, by browser): set auth.username" in several.stderr, f"two users: {several.stderr!r}")
    desk.token_file("by%20browser").unlink()


def check_wrong_answers(desk, checks):
    """What does not belong to the login is refused, and the login goes on."""
    process, address = desk.start_login()
    for query in ("code=stolen&state=guessed", "code=stolen", "state=guessed&error=access_denied", ""):
        checks.equal(opened(f"{desk.callback}?{query}")[0], 400, f"the answer to {query!r}")
    checks.equal(opened(desk.callback.replace("/callback", "/favicon.ico"))[0], 404, "another address")
    silent = socket.create_connection(urllib.parse.urlsplit(desk.callback).netloc.split(":"))  # as browsers do in advance
    checks.equal(opened(opened(address)[1]["Location"])[0], 200, "the right answer after wrong ones")
    desk.ended(process, 0, "logged in", "a login after wrong answers")
    silent.close()

    # More of them than are kept waiting: the oldest are dropped, and the newest is heard.
    process, address = desk.start_login()
    place = urllib.parse.urlsplit(desk.callback)
    idle = [socket.create_connection((place.hostname, place.port), timeout=60 * harness.SLOWNESS) for _ in range(40)]
    checks.equal(opened(opened(address)[1]["Location"])[0], 200, "the right answer after 40 that say nothing")
    desk.ended(process, 0, "logged in", "a login among 40 that say nothing")
    for each in idle:
        each.close()

    process, address = desk.start_login()
    desk.fake.settings.authorization_denied = True
    checks.equal(opened(opened(address)[1]["Location"])[0], 400, "the page after a refusal")
    desk.fake.settings.authorization_denied = False
    desk.ended(process, 1, "was not allowed to let bbstream in: access_denied", "a refused consent")

    process, address = desk.start_login()
    location = opened(address)[1]["Location"]
    for code in desk.fake.oauth.codes.values():
        code.expires = 0
    checks.that("The specified code is not valid" in opened(location)[2], "the page does not say that the code has expired")
    desk.ended(process, 1, "The specified code is not valid", "an expired code")
    desk.works("after logins that failed")


def check_port_and_interruption(desk, checks):
    process, _ = desk.start_login()
    desk.refused("is taken by another program", "auth", "login")
    process.send_signal(signal.SIGINT)
    desk.ended(process, 1, "given up; nothing has changed", "a login that was interrupted")
    process, _ = desk.start_login("--paste", stdin=subprocess.PIPE)
    process.send_signal(signal.SIGINT)
    # Its input stays open, as a terminal does.
    desk.checks.equal(process.wait(60 * harness.SLOWNESS), 1, "exit code of a paste that was interrupted")
    desk.ended(process, 1, "given up; nothing has changed", "a paste that was interrupted")
    desk.works("after interruptions")


def check_renewal(desk, checks):
    desk.fake.log.clear()
    ran = desk.run("auth", "refresh", "--json")
    checks.equal((ran.returncode, json.loads(ran.stdout)["account"], desk.refreshes()), (0, "bot", 1), f"auth refresh: {ran.stderr}")
    for number in range(3):
        desk.fake.log.clear()
        desk.fake.oauth.expire_access_tokens()
        # The answer takes so long that both have asked before either has it.
        desk.fake.faults.add(path="/access_token", delay=0.5, times=1)
        both = [threading.Thread(target=desk.works, args=(f"two at once, round {number}",)) for _ in range(2)]
        for each in both:
            each.start()
        for each in both:
            each.join()
        checks.equal(desk.refreshes(), 1, f"renewals by two processes, round {number}")
        desk.fake.faults.clear()


def check_kill(desk, checks):
    """Killed after Bitbucket has answered and before the answer is kept, and again once it is kept."""
    desk.fake.log.clear()
    command = [harness.BINARY, "auth", "refresh", "--config", desk.config, "--instance", "cloud"]
    kept = desk.token_file().read_bytes()
    desk.fake.faults.add(path="/access_token", delay=3, times=1)
    given = desk.fake.oauth.issued
    process = harness.start(command, env=desk.environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    harness.wait_until(lambda: desk.fake.oauth.issued > given, "the tokens' renewal")
    process.kill()
    process.communicate()
    checks.that(desk.token_file().read_bytes() == kept, "the tokens were changed by who did not live to see the answer")
    desk.works("after kill -9 between answer and use")
    desk.run("auth", "refresh")
    desk.works("after one more renewal")

    desk.fake.faults.clear()
    for pause in (0.0, 0.002, 0.01, 0.03):
        given = desk.fake.oauth.issued
        process = harness.start(command, env=desk.environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        harness.wait_until(lambda: desk.fake.oauth.issued > given, "the tokens' renewal", pause=0.001)
        time.sleep(pause)
        process.kill()
        process.communicate()
        ran = desk.run("auth", "refresh")
        checks.equal(ran.returncode, 0, f"a renewal after kill -9, {pause} s after the answer: {ran.stderr}")


def check_revoked(desk, checks):
    desk.fake.oauth.refreshes.clear()
    desk.refused("is revoked or was not used for too long", "auth", "refresh")
    desk.refused("bbstream auth login --instance cloud", "auth", "refresh")
    desk.log_in()
    desk.works("after a new login")


def check_store(desk, checks):
    kept = desk.token_file().read_bytes()
    for wanted, variables in (("was sealed with another key than that of state.key", {"STATE_KEY": "00" * 32}),
                              ("state.key: env:STATE_KEY is no key: 32 bytes are needed", {"STATE_KEY": "hunter2"})):
        desk.refused(wanted, "repos", "list", **variables)
        ran = desk.run("auth", "status", **variables)
        checks.that(ran.returncode == 1 and wanted in ran.stderr, f"the status with a wrong key: {ran.stderr!r}")
        checks.that("hunter2" not in ran.stdout + ran.stderr, "the status shows what is no key")
    desk.token_file().write_bytes(kept[:-1])
    desk.refused("is damaged; move it away and log in again", "repos", "list")
    process, address = desk.start_login()
    opened(opened(address)[1]["Location"])
    desk.ended(process, 1, "is damaged; move it away and log in again", "a login over what is damaged")
    checks.equal(desk.token_file().read_bytes(), kept[:-1], "what is damaged")
    desk.token_file().write_bytes(kept)
    desk.works("once it is whole again")


def check_datacenter(desk, checks):
    """Its callback must be https: the browser's last address is pasted."""
    process, address = desk.start_login(instance="dc", stdin=subprocess.PIPE)
    asked = urllib.parse.parse_qs(urllib.parse.urlsplit(address).query)
    checks.equal(asked["scope"], ["REPO_READ"], "the scope that is asked for")
    location = opened(address)[1]["Location"]
    checks.that(location.startswith(sample.DATACENTER_CALLBACK), f"the callback: {location}")
    process.stdin.write(location + "\n")
    process.stdin.flush()
    desk.ended(process, 0, "logged in at dc as Ada Lovelace (ada)", "a login at Data Center")
    ran = desk.run("projects", "list", "--json", instance="dc")
    checks.equal((ran.returncode, len(ran.stdout.splitlines())), (0, 2), f"Data Center after the login: {ran.stderr}")
    ran = desk.run("auth", "refresh", instance="dc")
    checks.equal(ran.returncode, 0, f"Data Center's renewal: {ran.stderr}")
    process, _ = desk.start_login(instance="dc", stdin=subprocess.PIPE)
    process.stdin.write(location + "\n")
    process.stdin.flush()
    desk.ended(process, 1, "that is not the address that this login ends at", "an address of another login")
    desk.fake.settings.names_user = False
    for words, code, wanted in (((), 1, "(X-AUSERNAME is taken out on the way): choose a name by --as"),
                                (("--as", "countess"), 0, "logged in at dc as countess")):
        process, address = desk.start_login(*words, instance="dc", stdin=subprocess.PIPE)
        process.stdin.write(opened(address)[1]["Location"] + "\n")
        process.stdin.flush()
        desk.ended(process, code, wanted, f"a login at Data Center that names nobody, with {words}")
    desk.fake.settings.names_user = True
    desk.token_file("countess", "dc").unlink()


def check_datacenter_environment(desk, cloud, home):
    """A person only: the client itself is nobody there."""
    (home / "dc").mkdir()
    variables = cloud | {"HOME": str(home / "dc"), "BITBUCKET_URL": desk.fake.datacenter_api, "CLIENT_ID": sample.DATACENTER_CLIENT_ID,
                         "REDIRECT_URI": sample.DATACENTER_CALLBACK}
    without = {name: value for name, value in variables.items() if name != "REDIRECT_URI"}
    desk.fake.log.clear()
    for environment, wanted in ((without, "REDIRECT_URI is missing beside CLIENT_SECRET"),
                                (variables, "nobody is logged in: bbstream auth login --instance environment")):
        ran = harness.run([harness.BINARY, "projects", "list"], env=environment)
        desk.checks.that(ran.returncode == 1 and wanted in ran.stderr and ran.stderr.count("\n") == 1, f"not {wanted!r}: {ran.stderr!r}")
    desk.checks.equal(desk.fake.log.count, 0, "requests without a login")
    process = harness.start([harness.BINARY, "auth", "login", "--json", "--paste"], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                            stderr=subprocess.PIPE, text=True, env=variables)
    address = next(line.strip() for line in process.stderr if line.strip().startswith("http"))
    process.stdin.write(opened(address)[1]["Location"] + "\n")
    process.stdin.flush()
    out, err = process.communicate(timeout=60 * harness.SLOWNESS)
    desk.keeps_secrets(out + err, "a login at Data Center by the environment")
    desk.checks.equal((process.returncode, json.loads(out)["user"]), (0, "ada"), f"a login at Data Center by the environment: {err}")
    ran = harness.run([harness.BINARY, "projects", "list", "--json"], env=variables)
    desk.checks.equal((ran.returncode, len(ran.stdout.splitlines())), (0, 2), f"Data Center by the environment: {ran.stderr}")


def check_environment(desk, directory, checks):
    if os.path.exists("/etc/bbstream/bbstream.toml"):
        print("not looked at: the environment, since there is a configuration in its default place")
        return
    home = directory / "home"
    home.mkdir()
    variables = {name: value for name, value in desk.environment.items()
                 if not name.startswith(("BITBUCKET_", "BBSTREAM_CONFIG", "BBSTREAM_STATE", "XDG_"))}
    variables |= {"HOME": str(home), "BITBUCKET_URL": desk.fake.cloud_api, "BITBUCKET_WORKSPACE": "acme",
                  "CLIENT_ID": sample.CLIENT_ID, "CLIENT_SECRET": sample.CLIENT_SECRET, "REDIRECT_URI": desk.callback}

    def kinds():
        ran = harness.run([harness.BINARY, "repos", "list", "--json"], env=variables)
        checks.equal((ran.returncode, len(ran.stdout.splitlines())), (0, 4), f"by the environment: {ran.stderr}")

    kinds()  # the client itself, before anybody has logged in
    ran = harness.run([harness.BINARY, "auth", "login", "--paste"], env=variables | {"HOME": ""})
    checks.that(ran.returncode == 1 and "HOME is not set" in ran.stderr and ran.stderr.count("\n") == 1, f"a login without a home: {ran.stderr!r}")
    process = harness.start([harness.BINARY, "auth", "login", "--json"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=variables)
    address = next(line.strip() for line in process.stderr if line.strip().startswith("http"))
    opened(opened(address)[1]["Location"])
    out, err = process.communicate(timeout=60 * harness.SLOWNESS)
    desk.keeps_secrets(out + err, "a login by the environment")
    checks.equal((process.returncode, json.loads(out)["user"]), (0, "bot"), f"a login by the environment: {err}")
    checks.equal(stat.S_IMODE((home / ".config/bbstream/state.key").stat().st_mode), 0o600, "the mode of the key that was made")
    checks.that((home / ".local/state/bbstream/tokens/environment.bot.sealed").exists(), "no tokens are kept")
    desk.fake.log.clear()
    kinds()
    checks.that(not any(b"client_credentials" in entry.body for entry in desk.fake.log.entries), "it is still the client itself")
    check_datacenter_environment(desk, variables, home)


def check_key(directory, checks):
    path = directory / "made.key"
    for arguments, code in (((path,), 0), ((path,), 1)):
        checks.equal(harness.run([harness.BINARY, "auth", "key", *arguments]).returncode, code, "auth key")
    checks.equal((stat.S_IMODE(path.stat().st_mode), len(path.read_text())), (0o600, 65), "the key that was made")
    shown = harness.run([harness.BINARY, "auth", "key"]).stdout
    checks.that(len(bytes.fromhex(shown)) == 32 and shown != path.read_text(), "a key on standard output")


def test(directory, rng, checks):
    with sample_fake() as fake:
        desk = Desk(directory, fake, checks)
        check_login(desk, checks)
        check_long_names(desk, checks)
        check_browser(desk, directory, checks)
        for check in (check_wrong_answers, check_port_and_interruption, check_renewal, check_kill, check_revoked, check_store,
                      check_datacenter):
            check(desk, checks)
        check_environment(desk, directory, checks)
        check_key(directory, checks)


harness.main(test)
