"""A desk for bbstream's commands: a configuration, an environment of its own, and an eye on what comes out."""
import json
import os

import harness


def environment(*without):
    """This process's variables, but for proxies and those that begin with one of these."""
    return {name: value for name, value in os.environ.items()
            if not name.lower().endswith("_proxy") and not name.startswith(without)}


class CommandDesk:
    """What a test's own desk adds: how it is configured, and what its secrets are."""
    secrets = ()  # none of these may come out

    def __init__(self, directory, fake, checks):
        self.directory, self.fake, self.checks = directory, fake, checks
        self.config = directory / "bbstream.toml"
        self.environment = environment()

    def credential(self, fields, variable):
        """Lines of an instance; the secret is in the variable."""
        if fields is None:
            return ""
        self.environment[variable] = fields["secret"]
        fields = dict(fields, secret=f"env:{variable}")
        return "".join(f"auth.{key} = {json.dumps(value)}\n" for key, value in fields.items())

    def keeps_secrets(self, said, what):
        for secret in self.secrets:
            self.checks.that(secret not in said, f"{what} shows a secret")

    def run(self, *words, **variables):
        ran = harness.run([harness.BINARY, *words, "--config", self.config], env=self.environment | variables)
        self.keeps_secrets(ran.stdout + ran.stderr, words)
        return ran

    def lines(self, *words, code=0):
        """What --json prints."""
        ran = self.run(*words, "--json")
        self.checks.equal(ran.returncode, code, f"exit code of {words}: {ran.stdout}{ran.stderr}")
        if code == 0:
            self.checks.equal(ran.stderr, "", f"failures of {words}")
        return [json.loads(line) for line in ran.stdout.splitlines()]

    def refused(self, wanted, *words, code=1, **options):
        ran = self.run(*words, **options)
        self.checks.equal(ran.returncode, code, f"exit code of {words}")
        self.checks.that(wanted in ran.stderr and ran.stderr.count("\n") == 1, f"{words} said {ran.stderr!r}, not {wanted!r}")
