"""What each endpoint wants, in both vocabularies: classic scopes (OAuth, access tokens), granular ones (API tokens)."""
import dataclasses


@dataclasses.dataclass(frozen=True)
class Scopes:
    classic: tuple = ()
    granular: tuple = ()

    def of(self, credential):
        """Those in the credential's own vocabulary. App passwords spoke the classic one."""
        return self.granular if credential.kind == "api_token" else self.classic


def scopes(classic, *granular):
    return Scopes(tuple(classic.split()), tuple(f"{scope}:bitbucket" for scope in granular))


NONE = Scopes()
USER = scopes("account", "read:user")
EMAIL = scopes("email", "read:user")
MY_REPOSITORIES = scopes("account repository", "read:repository")
WORKSPACES = scopes("account", "read:workspace")
WORKSPACE = scopes("", "read:workspace")
PROJECT = scopes("project", "read:project")
REPOSITORY = scopes("repository", "read:repository")
BRANCH_WRITE = scopes("repository:write", "write:repository", "read:repository")
BRANCH_DELETE = scopes("repository:write", "write:repository")
PULL_REQUEST = scopes("pullrequest", "read:pullrequest")
PULL_REQUEST_WRITE = scopes("pullrequest:write", "read:pullrequest", "write:pullrequest")
PULL_REQUEST_WITHDRAW = scopes("pullrequest:write", "write:pullrequest")
PIPELINE = scopes("pipeline", "read:pipeline")
# Atlassian's text and its table of scopes disagree on the classic one; this is the text's, the stricter.
PIPELINE_RUN = scopes("pipeline:write", "read:pipeline", "write:pipeline")
PIPELINE_STOP = scopes("pipeline:write", "write:pipeline")
ISSUE = scopes("issue", "read:issue")
ISSUE_WRITE = scopes("issue:write", "read:issue", "write:issue")
ISSUE_DELETE = scopes("issue:write", "delete:issue")
HOOK = scopes("webhook", "read:webhook")
HOOK_WRITE = scopes("webhook", "read:webhook", "write:webhook")
HOOK_DELETE = scopes("webhook", "delete:webhook")
