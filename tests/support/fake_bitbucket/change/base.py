"""What a change is told as, and what all of them share."""
import dataclasses
import threading


@dataclasses.dataclass(frozen=True)
class Happened:
    """What a listener learns. `what` holds the entities that the kind concerns."""
    kind: str
    repository: object
    user: object
    what: dict


class Base:
    """What all kinds of changes share."""
    def __init__(self, world):
        self.world = world
        self.lock = threading.RLock()  # whoever reads the world meanwhile takes it too
        self.listeners = []

    def _tell(self, kind, repo, user, **what):
        self.world.version += 1
        happened = Happened(kind, repo, user, what)
        for listener in self.listeners:
            listener(happened)

    def _user(self, user):
        return self.world.users[user] if isinstance(user, str) else user
