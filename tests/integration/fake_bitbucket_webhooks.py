"""The fake Bitbucket's webhooks: what bbstream makes of each, their shape beside recorded ones, and how they are delivered."""
import hashlib
import hmac
import http.server
import json
import pathlib
import sys
import threading

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
import harness
import shapes
from fake_bitbucket import sample_fake
from fake_bitbucket.cloud.hooks import EVENTS as CLOUD_EVENTS
from fake_bitbucket.datacenter.hooks import EVENTS as DATACENTER_EVENTS
from fake_bitbucket.webhooks.delivery import Deliveries, Manners

RECORDED = harness.ROOT.parent / "shared" / "recorded" / "webhooks"
SECRET = "a secret, ünïcode included"
# What each kind of delivery must become, whatever else comes with it.
TYPES = {
    "repo:push": "ref.", "repo:refs_changed": "ref.", "repo:created": "repository.created",
    "repo:deleted": "repository.deleted", "repo:updated": "repository.updated", "repo:modified": "repository.",
    "repo:fork": "repository.forked", "repo:forked": "repository.forked",
    "pullrequest:comment_updated": "pullrequest.comment_updated", "pr:comment:edited": "pullrequest.comment_",
    "pullrequest:created": "pullrequest.opened", "pr:opened": "pullrequest.opened", "pullrequest:updated": "pullrequest.",
    "pr:modified": "pullrequest.updated", "pr:from_ref_updated": "pullrequest.source_updated",
    "pr:reviewer:updated": "pullrequest.reviewers_updated", "pullrequest:approved": "pullrequest.reviewed",
    "pr:reviewer:approved": "pullrequest.reviewed", "pullrequest:unapproved": "pullrequest.reviewed",
    "pr:reviewer:unapproved": "pullrequest.reviewed", "pullrequest:changes_request_created": "pullrequest.reviewed",
    "pr:reviewer:needs_work": "pullrequest.reviewed", "pullrequest:changes_request_removed": "pullrequest.reviewed",
    "pullrequest:comment_created": "pullrequest.comment_created", "pr:comment:added": "pullrequest.comment_created",
    "pullrequest:comment_deleted": "pullrequest.comment_deleted", "pr:comment:deleted": "pullrequest.comment_deleted",
    "pullrequest:comment_resolved": "pullrequest.comment_resolved",
    "pullrequest:comment_reopened": "pullrequest.comment_reopened", "pullrequest:fulfilled": "pullrequest.merged", "pr:merged": "pullrequest.merged",
    "pullrequest:rejected": "pullrequest.declined", "pr:declined": "pullrequest.declined",
    "repo:commit_status_created": "buildstatus.reported", "repo:commit_status_updated": "buildstatus.reported",
    "pipeline:span_created": ("taskrun.finished", "pipelinerun.finished")  # each has deliveries of its own
}
# Ends of members that recorded bodies have and these need not.
ALLOWED = {
    "username": "removed for privacy", "repository/owner/account_id": "of a repository in a personal workspace",
    "repository/owner/nickname": "as above", "project/owner": "of a personal project", "commentParentId": "of a reply",
    "repository/project/project": "a project that names itself twice, of 2017"
}


class Receiver:
    """Takes deliveries as a hook's address would; answers what it is told to."""
    def __init__(self):
        self.got = []
        self.answers = []
        receiver = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                receiver.got.append((dict(self.headers), body))
                self.send_response(receiver.answers.pop(0) if receiver.answers else 200)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        harness.at_end.append(self.server.shutdown)
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}/hook"


def hooked(fake, receiver, repo):
    """Hooks for everything, in place of the sample's."""
    repo.hooks, repo.datacenter_hooks = [], []
    fake.change.add_hook(fake.world.workspace_hooks, receiver.url, CLOUD_EVENTS["workspace"], "all", secret=SECRET)
    for project in fake.world.projects.values():
        fake.change.add_hook(project.hooks, receiver.url, DATACENTER_EVENTS, "all", secret=SECRET)


def everything(fake):
    """Every kind of change once."""
    change, repo = fake.change, fake.world.repository("api")
    change.push(repo, commits=2)
    change.push(repo, "topic", commits=7)
    change.push(repo, "topic", commits=7)
    change.force_push(repo, "topic")
    change.tag(repo, "v2.0.0")
    change.delete_tag(repo, "v2.0.0")
    pr = change.open_pull_request(repo, "topic", reviewers=("grace", ), description="All of it")
    change.edit_pull_request(repo, pr, title="Another title", draft=True)
    change.edit_pull_request(repo, pr, reviewers=[fake.world.users["linus"]])
    change.push(repo, "topic")
    comment = change.comment(repo, pr, "Why?")
    change.comment(repo, pr, "Because.", "ada", parent=comment.id)
    change.edit_comment(repo, pr, comment, "Why that?")
    change.resolve_comment(repo, pr, comment)
    change.reopen_comment(repo, pr, comment)
    change.delete_comment(repo, pr, comment)
    for verdict in (change.approve, change.unapprove, change.request_changes, change.withdraw_request):
        verdict(repo, pr)
    change.set_status(repo, pr.source_hash, "build", "INPROGRESS")
    change.set_status(repo, pr.source_hash, "build", "SUCCESSFUL")
    change.merge(repo, pr)
    change.push(repo, "other")
    change.decline(repo, change.open_pull_request(repo, "other", description="More"))
    change.push_refs(
        repo, {"other": None, "third": change.commit(repo, [repo.branches["main"]]), "fourth": repo.branches["main"]})
    run = change.run_pipeline(repo)
    change.start_pipeline(repo, run)
    change.finish_pipeline(repo, run)
    fork = change.fork_repository(repo, "fork")
    change.push(fork, "from-fork")
    change.open_pull_request(repo, "from-fork", fork=fork)
    change.delete_repository(fork)
    change.move_repository(repo, "SEC")
    change.rename_repository(change.create_repository("PLAT", "made"), "renamed")
    change.delete_repository(fake.world.repository("renamed"))


def normalized(directory, delivery):
    """The types of the events that one body gives."""
    platform = delivery.product
    body = directory / "body.json"
    body.write_bytes(delivery.body)
    ran = harness.run([harness.BINARY, "normalize", "--platform", platform, "--event", delivery.key, body])
    assert ran.returncode == 0, f"{delivery.key}: {ran.stderr}"
    return [json.loads(line)["type"].removeprefix("dev.bbstream.").removesuffix(".v1") for line in ran.stdout.splitlines()]


def become_events(directory, deliveries, checks):
    checks.equal({delivery.key for delivery in deliveries.all}, set(TYPES), "kinds of deliveries")
    told = set()
    for delivery in deliveries.all:
        types = normalized(directory, delivery)
        told.update(types)
        checks.that(any(each.startswith(TYPES[delivery.key]) for each in types), f"{delivery.key} became {types}")
    checks.that(told >= set(TYPES["pipeline:span_created"]), f"a run and its steps became none of {told}")


def look_like_recorded(deliveries, checks):
    if not RECORDED.is_dir():
        print("no recorded webhooks here")
        return
    have, want = {}, {}
    for delivery in deliveries.all:
        have.setdefault((delivery.product, delivery.key), shapes.Shape()).add(json.loads(delivery.body))
    for line in (RECORDED / "INDEX.tsv").read_text(encoding="utf-8").splitlines()[1:]:
        name, platform, key, _, _, provenance = line.split("\t")[:6]
        product = {"cloud": "cloud", "dc": "datacenter"}.get(platform)
        if (product, key) in have and provenance.startswith("recorded"):
            want.setdefault((product, key), shapes.Shape()).add(json.loads((RECORDED / name).read_text(encoding="utf-8")))
    for which, shape in want.items():
        checks.none(
            f"{which} lacks {path}" for path in shapes.missing(shape, have[which]) if not path.endswith(tuple(ALLOWED)))
        checks.none(f"{which} has {path}" for path in shapes.other_types(shape, have[which]))
    print(f"{len(want)} kinds compared with recorded ones")


def signed(deliveries, receiver, checks):
    deliveries.flush()
    checks.equal([body for _, body in receiver.got], [each.body for each in deliveries.all], "what was delivered")
    for headers, body in receiver.got:
        right = "sha256=" + hmac.new(SECRET.encode(), body, hashlib.sha256).hexdigest()
        checks.equal(headers["X-Hub-Signature"], right, f"signature of {headers['X-Event-Key']}")


def attempts(checks):
    """Cloud tries three times in all, with one id; Data Center once."""
    receiver = Receiver()
    with sample_fake() as fake:
        hooked(fake, receiver, fake.world.repository("api"))
        deliveries = Deliveries(fake)
        receiver.answers = [503] * 4
        fake.change.push(fake.world.repository("api"))
        deliveries.flush()
        checks.equal([each.statuses for each in deliveries.all if each.product == "cloud" and each.key == "repo:push"],
                     [[503] * 3], "Cloud")
        checks.equal([each.statuses for each in deliveries.all if each.key == "repo:refs_changed"], [[503]], "Data Center")
        checks.equal([headers["X-Attempt-Number"] for headers, _ in receiver.got if "X-Attempt-Number" in headers][:3],
                     ["1", "2", "3"], "attempts")
        checks.equal(len({headers["X-Request-UUID"] for headers, _ in receiver.got[:3]}), 1, "ids of attempts")


def badly(seed, checks):
    """The ids that came, and the fates, of a hundred pushes delivered badly."""
    receiver = Receiver()
    with sample_fake() as fake:
        repo = fake.world.repository("api")
        hooked(fake, receiver, repo)
        deliveries = Deliveries(fake, seed, Manners(lost=0.2, doubled=0.2, swapped=0.3, held=0.1))
        for number in range(100):
            fake.change.push(repo)
            if number % 10 == 9:
                deliveries.flush()
        deliveries.flush()
        deliveries.flush()
        came = [headers.get("X-Request-UUID") or headers["X-Request-Id"] for headers, _ in receiver.got]
        lost = {each.id for each in deliveries.all if each.fate == "lost"}
        checks.equal(set(came) | lost, {each.id for each in deliveries.all}, "what came, and what was lost")
        checks.that(lost and not lost & set(came), f"{len(lost)} lost")
        order = {each.id: at for at, each in enumerate(deliveries.all)}
        firsts = [order[each] for each in dict.fromkeys(came)]
        checks.that(firsts != sorted(firsts), "nothing came out of order")
        checks.that(len(came) > len(set(came)), "nothing came twice")
        return came


def test(directory, rng, checks):
    receiver = Receiver()
    with sample_fake() as fake:
        hooked(fake, receiver, fake.world.repository("api"))
        deliveries = Deliveries(fake)
        everything(fake)
        signed(deliveries, receiver, checks)
        become_events(directory, deliveries, checks)
        look_like_recorded(deliveries, checks)
    attempts(checks)
    seed = rng.getrandbits(32)
    checks.equal(badly(seed, checks), badly(seed, checks), "the same seed, again")


harness.main(test)
