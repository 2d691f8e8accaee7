"""The command line as a person meets it: help, versions, misuse, exit codes, and one readable line for what is wrong."""
import json
import os
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
import harness

COMMANDS = ("serve", "config", "config check", "config example", "check", "send", "tail", "normalize", "journal", "journal status",
            "journal fsck", "journal replay", "audit", "gaps", "repos", "repos list", "repos show", "projects", "projects list",
            "branches", "branches list", "commits", "commits list", "prs", "prs list", "prs show", "pipelines",
            "pipelines list", "pipelines show", "pipelines log", "statuses", "statuses list", "hooks", "hooks list", "hooks sync", "hooks rotate", "issues",
            "issues list", "issues show", "issues create", "issues comment", "issues transition", "prs approve", "prs unapprove",
            "prs request-changes", "prs comment", "prs merge", "prs decline", "pipelines run", "pipelines stop", "deployments",
            "deployments list", "statuses set",
            "insights", "insights report", "auth", "auth login", "auth status", "auth refresh", "auth key")
MINIMAL = """[ingest]
tls.enabled = false
[[instance]]
name = "cloud"
platform = "cloud"
webhook.path = "/webhooks/cloud"
webhook.secrets = ["file:{directory}/secret"]
[journal]
path = "{directory}/journal"
"""


def bbstream(*arguments, **options):
    environment = {name: value for name, value in os.environ.items() if name != "BBSTREAM_CONFIG"}
    return harness.run([harness.BINARY, *arguments], env=environment | options.pop("variables", {}), **options)


def check_one_line(ran, code, wanted, what, checks):
    """Nothing on standard output, one line on standard error, that exit code."""
    checks.equal(ran.returncode, code, f"exit code of {what}")
    checks.equal(ran.stdout, "", f"standard output of {what}")
    checks.that(ran.stderr.startswith("bbstream: ") and ran.stderr.endswith("\n") and ran.stderr.count("\n") == 1,
                f"{what} did not say one line: {ran.stderr!r}")
    checks.that(wanted in ran.stderr, f"{what} said {ran.stderr!r}, not {wanted!r}")


def check_help(checks):
    top = bbstream("--help")
    checks.equal((top.returncode, top.stderr), (0, ""), "--help")
    for word in (*(name for name in COMMANDS if " " not in name), "--version", "bbstream config example > bbstream.toml",
                 "$BBSTREAM_CONFIG", "/etc/bbstream/bbstream.toml"):
        checks.that(word in top.stdout, f"--help does not mention {word}")
    for name in COMMANDS:
        shown = bbstream(*name.split(), "--help")
        checks.equal((shown.returncode, shown.stderr), (0, ""), f"{name} --help")
        checks.that(f"bbstream {name}" in shown.stdout, f"{name} --help has no usage: {shown.stdout}")
    for line in (line for name in ("", *COMMANDS) for line in bbstream(*name.split(), "-h").stdout.splitlines()):
        checks.that(len(line) <= 120 and line == line.rstrip(), f"help has a ragged line: {line!r}")


def check_version(checks):
    shown = bbstream("--version")
    checks.equal((shown.returncode, shown.stdout, shown.stderr), (0, f"bbstream {os.environ['BBSTREAM_VERSION']}\n", ""),
                 "--version")


def check_misuse(checks):
    for arguments, wanted in (
            ((), "a command is missing (bbstream --help)"),
            (("frobnicate",), 'no such command: "frobnicate" (bbstream --help)'),
            (("srve",), 'no such command: "srve"; did you mean serve? (bbstream --help)'),
            (("config",), "a command is missing (bbstream config --help)"),
            (("config", "chek"), 'no such command: "chek"; did you mean check? (bbstream config --help)'),
            (("--frobnicate",), "--frobnicate"),
            (("serve", "--frobnicate"), "(bbstream serve --help)"),
            (("serve", "--config"), "--config"),
            (("serve", "stray"), "stray"),
            (("normalize", "--event", "repo:push"), "--platform"),
            (("normalize", "--platform", "github", "--event", "repo:push"), "github"),
            (("send",), "--url"),
            (("journal", "status", "--from"), "(bbstream journal status --help)"),
            (("prs", "list"), "--repo"),
            (("prs", "list", "--repo", "api"), "a repository is WORKSPACE/SLUG"),
            (("prs", "list", "--repo", "../api"), "a repository is WORKSPACE/SLUG"),
            (("prs", "list", "--repo", "acme/api", "--state", "shut"), "shut"),
            (("prs", "show", "--repo", "acme/api"), "ID"),
            (("statuses", "list", "--repo", "acme/api"), "COMMIT"),
            (("deployments", "list"), "--repo"),
            (("prs", "comment", "1", "--repo", "acme/api"), "--text"),
            (("pipelines", "run", "--branch", "main", "--var", "novalue", "--repo", "acme/api"), "no KEY=VALUE"),
            (("statuses", "set", "c0ffee", "--key", "k", "--state", "done", "--url", "u", "--repo", "acme/api"), "done"),
            (("prs", "merge", "-1", "--repo", "acme/api"), "no whole number of at least 1: \"-1\""),
            (("prs", "merge", "99999999999999999999", "--repo", "acme/api"), "no whole number"),
            (("repos", "list", "--limit", "-1"), "no whole number of at least 0: \"-1\""),
            (("pipelines", "log", "1", "--step", "0", "--repo", "acme/api"), "no whole number of at least 1: \"0\""),
            (("pipelines", "stop", "", "--repo", "acme/api"), "an empty argument was given (bbstream pipelines stop --help)"),
            (("issues", "comment", "..", "--text", "x", "--repo", "acme/api"), 'no name: ".."'),
            (("statuses", "set", "..", "--key", "k", "--state", "failed", "--url", "u", "--repo", "acme/api"), "no name"),
            (("insights", "report", "..", "--id", "x", "--title", "t", "--sarif", "-", "--repo", "acme/api"), "no name"),
            (("insights", "report", "c0ffee", "--id", "..", "--title", "t", "--sarif", "-", "--repo", "acme/api"), "no name"),
            (("pipelines", "run", "--branch", "", "--repo", "acme/api"), "--branch: an empty value was given (bbstream pipelines run --help)"),
            (("pipelines", "run", "--branch=", "--repo", "acme/api"), "--branch: an empty value was given"),
            (("pipelines", "run", "--json", "--branch=", "--repo", "acme/api"), "--branch: an empty value was given"),
            (("pipelines", "run", "--branch", "main", "--var", "", "--repo", "acme/api"), "--var: an empty value"),
            (("prs", "comment", "x", "--text", "--limit=", "--repo", "acme/api"), "ID: no whole number"),
            (("prs", "list", "--repo", ""), "--repo: an empty value was given"),
            (("prs", "list", "--repo", "acme/api", "--state", ""), "--state: an empty value was given"),
            (("prs", "comment", "1", "--text", "", "--repo", "acme/api"), "--text: an empty value was given"),
            (("repos", "list", "--instance", ""), "--instance: an empty value was given"),
            (("repos", "list", "--config", ""), "--config: an empty value was given"),
            (("commits", "list", "--since", "", "--repo", "acme/api"), "--since: an empty value was given"),
            (("auth", "login", "--as", ""), "--as: an empty value was given"),
            (("config", "check", ""), "an empty argument was given (bbstream config check --help)"),
            (("",), 'no such command: ""'),
            (("a\nb\x1b[2J",), "no such command")):
        check_one_line(bbstream(*arguments), 2, wanted, f"bbstream {' '.join(arguments)!r}", checks)


def check_configuration(directory, checks):
    config = directory / "bbstream.toml"
    config.write_text(MINIMAL.format(directory=directory))
    secret = directory / "secret"
    warned = bbstream("config", "check", config)
    checks.equal(warned.returncode, 0, "exit code of config check without the secret's file")
    checks.that(f"bbstream: warning: instance cloud: webhook.secrets: file:{secret}" in warned.stderr,
                f"config check does not warn of the secret: {warned.stderr!r}")
    check_one_line(bbstream("config", "check", "--strict", config), 1, "webhook.secrets", "config check --strict", checks)
    secret.write_text("hunter2\n")
    secret.chmod(0o644)
    checks.that("can be read by every user" in bbstream("config", "check", config).stderr, "an open secret is not warned of")
    secret.chmod(0o600)
    for arguments, variables in (((config,), {}), ((), {"BBSTREAM_CONFIG": str(config)}), (("--strict", config), {})):
        right = bbstream("config", "check", *arguments, variables=variables)
        checks.equal((right.returncode, right.stderr), (0, ""), f"config check {arguments} {variables}")
        checks.that(right.stdout.startswith(f"{config}: valid"), f"config check said {right.stdout!r}")
        checks.that("hunter2" not in right.stdout, "config check shows a secret")


def check_wrong_configuration(directory, checks):
    wrong = directory / "wrong.toml"
    wrong.write_text('[ingest]\nlisten = "nowhere"\nlsten = 1\n')
    checked = bbstream("config", "check", wrong)
    checks.equal((checked.returncode, checked.stdout), (1, ""), "config check of a wrong file")
    for line in (f'bbstream: {wrong}:2: ingest.listen: "nowhere" is not host:port, unix:/path or systemd',
                 f"bbstream: {wrong}:3: ingest.lsten: unknown key; did you mean ingest.listen?",
                 f"bbstream: {wrong}: instance: missing"):
        checks.that(line in checked.stderr, f"config check does not say {line!r}: {checked.stderr!r}")
    missing = directory / "missing.toml"
    for command in (("config", "check"), ("serve", "--config"), ("tail", "--config"), ("journal", "status", "--config"),
                    ("journal", "fsck", "--config"), ("audit", "--config"), ("gaps", "--config")):
        check_one_line(bbstream(*command, missing), 1, f"{missing}: No such file or directory",
                       f"bbstream {' '.join(command)} of a missing file", checks)
    check_one_line(bbstream("serve", "--config", directory), 1, "Is a directory", "serve with a directory", checks)
    environment = {"BBSTREAM_CONFIG": str(missing)}
    check_one_line(bbstream("journal", "status", variables=environment), 1, str(missing), "$BBSTREAM_CONFIG", checks)
    check_one_line(bbstream("journal", "status"), 1, "/etc/bbstream/bbstream.toml", "the default configuration", checks)


def check_example(directory, checks):
    example = bbstream("config", "example")
    checks.equal((example.returncode, example.stderr), (0, ""), "config example")
    checks.equal(example.stdout, (harness.ROOT / "deploy/bbstream.toml.example").read_text(), "config example")
    path = directory / "example.toml"
    path.write_text(example.stdout)
    checks.equal(bbstream("config", "check", path).returncode, 0, "exit code of config check of the example")
    with open("/dev/full", "w", encoding="ascii") as full:
        ran = harness.start([harness.BINARY, "config", "example"], stdout=full, stderr=-1, text=True)
        said = ran.communicate(timeout=60)[1]
    checks.equal((ran.returncode, said), (1, "bbstream: standard output can't be written\n"), "config example to a full disk")


def check_journal(directory, checks):
    config = directory / "bbstream.toml"
    for verb in ("status", "fsck", "replay"):
        none = bbstream("journal", verb, "--config", config)
        check_one_line(none, 1, str(directory / "journal"), f"journal {verb} without a journal", checks)


def check_gaps(directory, checks):
    config = directory / "bbstream.toml"
    check_one_line(bbstream("gaps", "--config", config), 1, str(directory / "journal"), "gaps without a journal", checks)
    check_one_line(bbstream("gaps", "--since", "soon", "--config", config), 2, "--since", "gaps since no time", checks)


def check_audit(directory, checks):
    none = bbstream("audit", "--config", directory / "bbstream.toml")
    check_one_line(none, 1, str(directory / "journal"), "audit without a journal", checks)


def check_normalize(directory, checks):
    sample = harness.ROOT / "deploy/demo/cloud-push.json"
    arguments = ("normalize", "--platform", "cloud", "--event", "repo:push")
    from_file = bbstream(*arguments, sample)
    checks.equal((from_file.returncode, from_file.stderr), (0, ""), "normalize of a file")
    types = [json.loads(line)["type"] for line in from_file.stdout.splitlines()]
    checks.that("dev.bbstream.ref.updated.v1" in types, f"normalize gave {types}")
    from_input = bbstream(*arguments, input=sample.read_text())
    checks.equal([json.loads(line)["id"] for line in from_input.stdout.splitlines()],
                 [json.loads(line)["id"] for line in from_file.stdout.splitlines()], "ids from standard input")
    check_one_line(bbstream(*arguments, directory / "none.json"), 1, "none.json", "normalize of a missing file", checks)
    check_one_line(bbstream(*arguments, input="not JSON"), 1, "", "normalize of what is not JSON", checks)


def test(directory, rng, checks):
    check_help(checks)
    check_version(checks)
    check_misuse(checks)
    check_configuration(directory, checks)
    check_wrong_configuration(directory, checks)
    check_example(directory, checks)
    check_journal(directory, checks)
    check_audit(directory, checks)
    check_gaps(directory, checks)
    check_normalize(directory, checks)


harness.main(test)
