"""The real daemon in a directory of its own: its configuration, its life, and what it says about itself."""
import http.client
import json
import os
import re
import signal
import ssl
import subprocess

import harness

SECRETS = {"cloud": "a cloud secret, ünïcode included", "dc-main": "a data center secret"}
PATHS = {"cloud": "/webhooks/cloud", "dc-main": "/webhooks/dc"}


def make_certificate(directory):
    """Self-signed, for 127.0.0.1 and localhost."""
    made = harness.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
                        "-days", "2", "-subj", "/CN=localhost", "-addext", "subjectAltName=IP:127.0.0.1,DNS:localhost",
                        "-keyout", directory / "key.pem", "-out", directory / "cert.pem"])
    assert made.returncode == 0, made.stderr


def toml(value):
    return json.dumps(value, ensure_ascii=False)


class Daemon:
    """`sections`: {"ingest": {"idle_timeout": "2s"}, ...} on top of the defaults made here; keys with dots are written as they are.
    `instances`: {"cloud": {"api": "http://..."}, ...}, more keys of the two instances."""

    def __init__(self, directory, sections=None, listen=None, tls=True, instances=None):
        self.instances = instances or {}
        self.directory = directory
        self.port = harness.free_port()
        self.admin_port = harness.free_port()
        self.process = None
        self.log = directory / "daemon.log"
        self.config = directory / "bbstream.toml"
        directory.mkdir(parents=True, exist_ok=True)
        if not (directory / "cert.pem").exists():
            make_certificate(directory)
        for name, secret in SECRETS.items():
            (directory / f"{name}.secret").write_text(secret + "\n")
        self.configuration = {
            "": {"node": "test"},
            "ingest": {"listen": listen or f"127.0.0.1:{self.port}", "tls.certificate": str(directory / "cert.pem"),
                       "tls.key": str(directory / "key.pem")},
            "journal": {"path": str(directory / "journal")},
            "state": {"path": str(directory / "state")},
            "sink": {"kind": "file", "file.path": str(directory / "events.jsonl")},
            "admin": {"listen": f"127.0.0.1:{self.admin_port}"},
            "backfill": {"enabled": False},
        }
        if not tls:
            self.configuration["ingest"] = {"listen": listen or f"127.0.0.1:{self.port}", "tls.enabled": False}
        for section, keys in (sections or {}).items():
            self.configuration.setdefault(section, {}).update(keys)
        self.context = ssl.create_default_context(cafile=str(directory / "cert.pem"))
        self.write_config()
        harness.evidence.append(lambda: f"--- {self.log}\n{self.log_tail()}")

    def write_config(self):
        lines = []
        for section, keys in self.configuration.items():
            lines += [f"[{section}]"] if section else []
            lines += [f"{key} = {toml(value)}" for key, value in keys.items()]
        for name, platform, api in (("cloud", "cloud", None), ("dc-main", "datacenter", "https://bitbucket.example.com")):
            lines += ["[[instance]]", f'name = "{name}"', f'platform = "{platform}"', f'webhook.path = "{PATHS[name]}"',
                      f"webhook.secrets = [{toml(f'file:{self.directory}/{name}.secret')}]"]
            more = ({"api": api} if api else {}) | self.instances.get(name, {})
            lines += [f"{key} = {toml(value)}" for key, value in more.items()]
        self.config.write_text("\n".join(lines) + "\n")

    def start(self, wait=True, command=None, **options):
        """`wait`: until it says that it is ready. `command`: another way to start the same daemon."""
        with open(self.log, "ab") as log:
            self.process = harness.start(command or [harness.BINARY, "serve", "--config", self.config], stdout=log,
                                         stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, **options)
        if wait:
            self.wait_ready()
        return self

    def wait_ready(self, timeout=60):
        def ready():
            assert self.process.poll() is None, f"the daemon ended with {self.process.returncode}:\n{self.log_tail()}"
            return self.status("/readyz") == 200
        harness.wait_until(ready, f"the daemon to be ready:\n{self.log_tail()}", timeout)

    def alive(self):
        return self.process is not None and self.process.poll() is None

    def kill(self):
        self.process.kill()
        self.process.wait()

    def stop(self, with_signal=signal.SIGTERM, timeout=60):
        """Asks it to stop; its exit code."""
        self.process.send_signal(with_signal)
        return self.process.wait(timeout * harness.SLOWNESS)

    def admin(self, path):
        """(status, body) of the admin listener, None while it does not answer."""
        connection = http.client.HTTPConnection("127.0.0.1", self.admin_port, timeout=10 * harness.SLOWNESS)
        try:
            connection.request("GET", path)
            response = connection.getresponse()
            return response.status, response.read().decode()
        except (OSError, http.client.HTTPException):
            return None
        finally:
            connection.close()

    def status(self, path):
        """The status of the admin listener's answer, 0 while it does not answer."""
        return (self.admin(path) or (0, ""))[0]

    def metric(self, name, **labels):
        """The sum of a metric's series that carry these labels."""
        total = 0.0
        for line in (self.admin("/metrics") or (0, ""))[1].splitlines():
            match = re.fullmatch(r"(\w+)(?:\{(.*)\})? (\S+)", line)
            if match and match[1] == name:
                have = dict(re.findall(r'(\w+)="([^"]*)"', match[2] or ""))
                if labels.items() <= have.items():
                    total += float(match[3])
        return total

    def run(self, *arguments, timeout=60, **options):
        """One of the daemon's other commands, with its configuration."""
        return harness.run([harness.BINARY, *arguments, "--config", self.config], timeout, **options)

    def journal_last(self):
        """The highest durable sequence, as `journal status` tells it beside the running daemon."""
        status = self.run("journal", "status", "--json")
        assert status.returncode == 0, status.stderr
        return int(json.loads(status.stdout)["last"])

    def audit(self, *arguments):
        """What `audit` says of journal and sink, beside the running daemon or after it."""
        ran = self.run("audit", "--json", *arguments, timeout=300)
        assert ran.stdout, ran.stderr
        report = json.loads(ran.stdout)
        assert (ran.returncode == 1) == report["failed"], f"exit code {ran.returncode}: {ran.stdout}"
        return report

    def check_audit(self, events, checks):
        """The daemon's own word on so many events."""
        report = self.audit()
        checks.equal((report["failed"], report["compared"], report["notes"]), (False, events, []), "audit")

    def wait_published(self, last, timeout=120):
        harness.wait_until(lambda: self.metric("bbstream_published_sequence") >= last, "everything to be published", timeout)

    def log_tail(self, lines=60):
        try:
            return "\n".join(self.log.read_text(errors="replace").splitlines()[-lines:])
        except OSError:
            return ""

    def resident_bytes(self):
        with open(f"/proc/{self.process.pid}/statm", encoding="ascii") as file:
            return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")
