"""What an enemy, a broken proxy or a wrong configuration may send to the webhook listener, and the answer to each.

None of it may end the daemon or leave a trace in the journal, and a good delivery must work beside and after it.
"""
import contextlib
import http.client
import pathlib
import re
import resource
import socket
import ssl
import struct
import sys
import warnings

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
import daemon
import harness
import payloads
from client import Connection, connect, raw_request, signature
from daemon import Daemon
from story import Story, make_repositories

BODY_MAX = 8 * 1024 * 1024
IDLE_CONNECTIONS = 5000
SECRET, PATH = daemon.SECRETS["cloud"], daemon.PATHS["cloud"]
BODY = payloads.encode({"repository": {"uuid": "{%s}" % payloads.stable_uuid("r"), "full_name": "acme/r"}, "n": 1})


def request(body=BODY, method="POST", path=PATH, signatures=None, key="repo:starred", length=True, headers=()):
    """One request as bytes; `signatures` None: the right one; `length` True: the right one."""
    pairs = [("Connection", "close")]
    pairs += [("X-Event-Key", key)] if key else []
    pairs += [("Content-Length", len(body) if length is True else length)] if length is not None else []
    pairs += [("X-Hub-Signature", value) for value in ([signature(body, SECRET)] if signatures is None else signatures)]
    return raw_request(method, path, [*pairs, *headers], body)


def answer(connection):
    """The status of the next answer, or None where the other side ended without one."""
    response = http.client.HTTPResponse(connection)
    try:
        response.begin()
        response.read()
        return response.status
    except (OSError, http.client.HTTPException):
        return None


def half_close(connection):
    """Ends our side of the connection, without TLS's farewell. (SSLSocket.shutdown would forget its TLS.)"""
    socket.socket.shutdown(connection, socket.SHUT_WR)


def ask(target, data):
    with connect(target) as connection:
        try:
            connection.sendall(data)
        except OSError:
            pass  # refused before all of it was sent: the answer is what counts
        return answer(connection)


def nested(levels):
    return b'{"a":' * (levels - 1) + b"{}" + b"}" * (levels - 1)


def refused_requests():
    right = signature(BODY, SECRET)
    wrong = "sha256=" + "0" * 64
    huge = b'{"a":"' + b"x" * (BODY_MAX + 1 - 8) + b'"}'
    assert len(huge) == BODY_MAX + 1
    yield "no signature", 401, request(signatures=[])
    yield "a wrong signature", 401, request(signatures=[wrong])
    yield "an empty signature", 401, request(signatures=[""])
    yield "a signature shorter than its prefix", 401, request(signatures=["sha2"])
    yield "nothing after the prefix", 401, request(signatures=["sha256="])
    yield "half a signature", 401, request(signatures=[right[:39]])
    yield "a signature with one digit more", 401, request(signatures=[right + "0"])
    yield "sha1=", 401, request(signatures=["sha1=" + right[7:47]])
    yield "sha1= of the right digits", 401, request(signatures=["sha1=" + right[7:]])
    yield "upper-case digits", 401, request(signatures=["sha256=" + right[7:].upper()])
    yield "an upper-case prefix", 401, request(signatures=["SHA256=" + right[7:]])
    yield "no hex digits", 401, request(signatures=["sha256=" + "z" * 64])
    yield "two signatures, both right", 401, request(signatures=[right, right])
    yield "two signatures, one right", 401, request(signatures=[wrong, right])
    yield "two signatures in one header", 401, request(signatures=[f"{right}, {right}"])
    yield "the signature of another body", 401, request(body=BODY + b" ", signatures=[right])
    yield "another instance's secret", 401, request(signatures=[signature(BODY, daemon.SECRETS["dc-main"])])
    yield "an unsigned ping on a Cloud path", 401, request(signatures=[], key="diagnostics:ping")
    yield "no event key", 400, request(key=None)
    yield "an empty body", 400, request(b"")
    yield "an empty body, unsigned", 401, request(b"", signatures=[])
    yield "no length and no body", 400, request(b"", length=None)
    for name, body in (("text", b"hello"), ("half an object", b'{"a":'), ("an array", b"[]"), ("null", b"null"),
                       ("two objects", b"{}{}"), ("a trailing comma", b'{"a":1,}'), ("a bare word", b'{"a":nope}'),
                       ("a control character", b'{"a":"\x01"}'), ("white space", b" \n "), ("a NUL after it", b"{}\0"),
                       ("1,000 levels", nested(1000)), ("100,000 levels", b'{"a":' * 100_000),
                       ("257 levels", nested(257)), ("invalid UTF-8", b'{"a":"\xff\xfe"}'),
                       ("a cut UTF-8 character", b'{"a":"\xe2\x82"}'), ("an encoded surrogate", b'{"a":"\xed\xa0\x80"}'),
                       ("an overlong encoding", b'{"a":"\xc0\xaf"}')):
        yield f"not one JSON object: {name}", 400, request(body)
    yield "8 MiB and one byte", 413, request(huge)
    yield "a length far beyond the limit", 413, request(b"", length=10**15)
    yield "a length that is no number", 400, request(length="12x")
    yield "a negative length", 400, request(length=-5)
    yield "two different lengths", 400, request(headers=[("Content-Length", "3")])
    yield "a length and chunks", 400, request(headers=[("Transfer-Encoding", "chunked")])
    yield "a length that is too short", 401, request(length=len(BODY) - 3)
    yield "a broken chunk", 400, request(b"zz\r\n{}\r\n0\r\n\r\n", length=None, headers=[("Transfer-Encoding", "chunked")])
    yield "GET", 405, request(b"", method="GET")
    yield "PUT", 405, request(method="PUT")
    yield "an unknown path", 404, request(path="/nothing/here")
    yield "an unknown path, unsigned, by GET", 404, request(b"", method="GET", path="/", signatures=[])
    yield "a path with a slash more", 404, request(path=PATH + "/")
    yield "a path in another case", 404, request(path=PATH.upper())
    yield "headers of 64 KiB", 431, request(headers=[("X-Long", "x" * 65536)])
    yield "2,000 headers", 431, request(headers=[(f"X-Header-{n}", "some value") for n in range(2000)])
    yield "no HTTP", 400, b"\x00\x01\x02\x03 nonsense\r\n\r\n"


def accepted_requests():
    chunked = b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in (BODY[:7], BODY[7:])) + b"0\r\n\r\n"
    largest = b'{"a":"' + b"x" * (BODY_MAX - 8) + b'"}'
    yield "a good delivery", request()
    yield "a query string", request(path=PATH + "?server_url=x")
    yield "a chunked body", request(chunked, signatures=[signature(BODY, SECRET)], length=None,
                                    headers=[("Transfer-Encoding", "chunked")])
    yield "8 MiB", request(largest)
    yield "256 levels", request(nested(256))
    yield "an event key that nobody knows", request(key="no:such:key")


def check_broken_connections(target, rng, checks):
    """Connections that end, or never were, what they should be."""
    for cut in (10, len(request()) - len(BODY), len(request()) - 1):
        with connect(target) as connection:
            connection.sendall(request()[:cut])
            half_close(connection)
            checks.equal(answer(connection), 400, f"half-closed after {cut} bytes")
        connection = connect(target)
        connection.sendall(request()[:cut])
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        connection.close()  # by a reset
    with connect(target) as connection:
        connection.sendall(request(length=len(BODY) + 10))
        half_close(connection)
        checks.equal(answer(connection), 400, "half-closed before the announced length")
    for garbage in (rng.randbytes(2000), b"POST /webhooks/cloud HTTP/1.1\r\n\r\n", b"\x16\x03\x01\xff\xff" + rng.randbytes(500),
                    b"\x80\x80\x01\x03\x01", b"\x00" * 100):
        with socket.create_connection(("127.0.0.1", target.port), timeout=30 * harness.SLOWNESS) as plain:
            plain.sendall(garbage)
            with contextlib.suppress(OSError):  # the daemon may have hung up already, which is right
                plain.shutdown(socket.SHUT_WR)
            try:
                while plain.recv(4096):
                    pass
            except ConnectionResetError:
                pass


def check_tls_versions(target, checks):
    warnings.simplefilter("ignore", DeprecationWarning)  # of old versions: that is the point
    for version, good in (("TLSv1", False), ("TLSv1_1", False), ("TLSv1_2", True), ("TLSv1_3", True)):
        context = ssl.create_default_context(cafile=str(target.directory / "cert.pem"))
        context.set_ciphers("ALL:@SECLEVEL=0")
        context.minimum_version = ssl.TLSVersion.MINIMUM_SUPPORTED
        context.maximum_version = getattr(ssl.TLSVersion, version)
        context.minimum_version = getattr(ssl.TLSVersion, version)
        try:
            with connect(target, context):
                worked = True
        except (ssl.SSLError, ConnectionError):
            worked = False
        checks.equal(worked, good, f"handshake by {version}")


def check_idle_connections(target, checks):
    connections = [connect(target) for _ in range(IDLE_CONNECTIONS)]
    harness.wait_until(lambda: target.metric("bbstream_connections") >= IDLE_CONNECTIONS, "all to be counted")
    checks.equal(ask(target, request(signatures=[])), 401, f"an answer beside {IDLE_CONNECTIONS} idle connections")
    resident = target.resident_bytes() >> 20
    print(f"{IDLE_CONNECTIONS} idle connections: {resident} MiB resident")
    checks.that(resident < 1024, f"{resident} MiB resident with {IDLE_CONNECTIONS} idle connections")
    for connection in connections:
        connection.close()


def trickle(target, first, then):
    """Sends `then` byte by byte until the other side has had enough; the status of its answer."""
    read = b""
    with connect(target) as connection:
        connection.sendall(first)
        connection.settimeout(0.1)
        for at in range(len(then) + 300):
            try:
                connection.sendall(then[at:at + 1])
                part = connection.recv(4096)
            except TimeoutError:
                continue
            except OSError:
                break
            read += part
            if not part:
                break
    status = re.match(rb"HTTP/1\.1 (\d+) ", read)
    return int(status[1]) if status else None


def check_slow_clients(directory, checks):
    slow = Daemon(directory, {"ingest": {"handshake_timeout": "1s", "header_timeout": "2s", "body_timeout": "2s",
                                         "idle_timeout": "2s", "connections_max": 40}}).start()
    head, _, body = request().partition(b"\r\n\r\n")
    checks.equal(trickle(slow, b"", head[:20] + b"x" * 500), 408, "slow headers")
    checks.equal(trickle(slow, request(b"", length=1000), b" " * 1000), 408, "a slow body")
    checks.equal(trickle(slow, head + b"\r\n\r\n", body[:5]), 408, "a body that stops")
    with connect(slow) as connection:
        checks.equal(connection.recv(100), b"", "an idle connection is closed silently; it got")
    with socket.create_connection(("127.0.0.1", slow.port), timeout=30 * harness.SLOWNESS) as plain:
        checks.equal(plain.recv(100), b"", "a connection without a handshake is closed; it got")
    crowd = [socket.create_connection(("127.0.0.1", slow.port)) for _ in range(60)]
    harness.wait_until(lambda: slow.metric("bbstream_connections_refused_total", reason="connections_max") >= 1,
                       "connections beyond the bound to be refused")
    for plain in crowd:
        plain.close()
    harness.wait_until(lambda: slow.metric("bbstream_connections") == 0, "all connections to be gone")
    checks.equal(slow.journal_last(), 0, "records in the journal of the slow clients' daemon")
    checks.equal(ask(slow, request()), 200, "a good delivery after all that")
    checks.equal(slow.stop(), 0, "exit code")


def check_keep_alive(target, checks):
    """Refusals of requests that were read whole leave the connection usable; pipelined requests are answered in order."""
    alive = [part.replace(b"Connection: close", b"Connection: keep-alive")
             for part in (request(), request(signatures=[]), request(path="/nothing"), request(b"[]"), request())]
    with connect(target) as connection:
        connection.sendall(b"".join(alive))
        connection.settimeout(10 * harness.SLOWNESS)
        read = b""
        while len(re.findall(rb"HTTP/1\.1 (\d+) ", read)) < 5:
            part = connection.recv(65536)
            if not part:
                break
            read += part
        statuses = [int(status) for status in re.findall(rb"HTTP/1\.1 (\d+) ", read)]
        checks.equal(statuses, [200, 401, 404, 400, 200], "pipelined answers")
        return statuses.count(200)


def check_ping(target, checks):
    path = daemon.PATHS["dc-main"]
    for name, data in (("unsigned", request(b'{"test": true}', path=path, signatures=[], key="diagnostics:ping")),
                       ("empty", request(b"", path=path, signatures=[], key="diagnostics:ping")),
                       ("wrongly signed", request(b'{"test": true}', path=path, signatures=["sha256="], key="diagnostics:ping"))):
        checks.equal(ask(target, data), 200, f"Data Center's ping, {name}")
    checks.equal(ask(target, request(b'{"test": true}', path=path, signatures=[])), 401, "the ping's body under another key")


def test(directory, rng, checks):
    wanted = IDLE_CONNECTIONS + 1500
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard != resource.RLIM_INFINITY and hard < wanted:
        raise harness.Skip(f"at most {hard} open files here; {wanted} are needed")
    resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
    target = Daemon(directory / "daemon", {"ingest": {"connections_max": 6000}}).start()

    before = target.journal_last()
    for name, status, data in refused_requests():
        checks.equal(ask(target, data), status, name)
    check_broken_connections(target, rng, checks)
    check_tls_versions(target, checks)
    check_idle_connections(target, checks)
    check_ping(target, checks)
    checks.equal(target.journal_last(), before, "records in the journal after all that")

    good = 0
    for name, data in accepted_requests():
        good += checks.equal(ask(target, data), 200, name)
    with connect(target) as connection:
        connection.sendall(request())
        half_close(connection)
        good += checks.equal(answer(connection), 200, "a whole request, then half-closed")
    good += check_keep_alive(target, checks)
    story = Story(rng.getrandbits(32), make_repositories(2), 10, 1)
    connection = Connection(target)
    for delivery in story.all():
        good += checks.equal(connection.deliver(delivery), 200, "a delivery of a story")
    checks.equal(target.journal_last(), before + good, "records in the journal at the end")
    checks.that(target.alive(), "the daemon is gone")
    checks.equal(target.stop(), 0, "exit code")
    check_slow_clients(directory / "slow", checks)


harness.main(test)
