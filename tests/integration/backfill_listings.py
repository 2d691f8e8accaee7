"""What Cloud shows by one listing: branches with tags, though one of each has the same name and a page ends between them, and open pull
requests with those that changed. What is not in a listing any more is looked up by itself, and a push that no webhook told costs six
requests."""
import collections
import json
import pathlib
import re
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
import daemon
import harness
import polled
from backfill import read
from fake_bitbucket import FakeBitbucket

BACKFILL = {"enabled": True, "interval": "1s", "grace": "1s", "reconcile": "24h", "inventory": "24h"}
ROWS_MAX = 2  # of a page: main and the branch v1, the tags v1 and v2, and so on
# By what is asked for: refs once more after `grace`, and statuses of the default branch.
ONE_PUSH = {"refs": 2, "commits": 1, "pullrequests": 1, "statuses": 1, "pipelines": 1}


class Watched:
    """A repository of which no webhook tells, looked at once, with two open pull requests."""

    def __init__(self, directory, fake, checks):
        self.fake, self.checks = fake, checks
        fake.world.add_user("ada")
        fake.world.add_project("PLAT")
        self.repo = fake.change.create_repository("PLAT", "one", "ada")
        for branch in ("main", "v1", "x", "y"):
            fake.change.push(self.repo, branch)
        for tag in ("v1", "v2"):
            fake.change.tag(self.repo, tag)
        self.gone, self.kept = (fake.change.open_pull_request(self.repo, source) for source in ("x", "y"))
        self.target = daemon.Daemon(directory, {"backfill": BACKFILL}, instances={"cloud": polled.instances(fake)["cloud"]})
        self.target.start(env=polled.ENVIRONMENT)
        harness.wait_until(lambda: self.looks("same"), "the first look")
        checks.equal(self.told(), [], "events of the baseline")

    def looks(self, outcome):
        return self.target.metric("bbstream_backfill_looks_total", instance="cloud", outcome=outcome)

    def told(self):
        """(type, subject) of all events but those of the system."""
        pairs = [(value["type"].removeprefix("dev.bbstream.").removesuffix(".v1"), value["subject"]) for value in read(self.target, self.checks)]
        return [(kind, subject) for kind, subject in pairs if not kind.startswith("system.")]

    def asked(self):
        """What was asked of the repository, look by look: what stands behind its id."""
        whole = "%7B" + self.repo.uuid.strip("{}") + "%7D"
        looks = [[]]
        for entry in list(self.fake.log.entries):
            if whole in entry.target:
                looks[-1].append(entry.target.partition(whole)[2])
                if looks[-1][-1].startswith("/pipelines/"):  # the last of a look
                    looks.append([])
        return looks[:-1]

    def find(self, happen):
        """What was asked for by the look that finds what `happen` does, and after that by one that finds nothing. It gives what is to be
        told meanwhile."""
        self.fake.log.clear()
        before, differed, same = len(self.told()), self.looks("differed"), self.looks("same")
        with self.fake.lock:
            wanted = happen()
        harness.wait_until(lambda: self.looks("differed") > differed and self.looks("same") > same, "a look that finds nothing more")
        self.target.wait_published(self.target.journal_last())
        self.checks.equal(sorted(self.told()[before:]), sorted(wanted), "what was told")
        found, *after = self.asked()
        after = sum(after, [])
        self.checks.equal([each for each in found + after if "state=OPEN" in each], [], "listings of open pull requests alone")
        return found, after

    def push(self, branch="main"):
        """A push to a branch, and what is told of it."""
        self.fake.change.push(self.repo, branch)
        return [("ref.updated", f"refs/heads/{branch}"), ("commit.added", f"commits/{self.repo.branches[branch]}")]


def some(asked, begin):
    return [each for each in asked if each.startswith(begin)]


def statuses_of(asked, pull_request):
    return some(asked, f"/commit/{pull_request.source_hash[:12]}")


def one_name(of, checks):
    """The tag v1 goes, and comes again while the branch v1 moves."""
    of.fake.settings.rows_max = ROWS_MAX

    def remove():
        of.fake.change.delete_tag(of.repo, "v1")
        return [("ref.deleted", "refs/tags/v1")]

    def move():
        of.fake.change.tag(of.repo, "v1", of.repo.branches["x"])
        return [("ref.created", "refs/tags/v1"), *of.push("v1")]

    gone, after = of.find(remove)
    checks.equal(len(some(gone, "/refs/tags/v1?")), 1, "looks at the tag")
    checks.equal([each for each in gone + after if re.match("/refs/(?!tags/v1[?])", each)], [], "requests for other refs, or for one kind of them")
    moved, after = of.find(move)
    checks.equal(some(moved + after, "/refs/"), [], "requests for single refs, or for one kind of them")
    of.fake.settings.rows_max = 1_000


def no_longer_listed(of, checks):
    """An open pull request is there no more; then another is only missing in a listing."""
    def lose():
        of.repo.pull_requests.pop(of.gone.id)
        return of.push()

    def hide():
        of.fake.faults.add(path=r"/pullrequests\?", status=200, body=json.dumps({"values": []}))
        return of.push()

    asked, after = of.find(lose)
    checks.equal((len(some(asked, f"/pullrequests/{of.gone.id}?")), some(after, "/pullrequests/")), (1, []), "looks at the one that is gone")
    checks.equal((len(statuses_of(asked, of.kept)), statuses_of(asked, of.gone)), (1, []), "requests for statuses of the heads")
    asked, after = of.find(hide)
    checks.equal((len(some(asked, f"/pullrequests/{of.kept.id}?")), some(after, "/pullrequests/")), (1, []), "looks at the one that was missing")


def closed(of, checks):
    """What is listed since it changed is not open any more: its head is not asked for."""
    def decline():
        of.fake.change.decline(of.repo, of.kept)
        return [*of.push(), ("pullrequest.declined", f"pullrequests/{of.kept.id}")]

    asked, after = of.find(decline)
    checks.equal(statuses_of(asked + after, of.kept), [], "requests for statuses of its head")


def one_push(of, checks):
    asked, _ = of.find(of.push)
    kinds = collections.Counter(re.match(r"/(?:commit/\w+/)?(\w+)", each)[1] for each in asked)
    checks.equal(dict(kinds), ONE_PUSH, "requests of a look that finds a push")


def test(directory, _, checks):
    with FakeBitbucket() as fake:
        of = Watched(directory, fake, checks)
        for part in (one_name, no_longer_listed, closed, one_push):
            part(of, checks)
        checks.equal(of.target.stop(), 0, "exit code")
        of.target.check_audit(len(read(of.target, checks)), checks)


harness.main(test)
