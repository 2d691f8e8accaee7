"""Every way in which a world changes: one method a kind. Each tells the listeners what happened, as webhooks would."""
import functools
import inspect

from .issues import IssueChanges
from .pull_requests import PullRequestChanges
from .refs import RefChanges
from .repositories import RepositoryChanges
from .runs import RunChanges


def locked(cls):
    """Every public method holds the object's lock, so that nobody sees half of a change."""
    def wrap(method):
        @functools.wraps(method)
        def whole(self, *arguments, **named):
            with self.lock:
                return method(self, *arguments, **named)

        return whole

    for name, method in inspect.getmembers(cls, inspect.isfunction):
        if not name.startswith("_"):
            setattr(cls, name, wrap(method))
    return cls


@locked
class Changes(RefChanges, RepositoryChanges, PullRequestChanges, RunChanges, IssueChanges):
    """All of them, by one name."""
