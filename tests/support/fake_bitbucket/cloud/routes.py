"""All of Cloud's endpoints. Importing the modules below fills the table."""
from ..routing import Router

ROUTES = Router()
REPO = "/repositories/{workspace}/{slug}"
PULL_REQUEST = REPO + "/pullrequests/{pull_request}"
PIPELINE = REPO + "/pipelines/{pipeline}"

from . import (  # noqa: E402,F401
    commits, deployments, hooks, insights, issues, pipelines, pull_requests, refs, repositories, reviews, statuses)
