"""The world's own time: it stands still but for changes, so that the same changes give the same dates."""
import datetime
import email.utils

START = datetime.datetime(2026, 3, 2, 9, 0, tzinfo=datetime.timezone.utc)
STEP = datetime.timedelta(seconds=7, microseconds=123457)


class Clock:
    def __init__(self, start=START):
        self.now = start

    def tick(self):
        self.now += STEP
        return self.now


def cloud_date(moment):
    """Repositories, pull requests, statuses, issues."""
    return moment.isoformat(timespec="microseconds") if moment else None


def pipeline_date(moment):
    """Pipelines, steps, deployments and hooks: Z, and a fraction of any length."""
    if not moment:
        return None
    text = moment.strftime("%Y-%m-%dT%H:%M:%S.%f")
    return text.rstrip("0").rstrip(".") + "Z"


def http_date(moment):
    return email.utils.format_datetime(moment, usegmt=True)


def epoch_ms(moment):
    return int(moment.timestamp()) * 1000 + moment.microsecond // 1000


def datacenter_date(moment, style="ms"):
    """Milliseconds, or what Data Center 10.3 and later write: seconds with an offset in REST, milliseconds and Z in webhooks."""
    if not moment:
        return None
    if style == "ms":
        return epoch_ms(moment)
    text = moment.strftime("%Y-%m-%dT%H:%M:%S")
    return f"{text}+0000" if style == "offset" else f"{text}.{moment.microsecond // 1000:03}Z"
