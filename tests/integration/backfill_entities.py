"""What happens to pull requests, what is said on them, and the build statuses of their heads and of the default branch, while
webhooks are lost is found by looking: at the end what was told is the world's truth, each fact once, and a fact that was lost has the id that its webhook would
have had."""
import collections
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
import backfill
import daemon
import harness
import identity
import openapi_check
import polled
from backfill import CLOUD_EVENTS, DATACENTER_EVENTS, read
from fake_bitbucket import FakeBitbucket
from fake_bitbucket.history import History
from fake_bitbucket.webhooks.delivery import Deliveries, Manners

INSTANCES = ("cloud", "dc-main")
REPOSITORIES = 3
STEPS = 120
# Pull requests, their reviews and comments, and what they live on.
WEIGHTS = dict.fromkeys(("flap", "push_several", "backdated", "tag", "delete_tag", "run", "advance", "create", "rename"), 0)
WEIGHTS |= {"status": 20, "open_pull_request": 20, "judge": 20, "withdraw": 6, "edit": 12, "close": 10, "comment": 30, "reply": 8, "resolve": 10}
# So often a pull request may be shown as it was once before.
SAME_SHOWN = 8
LOST = (0, 0.01, 0.4, 1)
# What keeps its id, whoever tells it. A later look shows of a declined or merged one all that it was before.
SAME_ID = {"opened", "merged", "declined"}
STATES = {"OPEN": "open", "MERGED": "merged", "DECLINED": "declined"}


def user_id(user, instance):
    return user.uuid.strip("{}") if instance == "cloud" else str(user.id)


class Told:
    """What the events of one instance say of each pull request."""

    def __init__(self, events, instance, checks):
        self.shown = {}  # (repository, id) -> as it was last told
        self.verdicts = collections.defaultdict(dict)
        self.kinds = collections.defaultdict(set)  # what happened to it
        for value in events:
            if value["bbinstance"] != instance or ".pullrequest." not in value["type"] or ".comment_" in value["type"]:
                continue
            shown, which = value["data"]["pullRequest"], (value["data"]["repository"]["id"], value["data"]["pullRequest"]["id"])
            if which not in self.shown or self.shown[which]["updatedAt"] <= shown["updatedAt"]:
                self.shown[which] = shown
            self.kinds[which].add(value["type"].split(".")[3])
            if value["type"].endswith(".reviewed.v1"):
                self.verdicts[which][value["data"]["reviewer"]["id"]] = value["data"]["verdict"]
            elif value["type"].endswith(".snapshot.v1"):
                ids = [identity.snapshot_id("pullrequest", which[1], value, occurrence) for occurrence in range(SAME_SHOWN)]
                checks.that(value["id"] in ids, f"a snapshot that is named otherwise than what it shows: {value['id']}")
                self.verdicts[which] = {each["actor"]["id"]: each["verdict"] for each in shown["reviewers"] + shown["participants"]}

    def found(self, which, but=()):
        """`but`: reviewers that don't count."""
        shown = self.shown.get(which)
        if not shown:
            return None
        verdicts = {who: verdict for who, verdict in self.verdicts[which].items() if verdict != "none"}
        return {"state": shown["state"], "title": shown["title"], "draft": shown["draft"], "reviewers": sorted(
            {each["actor"]["id"] for each in shown["reviewers"]} - set(but)), "source": shown["source"]["shortSha"], "target": shown["target"]["branch"], "verdicts": verdicts}


def truth(world, instance):
    """(repository, id) -> how it is."""
    ids, found = polled.names(world, instance), {}
    for repo in world.made:
        for pr in repo.pull_requests.values():
            verdicts = {user_id(world.users[name], instance): verdict for name, (verdict, _) in pr.verdicts.items()}
            reviewers = {user.name for user in pr.reviewers} | (set(pr.verdicts) if instance == "dc-main" else set())
            found[ids[repo.id], pr.id] = {
                "state": STATES[pr.state], "title": pr.title, "draft": pr.draft, "reviewers": sorted(
                    user_id(world.users[name], instance) for name in reviewers), "source": pr.source_hash[:12], "target": pr.destination_branch,
                "verdicts": verdicts}
    return found


def past_reviewers(world, instance):
    """(repository, id) -> who is a reviewer on Data Center for having said and taken back something, which may have been between two
    looks: then nothing tells of it."""
    ids, found = polled.names(world, instance), {}
    for repo in world.made:
        for pr in repo.pull_requests.values():
            past = set(pr.reviewed) - set(pr.verdicts) - {user.name for user in pr.reviewers} if instance == "dc-main" else set()
            found[ids[repo.id], pr.id] = {user_id(world.users[name], instance) for name in past}
    return found


def statuses_told(events, instance):
    """(repository, commit, key) -> (state, when) as it was last told."""
    last = {}
    for value in events:
        if value["bbinstance"] == instance and value["type"] == "dev.bbstream.buildstatus.reported.v1":
            status = value["data"]
            which = status["repository"]["id"], status["sha"], status["key"]
            last[which] = max(last.get(which, ("", "")), (status["updatedAt"], status["sourceState"]))
    return {which: state for which, (_, state) in last.items()}


def statuses_true(world, instance):
    """Of the heads of open pull requests and of the default branches."""
    ids, found = polled.names(world, instance), {}
    for repo in world.made:
        heads = {pr.source_hash for pr in repo.pull_requests.values() if pr.state == "OPEN"} | {repo.branches[repo.main_branch]}
        found |= {(ids[repo.id], head, key): status.state for head in heads for key, status in repo.statuses.get(head, {}).items()}
    return found


class Said:
    """What the events of one instance say of each comment: (repository, pull request, comment)."""

    def __init__(self, events, instance):
        self.kinds = collections.defaultdict(set)
        self.resolved = {}
        self._shown = {}
        for value in events:
            if value["bbinstance"] != instance or ".pullrequest.comment_" not in value["type"]:
                continue
            data, kind = value["data"], value["type"].split(".")[3]
            which, comment = (data["repository"]["id"], data["pullRequest"]["id"], data["comment"]["id"]), data["comment"]
            self.kinds[which].add(kind)
            if kind in ("comment_resolved", "comment_reopened"):
                self.resolved[which] = kind == "comment_resolved"
            if kind != "comment_deleted" and (comment["updatedAt"] or "") >= self._shown.get(which, ("", ""))[0]:
                self._shown[which] = comment["updatedAt"], comment["text"]

    def text(self, which):
        return self._shown.get(which, ("", None))[1]


def said(world, instance):
    """(repository, pull request, comment) -> the fake's comment."""
    ids = polled.names(world, instance)
    return {(ids[repo.id], pr.id, str(comment.id)): comment for repo in world.made for pr in repo.pull_requests.values()
            for comment in pr.comments.values()}


def missing_comments(events, world, instance, deleted):
    """Data Center shows nothing of what was said and deleted between two looks; `deleted`: what a look had seen before."""
    told, found = Said(events, instance), []
    for which, comment in said(world, instance).items():
        kinds = told.kinds[which]
        if instance == "cloud" or not comment.deleted:
            found += [(instance, which, "created")] * ("comment_created" not in kinds)
        if comment.deleted:
            found += [(instance, which, "deleted")] * ("comment_deleted" not in kinds and (instance == "cloud" or comment in deleted))
        else:
            found += [(instance, which, comment.text, told.text(which))] * (told.text(which) != comment.text)
            found += [(instance, which, "resolved", comment.resolved)] * (told.resolved.get(which, False) != bool(comment.resolved))
    return found


def false_comments(events, world, instance):
    """What was told of comments that do not exist, and of deletions that did not happen."""
    there = said(world, instance)
    return [(instance, which, kinds) for which, kinds in Said(events, instance).kinds.items()
            if which not in there or ("comment_deleted" in kinds and not there[which].deleted)]


def missing(target, world, checks, deleted=()):
    """What has not been told yet, of both products; empty when all is."""
    target.wait_published(target.journal_last())
    events, found = read(target, checks), []
    for instance in INSTANCES:
        told = Told(events, instance, checks)
        statuses = statuses_told(events, instance)
        found += [(instance, which, state, statuses.get(which)) for which, state in statuses_true(world, instance).items() if statuses.get(which) != state]
        found += [(instance, which, how["state"], told.kinds[which]) for which, how in truth(world, instance).items()
                  if not {"opened", how["state"].replace("open", "opened")} <= told.kinds[which]]
        past = past_reviewers(world, instance)
        found += [(instance, which, how, told.found(which)) for which, how in truth(world, instance).items() if told.found(which, past[which]) != how]
        found += missing_comments(events, world, instance, deleted)
    return found


def start(target):
    """Until each instance has its baseline."""
    target.start(env=polled.ENVIRONMENT)
    harness.wait_until(lambda: all(target.metric("bbstream_backfill_looks_total", instance=name, outcome="same") >= REPOSITORIES
                                   for name in INSTANCES), "the first looks")


def add_hooks(fake, target):
    url = f"https://127.0.0.1:{target.port}"
    for hooks, instance, events in ((fake.world.workspace_hooks, "cloud", CLOUD_EVENTS["workspace"]),
                                    (fake.world.projects["PLAT"].hooks, "dc-main", DATACENTER_EVENTS)):
        fake.change.add_hook(hooks, url + daemon.PATHS[instance], events, secret=daemon.SECRETS[instance])


def pull_requests(world):
    return [(repo, pr) for repo in world.made for pr in repo.pull_requests.values()]


def talk_more(fake, deliveries):
    """So much that there is more on each pull request than ever: the number is what Data Center shows. Says whether a look
    has read it since."""
    wanted = []
    for repo, pr in pull_requests(fake.world):
        with fake.lock:
            for _ in range(1 + sum(comment.deleted for comment in pr.comments.values())):
                last = fake.change.comment(repo, pr, "One word more")
            fake.change.edit_comment(repo, pr, last, "One word less")
            wanted.append((fake.log.count, f"/repos/{repo.slug}/pull-requests/{pr.id}/activities"))
        deliveries.flush()

    def is_read():
        with fake.lock:
            asked = list(fake.log.entries)
        return all(any(each.number > begin and target in each.target for each in asked) for begin, target in wanted)

    return is_read


def delete_some(fake, deliveries):
    """The newest comment on each pull request."""
    gone = []
    for repo, pr in pull_requests(fake.world):
        gone.append(max((each for each in pr.comments.values() if not each.deleted), key=lambda each: each.id))
        fake.change.delete_comment(repo, pr, gone[-1])
        deliveries.flush()
    return gone


def scenario(directory, seed, lost, checks):
    """The ids of what was told, by type."""
    watch = openapi_check.Watch() if lost == 1 and not openapi_check.available() else None
    with FakeBitbucket() as fake:
        if watch:
            watch.follow(fake)
        history = History(fake, seed, REPOSITORIES, WEIGHTS)
        # Where nothing is lost a delivery that a busy machine holds up must not look so.
        patient = backfill.BACKFILL if lost else {**backfill.BACKFILL, "grace": "4s"}
        target = daemon.Daemon(directory, {"backfill": patient}, instances=polled.instances(fake))
        start(target)
        deliveries = Deliveries(fake, seed, Manners(lost=lost, doubled=0.1), target.context)
        add_hooks(fake, target)
        polled.live(fake, history, deliveries, STEPS)
        is_read = talk_more(fake, deliveries)
        deleted = []
        try:
            harness.wait_until(lambda: is_read() and not missing(target, fake.world, checks), "what was lost to be found", 90, 0.5)
            deleted = delete_some(fake, deliveries)
            harness.wait_until(lambda: not missing(target, fake.world, checks, deleted), "what was deleted to be found", 90, 0.5)
        except AssertionError as late:
            checks.that(False, f"{late}: {sorted(map(str, missing(target, fake.world, checks, deleted)))[:4]}")
        events = read(target, checks)
        repeated = [each for each, count in collections.Counter(value["id"] for value in events).items() if count > 1]
        checks.equal(repeated, [], "ids that came twice")
        polls = collections.Counter(value["type"].split(".", 2)[2] for value in events if value["bborigin"] == "poll")
        for kind in ("opened", "comment_created", "comment_updated", "comment_deleted"):
            checks.that(polls[f"pullrequest.{kind}.v1"] or lost < 1, f"{kind} was not found: {polls}")
        checks.equal([each for instance in INSTANCES for each in false_comments(events, fake.world, instance)], [], "what nobody said or deleted")
        checks.that(lost or not sum(count for kind, count in polls.items() if not kind.startswith("buildstatus.")),
                    f"found, though nothing was lost: {polls}")
        checks.equal(target.stop(), 0, "exit code")
        target.check_audit(len(events), checks)
        if watch:
            checks.equal(sorted({f"{problem}" for problem in watch.problems})[:5], [], "requests that Atlassian's documents do not know")
        print(f"lost {lost:.0%}: {len(events)} events, found {dict(polls)}")
    ids = collections.defaultdict(set)
    for value in events:
        kind = value["type"].split(".")
        # Without the one before it, an edit of Data Center's that resolved a thread or opened it again is no more than an edit.
        if kind[2] == "pullrequest" and (kind[3] != "comment_updated" or value["bbinstance"] == "cloud"):
            ids[kind[3]].add(value["id"])
    return ids


def test(directory, rng, checks):
    seed = rng.getrandbits(32)
    whole = None
    for number, lost in enumerate(LOST):
        ids = scenario(directory / f"{number}", seed, lost, checks)
        whole = whole or ids
        for kind in sorted(SAME_ID):
            checks.equal(sorted(ids[kind] ^ whole[kind]), [], f"ids of {kind} that are others when {lost:.0%} are lost")
        for kind in sorted(kind for kind in ids if kind.startswith("comment_") or kind == "reviewed"):
            checks.equal(sorted(ids[kind] - whole[kind]), [], f"ids of {kind} that no webhook would have when {lost:.0%} are lost")


harness.main(test)
