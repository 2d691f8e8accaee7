"""What happens to pull requests, and the build statuses of their heads and of the default branch, while webhooks are lost is found
by looking: at the end what was told is the world's truth, each fact once, and a fact that was lost has the id that its webhook would
have had."""
import collections
import pathlib
import sys
import time

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
STEPS = 80
# Pull requests and their reviews, and what they live on.
WEIGHTS = dict.fromkeys(("flap", "push_several", "backdated", "tag", "delete_tag", "comment", "run", "advance", "create", "rename"), 0)
WEIGHTS |= {"status": 20, "open_pull_request": 20, "judge": 20, "withdraw": 6, "edit": 12, "close": 10}
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
            if value["bbinstance"] != instance or ".pullrequest." not in value["type"]:
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

    def found(self, which):
        shown = self.shown.get(which)
        if not shown:
            return None
        verdicts = {who: verdict for who, verdict in self.verdicts[which].items() if verdict != "none"}
        return {"state": shown["state"], "title": shown["title"], "draft": shown["draft"], "reviewers": sorted(each["actor"]["id"] for each in
                shown["reviewers"]), "source": shown["source"]["shortSha"], "target": shown["target"]["branch"], "verdicts": verdicts}


def truth(world, instance):
    """(repository, id) -> how it is."""
    ids, found = polled.names(world, instance), {}
    for repo in world.made:
        for pr in repo.pull_requests.values():
            verdicts = {user_id(world.users[name], instance): verdict for name, (verdict, _) in pr.verdicts.items()}
            reviewers = {user.name for user in pr.reviewers} | (set(pr.reviewed) if instance == "dc-main" else set())
            found[ids[repo.id], pr.id] = {
                "state": STATES[pr.state], "title": pr.title, "draft": pr.draft, "reviewers": sorted(
                    user_id(world.users[name], instance) for name in reviewers), "source": pr.source_hash[:12], "target": pr.destination_branch,
                "verdicts": verdicts}
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


def missing(target, world, checks):
    """What has not been told yet, of both products; empty when all is."""
    target.wait_published(target.journal_last())
    events, found = read(target, checks), []
    for instance in INSTANCES:
        told = Told(events, instance, checks)
        statuses = statuses_told(events, instance)
        found += [(instance, which, state, statuses.get(which)) for which, state in statuses_true(world, instance).items() if statuses.get(which) != state]
        found += [(instance, which, how["state"], told.kinds[which]) for which, how in truth(world, instance).items()
                  if not {"opened", how["state"].replace("open", "opened")} <= told.kinds[which]]
        found += [(instance, which, how, told.found(which)) for which, how in truth(world, instance).items() if told.found(which) != how]
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


def live(fake, history, deliveries):
    for _ in range(STEPS // 10):
        with fake.lock:
            history.live(10)
        deliveries.flush()
        time.sleep(0.1)


def scenario(directory, seed, lost, checks):
    """The ids of what was told, by type."""
    watch = openapi_check.Watch() if lost == 1 and not openapi_check.available() else None
    with FakeBitbucket() as fake:
        if watch:
            watch.follow(fake)
        history = History(fake, seed, REPOSITORIES, WEIGHTS)
        target = daemon.Daemon(directory, {"backfill": backfill.BACKFILL}, instances=polled.instances(fake))
        start(target)
        deliveries = Deliveries(fake, seed, Manners(lost=lost, doubled=0.1), target.context)
        add_hooks(fake, target)
        live(fake, history, deliveries)
        try:
            harness.wait_until(lambda: not missing(target, fake.world, checks), "what was lost to be found", 90, 0.5)
        except AssertionError as late:
            checks.that(False, f"{late}: {sorted(map(str, missing(target, fake.world, checks)))[:4]}")
        events = read(target, checks)
        repeated = [each for each, count in collections.Counter(value["id"] for value in events).items() if count > 1]
        checks.equal(repeated, [], "ids that came twice")
        polls = collections.Counter(value["type"].split(".", 2)[2] for value in events if value["bborigin"] == "poll")
        checks.that(polls["pullrequest.opened.v1"] or lost < 1, f"nothing was found: {polls}")
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
        if kind[2] == "pullrequest":
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


harness.main(test)
