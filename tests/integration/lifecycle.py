"""How the daemon starts, says how it is, and stops: as a service manager and an operator see it."""
import http.client
import json
import os
import pathlib
import resource
import signal
import socket
import sys
import threading

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
import client
import daemon
import file_sink
import harness
from client import Connection
from daemon import Daemon
from story import Story, make_repositories
import verify

LAUNCHER = """import os, sys
os.dup2(int(sys.argv[1]), 3)
os.environ.update(LISTEN_FDS="1", LISTEN_PID=str(os.getpid()))
os.execv(sys.argv[2], sys.argv[2:])"""


class Notifications:
    """What a service manager gets to read on NOTIFY_SOCKET."""

    def __init__(self, path):
        self.socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.socket.bind(str(path))
        self.lines = []
        self.environment = os.environ | {"NOTIFY_SOCKET": str(path), "WATCHDOG_USEC": "1000000"}
        threading.Thread(target=self.read, daemon=True).start()

    def read(self):
        while True:
            self.lines += self.socket.recv(4096).decode().split("\n")

    def wait_for(self, line):
        harness.wait_until(lambda: line in self.lines, f"{line}; there were {self.lines}")


def check_notifications(directory, rng, checks):
    directory.mkdir()
    notifications = Notifications(directory / "notify")
    target = Daemon(directory / "d").start(wait=False, env=notifications.environment)
    notifications.wait_for("READY=1")
    checks.equal(target.status("/readyz"), 200, "/readyz once READY was said")
    given = resource.prlimit(target.process.pid, resource.RLIMIT_NOFILE)
    for limit in (given, (3, given[1])):  # with the second one it gets no more descriptors
        resource.prlimit(target.process.pid, resource.RLIMIT_NOFILE, limit)
        for _ in range(2):
            notifications.lines = [line for line in notifications.lines if line != "WATCHDOG=1"]
            notifications.wait_for("WATCHDOG=1")
    resource.prlimit(target.process.pid, resource.RLIMIT_NOFILE, given)
    target.process.send_signal(signal.SIGTERM)
    notifications.wait_for("STOPPING=1")
    checks.equal(target.process.wait(60 * harness.SLOWNESS), 0, "exit code after SIGTERM")


def check_admin(target, checks):
    for path in ("/livez", "/readyz"):
        checks.equal(target.status(path), 200, path)
    checks.equal(target.status("/nothing"), 404, "an unknown path of the admin listener")
    status, text = target.admin("/metrics") or (0, "")
    checks.equal(status, 200, "/metrics")
    for name in ("bbstream_deliveries_total", "bbstream_ack_seconds", "bbstream_journal", "fsync", "bbstream_publish_lag_records"):
        checks.that(name in text, f"/metrics has no {name}")
    for secret in daemon.SECRETS.values():
        checks.that(secret not in text, "/metrics tells a secret")


def check_stop_with_requests_in_flight(directory, rng, checks):
    """Requests that have begun are answered; idle connections are ended; new ones are refused."""
    target = Daemon(directory).start()
    story = Story(rng.getrandbits(32), make_repositories(4), 12, 1)
    check_deliveries(target, story.all()[:3], checks)
    check_admin(target, checks)
    idle = client.connect(target)
    begun = []
    for delivery in story.all()[3:]:
        connection = client.connect(target)
        data = client.raw_delivery(delivery)
        connection.sendall(data[:-20])
        begun.append((connection, delivery, data[-20:]))
    harness.wait_until(lambda: target.metric("bbstream_connections") >= len(begun) + 1, "the connections to be open")
    target.process.send_signal(signal.SIGTERM)
    checks.equal(idle.recv(100), b"", "an idle connection is ended; it got")
    for connection, delivery, rest in begun:
        connection.sendall(rest)
        response = http.client.HTTPResponse(connection)
        response.begin()
        checks.equal(response.status, 200, "the answer to a request that had begun before SIGTERM")
        delivery.sequences.append(client.sequence_of(response.read()))
    checks.equal(target.process.wait(60 * harness.SLOWNESS), 0, "exit code after SIGTERM with requests in flight")
    events, _ = file_sink.read(target.directory, checks)
    checks.none(f"after SIGTERM: {problem}" for problem in verify.problems(story.all(), events))


def check_deliveries(target, deliveries, checks):
    connection = Connection(target)
    for delivery in deliveries:
        checks.equal(connection.deliver(delivery), 200, "a delivery")
    connection.close()


def check_interrupt_and_second_start(directory, rng, checks):
    target = Daemon(directory).start()
    second = Daemon(directory / "second", {"journal": {"path": str(directory / "journal")}})
    refused = harness.run([harness.BINARY, "serve", "--config", second.config])
    checks.equal(refused.returncode, 1, "exit code of a second daemon on the same journal")
    checks.that(str(directory / "journal") in refused.stderr, f"the second daemon said: {refused.stderr!r}")
    story = Story(rng.getrandbits(32), make_repositories(2), 5, 1)
    check_deliveries(target, story.all(), checks)
    check_second_start_on_the_same_state(target, directory, checks)
    checks.equal(target.stop(signal.SIGINT), 0, "exit code after SIGINT")
    events, _ = file_sink.read(target.directory, checks)
    checks.equal(verify.problems(story.all(), events), [], "events after SIGINT")


def check_second_start_on_the_same_state(target, directory, checks):
    def checkpoints():
        return sorted(path.name for path in (directory / "state").glob("*.checkpoint"))

    harness.wait_until(lambda: len(checkpoints()) >= 3, "some checkpoints")
    before = checkpoints()
    second = Daemon(directory / "third", {"state": {"path": str(directory / "state")}})
    refused = harness.run([harness.BINARY, "serve", "--config", second.config])
    checks.equal(refused.returncode, 1, "exit code of a second daemon on the same state")
    checks.that(str(directory / "state") in refused.stderr, f"the daemon with another's state said: {refused.stderr!r}")
    checks.equal([name for name in before if name not in checkpoints()], [], "checkpoints that the refused start has removed")


def over_unix_socket(path, data):
    with socket.socket(socket.AF_UNIX) as connection:
        connection.settimeout(30 * harness.SLOWNESS)
        connection.connect(str(path))
        connection.sendall(data)
        response = http.client.HTTPResponse(connection)
        response.begin()
        response.read()
        return response.status


def check_unix_socket(directory, rng, checks):
    directory.mkdir()
    path = directory / "socket"
    target = Daemon(directory / "d", listen=f"unix:{path}", tls=False).start()
    delivery = Story(rng.getrandbits(32), make_repositories(2), 1, 1).all()[0]
    checks.equal(over_unix_socket(path, client.raw_delivery(delivery)), 200, "a delivery over a unix socket")
    target.kill()
    target.start()  # what a killed daemon left behind is no obstacle
    checks.equal(over_unix_socket(path, client.raw_delivery(delivery)), 200, "a delivery over a unix socket, after a kill")
    checks.equal(target.stop(), 0, "exit code with a unix socket")


def check_socket_activation(directory, rng, checks):
    listening = socket.create_server(("127.0.0.1", 0), backlog=64)
    target = Daemon(directory, listen="systemd")
    target.port = listening.getsockname()[1]
    early = socket.create_connection(("127.0.0.1", target.port), timeout=60 * harness.SLOWNESS)
    command = [sys.executable, "-c", LAUNCHER, str(listening.fileno()), harness.BINARY, "serve", "--config", target.config]
    target.start(command=command, pass_fds=[listening.fileno()])
    delivery, *others = Story(rng.getrandbits(32), make_repositories(2), 4, 1).all()
    with target.context.wrap_socket(early, server_hostname="localhost") as connection:
        connection.sendall(client.raw_delivery(delivery))
        response = http.client.HTTPResponse(connection)
        response.begin()
        checks.equal(response.status, 200, "a delivery over a connection that was made before the start")
    check_deliveries(target, others, checks)
    checks.equal(target.stop(), 0, "exit code with a passed socket")
    socket.create_connection(("127.0.0.1", target.port), timeout=5).close()  # the manager's socket is still listening


def check_wrong_starts(directory, checks):
    good = Daemon(directory).config
    checks.equal(harness.run([harness.BINARY, "config", "check", good]).returncode, 0, "config check of a good file")
    wrong = directory / "wrong.toml"
    for name, old, new, says in (("an unknown key", "[journal]", '[journal]\npaht = "/x"', "paht"),
                                 ("a wrong type", "[state]", "[state]\nsize_max = true", "size_max"),
                                 ("no TOML", "[state]", "= = =", "")):
        wrong.write_text(good.read_text().replace(old, new, 1))
        for command in (["config", "check", wrong], ["serve", "--config", wrong]):
            done = harness.run([harness.BINARY, *command])
            checks.equal(done.returncode, 1, f"exit code of {command[0]} with {name}")
            checks.that("wrong.toml" in done.stderr and says in done.stderr, f"{command[0]} with {name}: {done.stderr!r}")
    missing = harness.run([harness.BINARY, "serve", "--config", directory / "nowhere.toml"])
    checks.equal(missing.returncode, 1, "exit code without a configuration file")
    checks.that("nowhere.toml" in missing.stderr, f"without a configuration file: {missing.stderr!r}")
    for arguments in (["no-such-command"], ["serve", "--no-such-option"], []):
        checks.equal(harness.run([harness.BINARY, *arguments]).returncode, 2, f"exit code of {arguments}")
    for arguments in (["--version"], ["--help"], ["serve", "--help"], ["config", "example"]):
        done = harness.run([harness.BINARY, *arguments])
        checks.that(done.returncode == 0 and done.stdout, f"{arguments} gave {done.returncode}")


def check_open_secret(directory, checks):
    target = Daemon(directory)
    for name, mode in (("cloud.secret", 0o644), ("dc-main.secret", 0o600), ("key.pem", 0o600)):
        (directory / name).chmod(mode)
    target.start()
    checks.equal(target.stop(), 0, "exit code with a secret that others can read")
    told = [line for line in target.log.read_text().splitlines() if "lies open" in line]
    checks.equal(len(told), 1, f"how often it is said: {told}")
    checks.that(all(f"{directory}/cloud.secret can be read by every user" in line for line in told), f"which one: {told}")


def check_actions_where_nothing_is_polled(directory, checks):
    """Nobody is asked, so nobody is waited for."""
    target = Daemon(directory, {"backfill": {"enabled": True}, "admin": {"token": "env:ADMIN_TOKEN"}})
    target.start(env=os.environ | {"ADMIN_TOKEN": "admin-token"})
    for path in ("/backfill/begin", "/requests/leave?instance=cloud&requests=1"):
        connection = http.client.HTTPConnection("127.0.0.1", target.admin_port, timeout=30 * harness.SLOWNESS)
        connection.request("POST", path, headers={"Authorization": "Bearer admin-token"})
        answer = connection.getresponse()
        checks.equal((answer.status, json.loads(answer.read())), (400, {"error": "no instance is polled"}), path)
        connection.close()
    checks.equal(target.stop(), 0, "exit code where nothing is polled")


def check_secrets_stay_secret(directory, checks):
    for log in directory.rglob("daemon.log"):
        text = log.read_text(errors="replace")
        for secret in daemon.SECRETS.values():
            checks.that(secret not in text, f"{log} tells a secret")


def test(directory, rng, checks):
    check_wrong_starts(directory / "wrong", checks)
    check_notifications(directory / "notify", rng, checks)
    check_stop_with_requests_in_flight(directory / "stop", rng, checks)
    check_interrupt_and_second_start(directory / "interrupt", rng, checks)
    check_unix_socket(directory / "unix", rng, checks)
    check_socket_activation(directory / "activation", rng, checks)
    check_open_secret(directory / "open", checks)
    check_actions_where_nothing_is_polled(directory / "unpolled", checks)
    check_secrets_stay_secret(directory, checks)


harness.main(test)
