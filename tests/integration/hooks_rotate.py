"""`bbstream hooks rotate` beside a running daemon: no delivery is refused, whatever is interrupted, and the former secret retires."""
import pathlib
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
import daemon
import harness
from fake_bitbucket import sample, sample_fake
from fake_bitbucket.webhooks.delivery import Deliveries

OLD = daemon.SECRETS["cloud"]
ADMIN_TOKEN, SEALING_KEY = "the-token-of-the-admin", "5a" * 32


class Rotating(daemon.Daemon):
    """A daemon whose first instance knows the fake, and commands with its configuration."""

    def __init__(self, directory, fake, checks):
        self.fake, self.checks = fake, checks
        self.window, self.has_key = "1h", True
        self.admin_token = directory / "admin.token"
        directory.mkdir(parents=True, exist_ok=True)
        (directory / "state.key").write_text(SEALING_KEY + "\n")
        (directory / "api.token").write_text(sample.WRITE_TOKEN + "\n")
        self.admin_token.write_text(ADMIN_TOKEN + "\n")
        super().__init__(directory, {"admin": {"token": f"file:{self.admin_token}"}}, tls=False)

    def start(self, *words, **options):
        """A new process: connections to the former one are of no use."""
        self.deliveries.forget_connections()
        return super().start(*words, **options)

    def write_config(self):
        self.configuration["admin"]["listen"] = f"127.0.0.1:{self.admin_port}"
        self.configuration["state"].pop("key", None)
        if self.has_key:
            self.configuration["state"]["key"] = f"file:{self.directory}/state.key"
        super().write_config()
        more = {"api": self.fake.cloud_api, "workspace": "acme", "webhook.url": f"http://127.0.0.1:{self.port}/webhooks/cloud",
                "webhook.rotate_window": self.window, "auth.kind": "api_token", "auth.username": sample.EMAIL,
                "auth.secret": f"file:{self.directory}/api.token"}
        text = self.config.read_text()
        lines = "".join(f"{key} = {daemon.toml(value)}\n" for key, value in more.items())
        self.config.write_text(text.replace('name = "cloud"\n', f'name = "cloud"\n{lines}'))

    def hooks(self, verb, code=0):
        ran = self.run("hooks", verb, "--instance", "cloud")
        self.checks.equal(ran.returncode, code, f"exit code of hooks {verb}: {ran.stdout}{ran.stderr}")
        self.look_for_secrets(ran.stdout + ran.stderr)
        return ran

    def look_for_secrets(self, text):
        for secret in (OLD, ADMIN_TOKEN, SEALING_KEY, sample.WRITE_TOKEN, *self.secrets()):
            self.checks.that(secret not in text, "a secret is shown")

    def secrets(self):
        """Those that Bitbucket's hooks have."""
        return {hook.secret for repo in self.fake.world.made for hook in repo.hooks}

    def signed_by(self, secret):
        """The exit code of sending something that is signed by it."""
        file = self.directory / "one.secret"
        file.write_text(secret + "\n")
        return self.run_bare("send", "--url", f"http://127.0.0.1:{self.port}/webhooks/cloud", "--platform", "cloud", "--event",
                             "repo:push", "--secret-file", file, harness.ROOT / "deploy/demo/cloud-push.json").returncode

    @staticmethod
    def run_bare(*words):
        return harness.run([harness.BINARY, *words])

    def deliver(self, what):
        """A push to each repository arrives."""
        sent = len(self.deliveries.all)
        with self.fake.lock:
            for slug in ("api", "web", "scanner"):
                self.fake.change.push(self.fake.world.repository(slug), commits=1)
        self.deliveries.flush()
        statuses = [delivery.statuses for delivery in self.deliveries.all[sent:]]
        self.checks.that(len(statuses) >= 3 and all(each == [200] for each in statuses), f"{what}: {statuses}")


def check_rotation(target, checks):
    target.hooks("sync")
    checks.equal(target.secrets(), {OLD}, "secrets before")
    target.deliver("before")
    target.hooks("rotate")
    new, = target.secrets()
    checks.that(new != OLD and len(new) == 64, "a new secret")
    target.deliver("after a rotation")
    checks.equal(target.signed_by(OLD), 0, "the former secret is still accepted")
    checks.equal(target.signed_by("another one"), 1, "any other is not")
    sealed = target.directory / "state/webhooks/cloud.sealed"
    checks.that(new.encode() not in sealed.read_bytes(), "the file is sealed")
    checks.equal(oct(sealed.stat().st_mode & 0o777), "0o600", "its mode")
    ran = target.hooks("sync")
    checks.that("4 as they should be" in ran.stdout, f"hooks sync goes by the new one: {ran.stdout}")
    return new


def check_interruption(target, checks, former):
    target.fake.faults.add(path="/web/hooks", method="PUT", status=403, times=None)
    ran = target.hooks("rotate", code=1)
    checks.that("run hooks rotate again" in ran.stderr, f"what is left to do: {ran.stderr}")
    both = target.secrets()
    checks.that(former in both and len(both) == 2, "one hook has the former secret")
    target.deliver("in the middle of a rotation")
    checks.equal(target.stop(), 0, "exit code")
    target.start()
    target.deliver("after a start in the middle of it")
    target.fake.faults.clear()
    target.hooks("rotate")
    checks.equal(target.secrets(), both - {former}, "the same secret goes on")
    target.deliver("after it")


def check_beside_sync(target, checks):
    """What has begun with the former secret ends before the next one is given out."""
    before = target.secrets()
    (target.directory / "state/hooks.json").unlink()  # so that every secret is written
    slow = target.fake.faults.add(path="hooks", method="PUT", delay=2)
    sync = harness.start([harness.BINARY, "hooks", "sync", "--config", target.config, "--instance", "cloud"],
                         stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    harness.wait_until(lambda: slow.times == 0, "hooks sync to write")
    ran = target.hooks("rotate")
    checks.equal(sync.wait(), 0, "hooks sync beside a rotation")
    checks.that("waiting for another hooks sync" in ran.stderr, f"a rotation that waits says so: {ran.stderr!r}")
    checks.that(len(target.secrets()) == 1 and not (target.secrets() & before), "every hook has the new secret")
    target.fake.faults.clear()
    target.deliver("after a rotation beside hooks sync")


def check_refusals(target, checks):
    before = target.secrets()
    target.fake.log.clear()
    target.admin_token.write_text("wrong\n")
    checks.that("refuses the token" in target.hooks("rotate", code=1).stderr, "another token")
    target.admin_token.write_text(ADMIN_TOKEN + "\n")
    checks.equal(target.admin("/webhooks/secrets/reload")[0], 401, "an action without the token, from this machine")
    checks.equal([entry for entry in target.fake.log.entries if entry.method != "GET"], [], "no hook was touched")
    ran = target.hooks("sync")
    checks.that("4 as they should be" in ran.stdout and target.secrets() == before, f"nor by hooks sync: {ran.stdout}")
    target.hooks("rotate")
    checks.that(not (target.secrets() & before), "the next one goes on")
    target.deliver("after a refusal")


def check_without_daemon(target, checks):
    checks.equal(target.stop(), 0, "exit code")
    before = target.secrets()
    target.hooks("rotate")
    checks.that(not (target.secrets() & before), "a rotation without a daemon")
    target.has_key = False
    target.write_config()
    checks.that("state.key is missing" in target.hooks("rotate", code=1).stderr, "without a key")
    ran = target.run("serve")
    checks.that(ran.returncode == 1 and "state.key" in ran.stdout + ran.stderr, f"a start without the key: {ran.stderr}")
    target.has_key = True
    (target.directory / "state.key").write_text("33" * 32 + "\n")
    target.write_config()
    checks.that("cloud.sealed" in target.hooks("rotate", code=1).stderr, "another key")
    (target.directory / "state.key").write_text(SEALING_KEY + "\n")


def check_retirement(target, checks):
    target.window = "1s"
    target.write_config()
    target.start()
    # Asking whether it is still accepted would be using it.
    harness.wait_until(lambda: "webhook secrets have retired" in target.log.read_text(), "the former secrets to retire")
    checks.equal(target.signed_by(OLD), 1, "what has retired")
    target.deliver("after the former has retired")
    checks.equal(target.stop(), 0, "exit code")
    target.start()
    checks.equal(target.signed_by(OLD), 1, "what has retired does not come back")
    target.deliver("after a start")


def test(directory, rng, checks):
    with sample_fake() as fake:
        for repo in fake.world.made:
            repo.hooks.clear()
            repo.datacenter_hooks.clear()
        target = Rotating(directory / "daemon", fake, checks)
        target.deliveries = Deliveries(fake)
        target.start()
        first = check_rotation(target, checks)
        check_interruption(target, checks, first)
        check_beside_sync(target, checks)
        check_refusals(target, checks)
        check_without_daemon(target, checks)
        check_retirement(target, checks)
        checks.equal(target.stop(), 0, "exit code")
        target.look_for_secrets(target.log.read_text())


harness.main(test)
