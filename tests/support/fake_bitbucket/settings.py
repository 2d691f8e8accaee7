"""How the fake behaves where real services differ, are wrong, or have changed. The defaults are what they do today."""
import dataclasses


@dataclasses.dataclass
class Settings:
    # Connections
    chunked: bool = False  # bodies in pieces, without a length
    own_dates: bool = False  # Date as the world's clock has it, like all that bodies tell
    requests_per_connection: int = 0  # then it is closed without a word; 0: never
    idle_seconds: float = 120  # after which a connection is closed
    # Pages of both
    rows_max: int = 1_000_000  # of a page, whatever is asked for
    # Cloud
    sizes: bool = True  # `size` in pages
    scope_headers: bool = True
    pipelines_forget_sort: bool = True  # the `next` of pipelines
    endless_next: bool = False  # a `next` on the last page for ever
    unstable_order: bool = False  # of repositories that nobody sorts: each page cuts another order
    next_origin: str | None = None  # where `next` leads, if not here
    sort_states_max: int = 1000  # pull requests beyond which `sort` with several states is a 500
    slow_merges: int = 0  # how often a merge's task is PENDING; beyond 0 every merge becomes a task
    issues_removed: int = 404  # what the removed tracker answers; 0: it is still there
    log_storage: bool = True  # logs of finished steps lie on another host
    # Data Center
    iso_dates: bool = False  # as 10.3 and later write them
    public_instance: bool = False  # bad credentials and none read anonymously
    names_user: bool = True  # X-AUSERNAME; a proxy in between may take it out
    captcha: bool = False  # a bad password too often: the user must log in with a browser
    xsrf_check: bool = True
    next_page_start_missing: bool = False
    next_page_start_null: bool = False  # on the last page, instead of nothing
    datacenter_version: str = "9.4.0"
    context_path: str = ""
    # OAuth
    access_token_seconds: float = 7200
    refresh_grace_seconds: float = 600  # a refresh token that was used works so long once more
    https_redirects: bool = True  # Data Center takes no http:// callback
    authorization_denied: bool = False  # the user says no

    def change(self, values):
        """Sets those named; a wrong name is an error."""
        for name, value in values.items():
            if name not in self.__dict__:
                raise ValueError(f"no setting {name}")
            setattr(self, name, value)
