"""Rate limits of both products, off unless a test turns them on."""
import dataclasses
import email.utils
import time

from .cloud import errors as cloud_errors
from .datacenter import errors as datacenter_errors

NEAR = 0.2  # what is left when Cloud begins to say so


def retry_after(form, seconds):
    """The header in one of the three forms that clients meet: seconds, an HTTP date, nothing."""
    if form == "absent":
        return {}
    value = str(max(1, round(seconds))) if form == "seconds" else email.utils.formatdate(time.time() + seconds, usegmt=True)
    return {"Retry-After": value}


@dataclasses.dataclass
class Window:
    """Cloud: so many requests within a rolling window, for each credential and kind of resource."""
    requests: int = 1000
    seconds: float = 3600
    form: str = "seconds"
    tells_rest: bool = True  # the headers that are not documented, and were seen
    used: dict = dataclasses.field(default_factory=dict)  # (credential, resource) -> times

    def take(self, request, resource):
        """The headers of the answer; raises the 429 instead."""
        now, key = time.monotonic(), (request.credential.secret, resource)
        times = [at for at in self.used.get(key, ()) if at > now - self.seconds]
        if len(times) >= self.requests:
            raise cloud_errors.rate_limited(retry_after(self.form, times[0] + self.seconds - now))
        self.used[key] = [*times, now]
        left = self.requests - len(self.used[key])
        headers = {
            "X-RateLimit-Limit": str(self.requests), "X-RateLimit-Resource": resource,
            "X-RateLimit-NearLimit": str(left < self.requests * NEAR).lower()
        }
        if self.tells_rest:
            headers |= {
                "x-ratelimit-remaining": str(left), "x-ratelimit-reset": str(round(self.used[key][0] + self.seconds - now))
            }
        return headers


@dataclasses.dataclass
class Bucket:
    """Data Center: a token bucket for each user."""
    capacity: float = 60
    per_second: float = 5
    form: str = "seconds"
    levels: dict = dataclasses.field(default_factory=dict)  # user -> (tokens, when)

    def take(self, request):
        now, name = time.monotonic(), request.credential.user.name
        tokens, when = self.levels.get(name, (self.capacity, now))
        tokens = min(self.capacity, tokens + (now - when) * self.per_second)
        if tokens < 1:
            raise datacenter_errors.rate_limited(retry_after(self.form, (1 - tokens) / self.per_second))
        self.levels[name] = (tokens - 1, now)
        return {}


class Limits:
    def __init__(self):
        self.cloud = None  # a Window
        self.datacenter = None  # a Bucket

    def take_cloud(self, request, route):
        if self.cloud is None or request.credential is None:
            return {}
        resource = "webhooks" if "hooks" in route.parts else "api"
        return self.cloud.take(request, resource)

    def take_datacenter(self, request):
        if self.datacenter is None or request.credential is None:
            return {}
        return self.datacenter.take(request)
