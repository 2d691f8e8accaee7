"""Commands that speak to the fake of Cloud, Data Center and Jira Cloud, with one configuration for both products."""
import command_desk
from fake_bitbucket import sample

CONFIG = """[ingest]
tls.enabled = false
[[instance]]
name = "cloud"
platform = "cloud"
api = "env:FAKE_CLOUD"
workspace = "acme"
webhook.path = "/webhooks/cloud"
webhook.allow_unsigned = true
{cloud}
[[instance]]
name = "dc"
platform = "datacenter"
api = "{datacenter}"
webhook.path = "/webhooks/dc"
webhook.allow_unsigned = true
{dc}
"""
SECRETS = (sample.WRITE_TOKEN, sample.READ_TOKEN, sample.WORKSPACE_TOKEN, sample.ADMIN_PAT, sample.READ_PAT, sample.JIRA_TOKEN,
           sample.CLIENT_SECRET, sample.APP_PASSWORD, "a hook's secret")
TOKEN = {"kind": "api_token", "username": sample.EMAIL, "secret": sample.WRITE_TOKEN}
PAT = {"kind": "pat", "secret": sample.ADMIN_PAT}
REPOS = {"cloud": "acme/api", "dc": "PLAT/api"}


class Desk(command_desk.CommandDesk):
    """A configuration for the fake, and commands with it."""
    secrets = SECRETS

    def __init__(self, directory, fake, checks):
        super().__init__(directory, fake, checks)
        self.configure()

    def configure(self, cloud=TOKEN, dc=PAT, more=""):
        self.environment = command_desk.environment() | {"FAKE_CLOUD": self.fake.cloud_api}
        lines = {"cloud": self.credential(cloud, "SECRET_CLOUD") + more, "dc": self.credential(dc, "SECRET_DC")}
        self.config.write_text(CONFIG.format(datacenter=self.fake.datacenter_api, **lines))

    def run(self, instance, *words):
        return super().run(*words, "--instance", instance)

    def rows(self, instance, *words):
        return self.lines(instance, *words)

    def refused(self, instance, wanted, *words, code=1):
        super().refused(wanted, instance, *words, code=code)
