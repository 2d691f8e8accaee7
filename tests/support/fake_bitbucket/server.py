"""The socket side: threads, TLS, keep-alive, and answers that break off."""
import http.server
import socket
import socketserver
import ssl
import threading

from .http_message import ApiError, Request, Response

PIECE_BYTES = 4096  # of a chunked body


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    answered = 0

    def handle_one_request(self):
        self.connection.settimeout(self.server.settings.idle_seconds)
        try:
            super().handle_one_request()
        except (ConnectionError, TimeoutError, ssl.SSLError):
            self.close_connection = True

    def __getattr__(self, name):
        if name.startswith("do_"):
            return self._answer
        raise AttributeError(name)

    def _answer(self):
        length = self.headers.get("Content-Length")
        body = self.rfile.read(int(length)) if length else b""
        request = Request(self.command, self.path, self.headers, body, f"{self.server.scheme}://{self.headers.get('Host')}")
        self.server.serve(self, request)

    def send(self, response, cut=None):
        """Writes it; `cut`: only so many bytes of the body, and no more after them."""
        body = b"" if response.status in (204, 304) else response.body
        lines = [f"HTTP/1.1 {response.status} {self.responses.get(response.status, ('',))[0]}"]
        headers = {"Date": self.date_time_string()} | response.headers
        lines += [f"{name}: {value}" for name, value in headers.items()]
        if body and self.server.settings.chunked:
            lines += ["Transfer-Encoding: chunked"]
            body = chunked(body)
        else:
            lines += [f"Content-Length: {len(body)}"] if response.status not in (204, 304) else []
        lines += ["Connection: close"] if self.close_connection else []
        self.wfile.write("\r\n".join(lines).encode() + b"\r\n\r\n" + (b"" if self.command == "HEAD" else body[:cut]))
        self.answered += 1
        if cut is not None or self.answered == self.server.settings.requests_per_connection:
            self.abort()

    def abort(self):
        """Ends the connection at once."""
        self.close_connection = True
        try:
            self.connection.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass

    def log_message(self, *_):
        pass


def chunked(body):
    pieces = [body[at:at + PIECE_BYTES] for at in range(0, len(body), PIECE_BYTES)]
    return b"".join(b"%x\r\n%b\r\n" % (len(piece), piece) for piece in pieces) + b"0\r\n\r\n"


class Server(socketserver.ThreadingTCPServer):
    """One listener. `answer(handler, request)` is the application."""
    allow_reuse_address = True
    daemon_threads = True
    request_queue_size = 256

    def __init__(self, address, serve, settings, context=None):
        self.serve = serve
        self.settings = settings
        self.scheme = "https" if context else "http"
        self._context = context
        self._open = set()
        self._lock = threading.Lock()
        super().__init__(address, Handler)

    def start(self):
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()

    def stop(self):
        """Ends the listener and every connection."""
        self.shutdown()
        self.server_close()
        with self._lock:
            for connection in self._open:
                try:
                    connection.shutdown(socket.SHUT_RDWR)
                except OSError:
                    pass

    def process_request_thread(self, request, client_address):
        """In the connection's own thread, so that a slow TLS handshake holds up nobody else."""
        with self._lock:
            self._open.add(request)
        try:
            connection = self._context.wrap_socket(request, server_side=True) if self._context else request
            super().process_request_thread(connection, client_address)
        except (OSError, ssl.SSLError):
            self.shutdown_request(request)
        finally:
            with self._lock:
                self._open.discard(request)

    def handle_error(self, request, client_address):
        """A client that went away is no news; anything else is a defect of the fake and must be seen."""
        import sys
        if not isinstance(sys.exc_info()[1], (ConnectionError, TimeoutError, ssl.SSLError)):
            super().handle_error(request, client_address)


def tls_context(certificate, key):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(str(certificate), str(key))
    return context


def safely(answer, request):
    """The application's response, its errors included."""
    try:
        return answer(request)
    except ApiError as error:
        return error.response
    except Exception:  # a defect of the fake: say so in the answer, which the client under test will show
        import traceback
        text = traceback.format_exc()
        print(text, flush=True)
        return Response(599, text.encode(), "text/plain")
