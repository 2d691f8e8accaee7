"""Durable ingest beside nginx: the same signed pushes over TLS, in turn to both, in one run.

bbstream verifies the signature, writes to the journal, waits for the disk and answers, while fold and file sink run;
nginx reads the request and returns 200. Read the ratios: both share the machine with the load generator.
"""
import argparse
import os
import pathlib
import shutil
import signal
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "tests/support"))
import harness
import load
from daemon import Daemon
from disk import durable_write_ms
from measure import Table, cpu_seconds, median, resident_mib, wrk

DISK_BYTES = 20 << 30

NGINX = """
daemon off;
user root;
worker_processes auto;
pid {home}/nginx.pid;
error_log {home}/nginx.log;
events {{ worker_connections 4096; }}
http {{
  access_log off;
  client_body_temp_path {home}/nginx-body;
  proxy_temp_path {home}/nginx-proxy;
  fastcgi_temp_path {home}/nginx-fastcgi;
  uwsgi_temp_path {home}/nginx-uwsgi;
  scgi_temp_path {home}/nginx-scgi;
  client_body_buffer_size 64k;
  keepalive_requests 1000000000;
  server {{
    listen 127.0.0.1:{port} ssl reuseport backlog=4096;
    ssl_certificate {cert}/cert.pem;
    ssl_certificate_key {cert}/key.pem;
    ssl_protocols TLSv1.2 TLSv1.3;
    location / {{ return 200 '{{"status":"accepted","seq":1}}'; }}
  }}
}}
"""


class Nginx:
    def __init__(self, home, certificates):
        self.port = harness.free_port()
        config = home / "nginx.conf"
        config.write_text(NGINX.format(home=home, port=self.port, cert=certificates))
        self.process = harness.start(["nginx", "-p", home, "-c", config], start_new_session=True)
        harness.at_end.append(lambda: os.killpg(self.process.pid, signal.SIGKILL))  # its workers outlive their master

    def published(self):
        return 1

    def settle(self):
        pass


class Bbstream:
    """Its work is done when all that it has accepted is published; the processor time until then counts."""

    def __init__(self, home, sink=None):
        self.daemon = Daemon(home, {"journal": {"size_max": "8GiB"}, **(sink or {})}).start()
        self.port, self.process = self.daemon.port, self.daemon.process

    def published(self):
        """Of what it has accepted, the part that is published."""
        return self.daemon.metric("bbstream_published_sequence") / self.daemon.journal_last()

    def settle(self):
        self.daemon.wait_published(self.daemon.journal_last(), 300)


class Receiving(Bbstream):
    """Nothing but receiving: the fold waits for a sink that never opens."""

    def __init__(self, home):
        nowhere = f"127.0.0.1:{harness.free_port()}"
        super().__init__(home, {"sink": {"kind": "kafka"}, "kafka": {'"bootstrap.servers"': nowhere}})

    def settle(self):
        pass


def one_round(server, requests, connections, seconds):
    before = cpu_seconds(server.process.pid)
    result = wrk(server.port, requests, connections, seconds)
    result["published"] = 100 * server.published()
    server.settle()
    result["cpu"] = (cpu_seconds(server.process.pid) - before) / result["requests"] * 1e6
    return result


def compare(ours, theirs, requests, connections, seconds, rounds):
    """Rounds of both in turn: ([ours], [theirs])."""
    done = [(one_round(theirs, requests, connections, seconds), one_round(ours, requests, connections, seconds))
            for _ in range(rounds)]
    return [each[1] for each in done], [each[0] for each in done]


def ratio(ours, theirs, name):
    return median([{name: a[name] / b[name]} for a, b in zip(ours, theirs)], name)


def busy_memory(server, requests, seconds):
    """The most that is resident while 256 connections are busy, in a new process: what the fold remembers of each
    delivery for a day has a bound of its own (state.size_max)."""
    samples = []
    wrk(server.port, requests, 256, seconds, lambda: samples.append(resident_mib(server.process.pid)))
    server.settle()
    return max(samples)


def run(home, rounds, seconds):
    ours = Bbstream(home / "bbstream")
    theirs = Nginx(home, home / "bbstream")
    requests, closing = home / "requests", home / "requests-close"
    size = load.write_requests(requests)
    load.write_requests(closing, close=True)
    compare(ours, theirs, requests, 64, 2, 1)  # warm
    table = Table(f"Durable ingest: TLS 1.3, HMAC, pushes of {size:,} bytes, 64 connections, {rounds} rounds of {seconds} s", "nginx")
    for size in (128, 4):  # the rate hangs on it
        table.line(f"the disk alone: {size} KiB durably, ms", durable_write_ms(home, size * 1024))
    a, b = compare(ours, theirs, requests, 64, seconds, rounds)
    table.line("requests/s", median(a, "rate"), median(b, "rate"), ratio(a, b, "rate"), floor=0.45)
    table.line("CPU per request, us", median(a, "cpu"), median(b, "cpu"), ratio(a, b, "cpu"), ceiling=3.5)
    table.line("p99, ms", median(a, "p99"), median(b, "p99"), ceiling=25)
    table.line("published when the last answer is out, %", median(a, "published"))
    a, b = compare(ours, theirs, closing, 64, seconds, rounds)
    table.line("a connection per request, requests/s", median(a, "rate"), median(b, "rate"), ratio(a, b, "rate"), floor=0.7)
    receiving = Receiving(home / "receiving")
    a, b = compare(receiving, theirs, requests, 64, seconds, rounds)
    table.line("receiving alone, requests/s", median(a, "rate"), median(b, "rate"), ratio(a, b, "rate"))
    table.line("receiving alone, CPU per request, us", median(a, "cpu"), median(b, "cpu"), ratio(a, b, "cpu"))
    receiving.daemon.kill()
    table.line("resident with 256 busy connections, MiB", busy_memory(Bbstream(home / "memory"), requests, seconds), ceiling=64)
    return table.below


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=int, default=8)
    chosen = parser.parse_args()
    # On the disk that the clone is on: what is fast in memory proves nothing.
    free = shutil.disk_usage(harness.ROOT).free
    if free < DISK_BYTES:
        sys.exit(f"journal and events take up to {DISK_BYTES >> 30} GiB for a while, and {free >> 30} are free")
    home = pathlib.Path(tempfile.mkdtemp(prefix="bench-", dir=harness.ROOT / "build"))
    try:
        return 1 if run(home, chosen.rounds, chosen.seconds) else 0
    finally:
        harness.end_all()
        shutil.rmtree(home, ignore_errors=True)


sys.exit(main())
