"""The units are free of complaints and as closed as promised: systemd's own tools say so."""
import os
import pathlib
import re
import shutil
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
import harness

UNITS = harness.ROOT / "systemd"
EXPOSURE_MAX = 20  # tenths: 2.0
INSTALLED = "/usr/bin/bbstream"


def copy_units(directory):
    """The units with the binary of this build in place of the installed one."""
    copied = []
    for name in ("bbstream.service", "bbstream.socket"):
        text = (UNITS / name).read_text()
        copied.append(directory / name)
        copied[-1].write_text(text.replace(INSTALLED, str(pathlib.Path(harness.BINARY).resolve())))
    return copied


def check_verify(units, checks):
    verified = harness.run(["systemd-analyze", "verify", "--man=no", *units], env=os.environ | {"SYSTEMD_LOG_COLOR": "0"})
    complaints = [line for line in (verified.stdout + verified.stderr).splitlines() if "bbstream" in line]
    checks.equal(complaints, [], "systemd-analyze verify")
    checks.equal(verified.returncode, 0, "exit code of systemd-analyze verify")


def check_verify_complains(directory, checks):
    """That a mistake would be seen: otherwise the check above proves nothing."""
    wrong = directory / "wrong"
    wrong.mkdir()
    unit = wrong / "bbstream.service"
    unit.write_text((UNITS / "bbstream.service").read_text().replace("Restart=", "Restrat="))
    verified = harness.run(["systemd-analyze", "verify", "--man=no", unit])
    checks.that("Restrat" in verified.stderr and INSTALLED in verified.stderr,
                f"a misspelled key and a missing binary were not seen: {verified.stderr!r}")


def check_security(units, checks):
    rated = harness.run(["systemd-analyze", "security", "--no-pager", "--offline=true", f"--threshold={EXPOSURE_MAX}", units[0]])
    exposure = re.search(r"exposure level for bbstream.service: (\S+)", rated.stdout)
    print("exposure:", exposure[1] if exposure else rated.stdout + rated.stderr)
    checks.equal(rated.returncode, 0, f"exit code of systemd-analyze security with threshold {EXPOSURE_MAX}")


def check_promises(checks):
    """What people and other files rely on."""
    service = (UNITS / "bbstream.service").read_text()
    for line in ("Type=notify", "StateDirectory=bbstream", "ConfigurationDirectory=bbstream", "Restart=on-failure",
                 "LimitCORE=0", "User=bbstream", f"ExecStartPre={INSTALLED} config check --strict /etc/bbstream/bbstream.toml"):
        checks.that(re.search(f"^{re.escape(line)}$", service, re.M), f"bbstream.service has no {line}")
    for key in ("LoadCredential", "WatchdogSec", "LimitNOFILE", "TimeoutStopSec"):
        checks.that(re.search(f"^{key}=.", service, re.M), f"bbstream.service has no {key}=")
    # It would hide /proc/sys: the kernel's boot id, and how it overcommits memory, which jemalloc asks.
    checks.that(not re.search("^ProcSubset=pid", service, re.M), "bbstream.service hides the boot id from the file sink")
    checks.that("\nListenStream=8443\n" in (UNITS / "bbstream.socket").read_text(), "bbstream.socket does not listen on 8443")


def check_credentials(checks):
    """Every credential that the example configuration names is loaded by the unit."""
    service = (UNITS / "bbstream.service").read_text()
    example = (harness.ROOT / "deploy/bbstream.toml.example").read_text()
    loaded = re.findall(r"^LoadCredential=([^:\n]+):bbstream\.\1$", service, re.M)
    used = {name for line in example.splitlines() if not line.startswith("#   webhook") and not line.startswith("#   auth")
            for name in re.findall(r'"credential:([\w.-]+)"', line)}
    used.discard("NAME")
    checks.that("webhook" in used, "the example configuration uses no credential:webhook")
    for name in used:
        checks.that(name in loaded, f"bbstream.service does not load {name}")


def check_sysusers_and_tmpfiles(directory, checks):
    """Applied to an empty root: the user comes into being, then the directories with their owners."""
    if not shutil.which("systemd-sysusers") or os.geteuid() != 0:
        print("sysusers and tmpfiles: not checked (needs systemd's tools and root)")
        return
    root = directory / "root"
    (root / "etc").mkdir(parents=True)
    made = harness.run(["systemd-sysusers", f"--root={root}", UNITS / "bbstream.sysusers"])
    checks.equal(made.returncode, 0, f"exit code of systemd-sysusers: {made.stderr}")
    passwd = (root / "etc/passwd").read_text()
    entry = re.search(r"^bbstream:[^:]*:(\d+):(\d+):", passwd, re.M)
    if not checks.that(entry, f"sysusers made no user: {passwd!r}"):
        return
    tls = root / "etc/bbstream/tls"
    for _ in range(2):  # the second time with a key in place
        applied = harness.run(["systemd-tmpfiles", f"--root={root}", "--create", UNITS / "bbstream.tmpfiles"])
        checks.equal(applied.returncode, 0, f"exit code of systemd-tmpfiles: {applied.stderr}")
        checks.equal((tls.stat().st_mode & 0o777, tls.stat().st_gid), (0o750, int(entry[2])), "mode and group of tls/")
        (tls / "key.pem").write_text("key")
        (tls / "key.pem").chmod(0o644)
    applied = harness.run(["systemd-tmpfiles", f"--root={root}", "--create", UNITS / "bbstream.tmpfiles"])
    key = (tls / "key.pem").stat()
    checks.equal((key.st_mode & 0o777, key.st_gid), (0o640, int(entry[2])), "mode and group of tls/key.pem")


def test(directory, rng, checks):
    if not shutil.which("systemd-analyze"):
        raise harness.Skip("systemd-analyze is not installed")
    units = copy_units(directory)
    check_verify(units, checks)
    check_verify_complains(directory, checks)
    check_security(units, checks)
    check_promises(checks)
    check_credentials(checks)
    check_sysusers_and_tmpfiles(directory, checks)


harness.main(test)
