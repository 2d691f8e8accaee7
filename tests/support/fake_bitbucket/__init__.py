"""A fake of Bitbucket Cloud, Bitbucket Data Center and Jira Cloud for tests: one world in memory, shown as each of them.

    with fake_bitbucket.sample_fake() as fake:
        fake.change.push(fake.world.repository("api"), "main", commits=3)
        fake.faults.add(path="/commits", status=503, times=2)
        ... a client against fake.cloud_api or fake.datacenter_api ...
        fake.log.targets()
"""
from .fake import FakeBitbucket
from .sample import sample_fake
from .world import World

__all__ = ["FakeBitbucket", "World", "sample_fake"]
