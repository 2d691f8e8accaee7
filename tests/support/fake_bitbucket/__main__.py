"""The fake as a process: python3 tests/support/fake_bitbucket --help"""
import argparse
import json
import pathlib
import signal
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from fake_bitbucket import sample  # noqa: E402
from fake_bitbucket.history import History  # noqa: E402


def arguments():
    parser = argparse.ArgumentParser(
        prog="fake_bitbucket",
        description="Bitbucket Cloud (/2.0), Data Center (/rest/api) and Jira "
        "Cloud (/rest/api/3) over one sample world, on loopback. Prints one line of JSON when it "
        "listens: its addresses and credentials. /_fake/{faults,settings,requests,change/KIND} steer it.")
    parser.add_argument("--port", type=int, default=0, help="default: a free one")
    parser.add_argument("--tls", nargs=2, metavar=("CERTIFICATE", "KEY"), help="PEM files; default: plain HTTP")
    parser.add_argument("--repositories", type=int, default=0, metavar="N", help="so many more than the sample's few")
    parser.add_argument("--history", nargs=2, type=int, metavar=("SEED", "STEPS"), help="a made-up life on top of the sample")
    parser.add_argument("--setting", action="append", default=[], metavar="NAME=JSON", help="see settings.py")
    return parser.parse_args()


def main():
    wanted = arguments()
    fake = sample.sample_fake(wanted.repositories, tls=wanted.tls, port=wanted.port)
    fake.settings.change({name: json.loads(value) for name, _, value in (each.partition("=") for each in wanted.setting)})
    if wanted.history:
        History(fake, wanted.history[0]).live(wanted.history[1])
    with fake:
        print(json.dumps({
            "cloud": fake.cloud_api, "datacenter": fake.datacenter_api, "jira": fake.url, "control": fake.url + "/_fake",
            "workspace": fake.world.workspace, "credentials": [
                {"kind": each.kind, "username": each.username, "secret": each.secret} for each in fake.credentials.known
            ]
        }),
              flush=True)
        signal.sigwait({signal.SIGINT, signal.SIGTERM})


signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM})
main()
