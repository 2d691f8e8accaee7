"""OAuth 2.0 of both products: authorization code, client credentials, and refresh tokens that rotate."""
import base64
import dataclasses
import hashlib
import secrets
import time
import urllib.parse

from . import credentials
from .http_message import Response, json_response

TOKEN_BYTES = 2600  # real ones are longer than 2,500 characters
CODE_SECONDS = 600


@dataclasses.dataclass
class Consumer:
    """A registered client. `kind`: oauth2 for Cloud, dc_oauth2 for Data Center."""
    client_id: str
    secret: str
    callback: str
    kind: str
    user: object  # who is logged in where the browser asks
    scopes: frozenset
    app: object = None  # who client_credentials acts as
    private: bool = True


@dataclasses.dataclass
class Code:
    consumer: Consumer
    redirect_uri: str | None
    challenge: str | None
    expires: float


@dataclasses.dataclass
class Refresh:
    consumer: Consumer
    ends: float | None = None  # when it stops working, once it was used


def refusal(error, description, status=400):
    return json_response({"error": error, "error_description": description}, status)


class OAuth:
    def __init__(self, fake):
        self.fake = fake
        self.consumers = {}
        self.codes = {}
        self.refreshes = {}
        self.issued = 0

    def add_consumer(self, **fields):
        consumer = Consumer(**fields)
        self.consumers[consumer.client_id] = consumer
        return consumer

    def answer(self, request, kind):
        """Whatever is below the product's OAuth path."""
        if request.segments[-1] == "authorize" and request.method == "GET":
            return self._authorize(request, kind)
        if request.segments[-1] in ("access_token", "token") and request.method == "POST":
            return self._token(request, kind)
        return Response(404)

    def _authorize(self, request, kind):
        """What the browser sees when the user is logged in and agrees at once."""
        consumer = self.consumers.get(request.one("client_id"))
        if not consumer or consumer.kind != kind:
            return Response(400, b"Invalid client_id", "text/html")
        wanted = request.one("redirect_uri")
        if wanted and not wanted.startswith(consumer.callback):
            return Response(400, b"Invalid redirect_uri", "text/html")
        if kind == "dc_oauth2" and self.fake.settings.https_redirects and not (wanted
                                                                               or consumer.callback).startswith("https://"):
            return Response(400, b"Invalid redirect_uri: https is wanted", "text/html")
        answers = {"state": request.one("state")} if request.one("state") is not None else {}
        if request.one("response_type") != "code":
            return self._redirect(wanted or consumer.callback, {"error": "unsupported_response_type"} | answers)
        if self.fake.settings.authorization_denied:
            return self._redirect(wanted or consumer.callback, {"error": "access_denied"} | answers)
        code = secrets.token_urlsafe(12)
        self.codes[code] = Code(consumer, wanted, request.one("code_challenge"), time.monotonic() + CODE_SECONDS)
        return self._redirect(wanted or consumer.callback, {"code": code} | answers)

    @staticmethod
    def _redirect(uri, answers):
        return Response(302, headers={"Location": f"{uri}{'&' if '?' in uri else '?'}{urllib.parse.urlencode(answers)}"})

    def _token(self, request, kind):
        form = dict(request.form())
        consumer = self._client(request, form, kind)
        if not consumer:
            return refusal("invalid_client", "Invalid OAuth client credentials", 401)
        grants = {
            "authorization_code": self._by_code, "refresh_token": self._by_refresh, "client_credentials": self._by_client
        }
        grant = grants.get(form.get("grant_type"))
        if not grant or (kind == "dc_oauth2" and grant == self._by_client):
            return refusal("unsupported_grant_type", f"Unsupported grant type: {form.get('grant_type')}")
        return grant(consumer, form)

    def _client(self, request, form, kind):
        """Cloud: HTTP Basic. Data Center: members of the form."""
        scheme, name, secret = credentials.parse(request.headers.get("Authorization"))
        if kind == "dc_oauth2" and scheme != "basic":
            name, secret = form.get("client_id"), form.get("client_secret")
        found = self.consumers.get(name)
        return found if found and found.kind == kind and found.secret == secret else None

    def _by_code(self, consumer, form):
        code = self.codes.pop(form.get("code"), None)  # good for one attempt
        if not code or code.consumer is not consumer or code.expires < time.monotonic():
            return refusal("invalid_grant", "The specified code is not valid.")
        if code.redirect_uri and form.get("redirect_uri") != code.redirect_uri:
            return refusal("invalid_grant", "redirect_uri does not match")
        if code.challenge and code.challenge != s256(form.get("code_verifier") or ""):
            return refusal("invalid_grant", "code_verifier does not match")
        return self._issue(consumer, consumer.user, with_refresh=True)

    def _by_refresh(self, consumer, form):
        """A new refresh token each time. The old one works for a grace, so that two that ask at once both get one."""
        token = self.refreshes.get(form.get("refresh_token"))
        now = time.monotonic()
        if not token or token.consumer is not consumer or (token.ends is not None and token.ends <= now):
            return refusal("invalid_grant", "Invalid refresh_token")
        if token.ends is None:
            token.ends = now + self.fake.settings.refresh_grace_seconds
        return self._issue(consumer, consumer.user, with_refresh=True)

    def _by_client(self, consumer, form):
        """No refresh token, and not the consumer's owner but an account of the app."""
        if not consumer.private:
            return refusal("unauthorized_client", "This consumer is not private")
        if not consumer.callback:
            return refusal("invalid_request", "No callback uri defined for the OAuth client.")
        return self._issue(consumer, consumer.app or consumer.user, with_refresh=False)

    def _issue(self, consumer, user, with_refresh):
        self.issued += 1
        seconds = self.fake.settings.access_token_seconds
        access = f"eyJ{self.issued}." + secrets.token_urlsafe(TOKEN_BYTES * 3 // 4)
        self.fake.credentials.add(
            credentials.Credential(consumer.kind, access, user, scopes=consumer.scopes, expires=time.monotonic() + seconds))
        body = {
            "access_token": access, "token_type": "bearer", "expires_in": int(seconds), "scope": " ".join(
                sorted(consumer.scopes)), "state": with_refresh and "authorization_code" or "client_credentials"
        }
        if with_refresh:
            body["refresh_token"] = secrets.token_urlsafe(24)
            self.refreshes[body["refresh_token"]] = Refresh(consumer)
        return json_response(body)

    def expire_access_tokens(self):
        """As if their time were over."""
        for credential in self.fake.credentials.known:
            if credential.kind in ("oauth2", "dc_oauth2"):
                credential.expires = time.monotonic()


def s256(verifier):
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
