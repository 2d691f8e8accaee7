"""A plain HTTP client for tests of the fake Bitbucket: asks, and shows what came back."""
import dataclasses
import http.client
import json
import urllib.parse

from fake_bitbucket import sample
from fake_bitbucket.credentials import basic

WRITER = basic(sample.EMAIL, sample.WRITE_TOKEN)
READER = basic(sample.READER_EMAIL, sample.READ_TOKEN)
ADMIN = f"Bearer {sample.ADMIN_PAT}"
JIRA = basic(sample.EMAIL, sample.JIRA_TOKEN)


@dataclasses.dataclass
class Answer:
    status: int
    headers: dict
    body: bytes

    @property
    def json(self):
        return json.loads(self.body)

    def values(self, *path):
        """The member at the path in each row of a page."""
        rows = self.json["values"]
        for name in path:
            rows = [row[name] for row in rows]
        return rows


def ask(fake, method, url, authorization=WRITER, json_body=None, form=None, headers=None):
    """One request on a connection of its own; `url` is a path or an address of the fake."""
    parts = urllib.parse.urlsplit(url)
    connection = http.client.HTTPConnection(parts.hostname or fake.host, parts.port or fake.port, timeout=60)
    sent = {"Authorization": authorization} if authorization else {}
    body = None
    if json_body is not None:
        body, sent["Content-Type"] = json.dumps(json_body), "application/json"
    if form is not None:
        body, sent["Content-Type"] = urllib.parse.urlencode(form), "application/x-www-form-urlencoded"
    try:
        connection.request(method, parts.path + (f"?{parts.query}" if parts.query else ""), body, sent | (headers or {}))
        response = connection.getresponse()
        return Answer(response.status, {name.lower(): value for name, value in response.getheaders()}, response.read())
    finally:
        connection.close()


def get(fake, url, authorization=WRITER, **options):
    return ask(fake, "GET", url, authorization, **options)


def post(fake, url, authorization=WRITER, **options):
    """To Data Center too: with the header that it wants."""
    return ask(fake, "POST", url, authorization, headers={"X-Atlassian-Token": "no-check"}, **options)


def walk(fake, url, authorization=WRITER, pages_max=10_000):
    """Every page of a Cloud listing, by `next`."""
    pages = []
    while url and len(pages) < pages_max:
        pages.append(get(fake, url, authorization))
        assert pages[-1].status == 200, f"{url}: {pages[-1]}"
        url = pages[-1].json.get("next")
    return pages
