"""Who may ask for what: the credentials of both products, and what each is allowed."""
import base64
import dataclasses
import fnmatch
import time

# What one classic scope gives beside itself. API tokens' scopes give nothing but themselves.
IMPLIED = {
    "project": {"repository"}, "pullrequest": {"repository"}, "pullrequest:write": {"pullrequest", "repository:write"},
    "repository:write": {"repository"}, "issue:write": {"issue"}, "pipeline:write": {"pipeline"},
}
CLASSIC = frozenset({
    "account", "email", "project", "repository", "repository:write", "repository:admin", "pullrequest", "pullrequest:write",
    "webhook", "pipeline", "pipeline:write", "issue", "issue:write"
})
GRANULAR = frozenset(
    f"{right}:{name}:bitbucket" for right, names in {
        "read": ("user", "workspace", "project", "repository", "pullrequest", "pipeline", "webhook",
                 "issue"), "write": ("repository", "pullrequest", "pipeline", "webhook",
                                     "issue"), "admin": ("repository", "project"), "delete": ("webhook", "issue"),
    }.items() for name in names)
DATACENTER_LEVELS = ("PROJECT_VIEW", "REPO_READ", "REPO_WRITE", "REPO_ADMIN", "PROJECT_ADMIN")
USERLESS = {"repo_access_token", "project_access_token", "workspace_access_token"}


def closure(scopes):
    """The scopes with all that they imply."""
    have, todo = set(), list(scopes)
    while todo:
        scope = todo.pop()
        if scope not in have:
            have.add(scope)
            todo.extend(IMPLIED.get(scope, ()))
    return have


@dataclasses.dataclass
class Credential:
    kind: str  # api_token, app_password, *_access_token, oauth2; Data Center: pat, project_pat; Jira: jira
    secret: str
    user: object = None
    username: str = ""  # for Basic
    scopes: frozenset = frozenset()  # Data Center: permissions
    reach: str = "*"  # glob on the repository's slug
    admin: bool = True  # of what it reaches: hooks want that beside their scopes
    expires: float | None = None  # time.monotonic()

    def expired(self):
        return self.expires is not None and time.monotonic() >= self.expires

    def reaches(self, repo):
        return fnmatch.fnmatchcase(repo.slug, self.reach) and not repo.hidden

    def allows(self, wanted):
        """All of these scopes."""
        return set(wanted) <= closure(self.scopes)


def basic(username, secret):
    """The header's value."""
    return "Basic " + base64.b64encode(f"{username}:{secret}".encode()).decode()


def parse(header):
    """(scheme, username, secret) of an Authorization header."""
    scheme, _, rest = (header or "").partition(" ")
    if scheme.lower() == "bearer":
        return "bearer", "", rest.strip()
    if scheme.lower() == "basic":
        try:
            username, _, secret = base64.b64decode(rest, validate=True).decode().partition(":")
            return "basic", username, secret
        except ValueError:
            pass
    return "", "", ""


class Credentials:
    def __init__(self):
        self.known = []

    def add(self, credential):
        self.known.append(credential)
        return credential

    def remove(self, credential):
        self.known.remove(credential)

    def find(self, header, kinds):
        """The credential that a header names, expired ones too. Which kind goes over which scheme is part of the match."""
        scheme, username, secret = parse(header)
        for credential in self.known:
            if credential.kind in kinds and credential.secret == secret and scheme in _schemes(credential):
                if scheme == "bearer" or credential.username == username:
                    return credential
        return None


def _schemes(credential):
    return {
        "api_token": ("basic", ), "app_password": ("basic", ), "jira": ("basic", ), "pat": ("bearer", "basic"),
        "password": ("basic", )
    }.get(credential.kind, ("bearer", ))
