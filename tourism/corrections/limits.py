"""How often one sender may propose: a counter of the hour in the shared cache, so that it holds on every machine."""

from datetime import datetime, timedelta
from typing import Final

from django.core.cache import cache
from django.utils.crypto import salted_hmac

PER_HOUR: Final = 10


class TooManyError(Exception):
    """The sender has used up the hour; `wait_s` is how long until the next one."""

    def __init__(self, wait_s: int) -> None:
        super().__init__(wait_s)
        self.wait_s = wait_s


def take(sender: str, *, now: datetime) -> None:
    """Count one more of a sender in this hour; raises TooManyError beyond PER_HOUR.

    The address itself is not kept, only a keyed hash of it and of the hour, and only for that hour.
    """
    hour = now.replace(minute=0, second=0, microsecond=0)
    left_s = int((hour + timedelta(hours=1) - now).total_seconds()) + 1
    key = salted_hmac("tourism.corrections.limits", f"{sender} {hour.isoformat()}", algorithm="sha256").hexdigest()
    cache.add(key, 0, timeout=left_s)
    used = cache.get(key, 0)
    if used >= PER_HOUR:
        raise TooManyError(left_s)
    cache.set(key, used + 1, timeout=left_s)
