"""What a permission contains."""

LEVELS = {
    "SYSTEM_ADMIN": {"PROJECT_VIEW", "REPO_READ", "REPO_WRITE", "REPO_ADMIN", "PROJECT_ADMIN"}, "PROJECT_ADMIN": {
        "PROJECT_VIEW", "REPO_READ", "REPO_WRITE", "REPO_ADMIN", "PROJECT_ADMIN"
    }, "REPO_ADMIN": {"PROJECT_VIEW", "REPO_READ", "REPO_WRITE", "REPO_ADMIN"},
    "REPO_WRITE": {"PROJECT_VIEW", "REPO_READ", "REPO_WRITE"}, "REPO_READ": {"PROJECT_VIEW",
                                                                             "REPO_READ"}, "PROJECT_VIEW": {"PROJECT_VIEW"}
}


def permissions(credential):
    """All that a credential may do."""
    return set().union(*(LEVELS.get(scope, {scope}) for scope in credential.scopes))
