"""Questions about a commit graph, given as {hash: commit with .parents and .date}."""
import heapq


def reachable(commits, heads):
    """Every commit that these lead to, themselves included."""
    seen, todo = set(), [head for head in heads if head in commits]
    while todo:
        at = todo.pop()
        if at not in seen:
            seen.add(at)
            todo.extend(parent for parent in commits[at].parents if parent in commits)
    return seen


def walk(commits, include, exclude=()):
    """`git log include ^exclude --topo-order`: children before their parents, newest first among equals."""
    wanted = reachable(commits, include) - reachable(commits, exclude)
    children = dict.fromkeys(wanted, 0)
    for at in wanted:
        for parent in commits[at].parents:
            if parent in children:
                children[parent] += 1
    ready = [_key(commits[at]) for at in wanted if not children[at]]
    heapq.heapify(ready)
    order = []
    while ready:
        at = heapq.heappop(ready)[-1]
        order.append(at)
        for parent in commits[at].parents:
            if parent in children:
                children[parent] -= 1
                if not children[parent]:
                    heapq.heappush(ready, _key(commits[parent]))
    return order


def _key(commit):
    return (-commit.number, commit.hash)


def is_ancestor(commits, old, new):
    return old in reachable(commits, [new])


def merge_base(commits, one, other):
    """The best common ancestor, None where there is none."""
    common = reachable(commits, [one]) & reachable(commits, [other])
    best = [at for at in common if not any(at in commits[child].parents for child in common)]
    return min((_key(commits[at]) for at in best), default=(None, ))[-1]
