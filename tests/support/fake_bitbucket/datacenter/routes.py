"""All of Data Center's endpoints. Importing the modules below fills the table."""
from ..routing import Router

ROUTES = Router()
PROJECT = "/api/{version}/projects/{project}"
REPO = PROJECT + "/repos/{slug}"
PULL_REQUEST = REPO + "/pull-requests/{pull_request}"

# What a route needs beside a login; an answer without login is None.
LOGIN = "LOGIN"
PROJECT_VIEW, REPO_READ, REPO_WRITE, REPO_ADMIN, PROJECT_ADMIN = ("PROJECT_VIEW", "REPO_READ", "REPO_WRITE", "REPO_ADMIN",
                                                                  "PROJECT_ADMIN")

from . import builds, commits, hooks, insights, pull_requests, refs, repositories, reviews  # noqa: E402,F401
