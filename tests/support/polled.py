"""A daemon that polls the fake Bitbucket as two instances, Cloud and Data Center."""
import os
import time

from fake_bitbucket.credentials import DATACENTER_LEVELS, Credential, GRANULAR

ENVIRONMENT = {**os.environ, "CLOUD_TOKEN": "cloud-token", "DC_TOKEN": "dc-token"}


def instances(fake):
    """The daemon's two instances, polled over the fake's REST API."""
    user = fake.world.users["ada"]
    fake.settings.own_dates = True
    fake.credentials.add(Credential("api_token", "cloud-token", user, username="ada@acme.example", scopes=GRANULAR))
    fake.credentials.add(Credential("pat", "dc-token", user, scopes=frozenset(DATACENTER_LEVELS)))
    return {"cloud": {"api": fake.cloud_api, "workspace": fake.world.workspace, "auth.kind": "api_token", "auth.username": "ada@acme.example",
                      "auth.secret": "env:CLOUD_TOKEN", "auth.requests_per_hour": 1_000_000},
            "dc-main": {"api": fake.datacenter_api, "auth.kind": "pat", "auth.secret": "env:DC_TOKEN", "auth.requests_per_second": 1000}}


def live(fake, history, deliveries, steps, before=lambda: None):
    """What happens in so many steps, delivered ten by ten; `before` each ten of them."""
    for _ in range(steps // 10):
        before()
        with fake.lock:
            history.live(10)
        deliveries.flush()
        time.sleep(0.1)


def names(world, instance):
    """The fake's id of a repository -> its id in events."""
    return {repo.id: repo.uuid.strip("{}") if instance == "cloud" else str(repo.id) for repo in world.made}
