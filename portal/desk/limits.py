"""How often one sender may do a thing: a counter row per sender and hour, so that it holds on every machine."""

from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.utils.crypto import salted_hmac

from portal.desk.models import Allowance

REPORTS_PER_HOUR: Final = 10


class TooManyError(Exception):
    """The sender has used up the hour; `wait_s` is how long until the next one."""

    def __init__(self, wait_s: int) -> None:
        super().__init__(wait_s)
        self.wait_s = wait_s


@transaction.atomic
def take(what: str, sender: str, *, limit: int, now: datetime) -> None:
    """Count one more `what` of `sender` in this hour; raises TooManyError beyond `limit`.

    The address itself is not kept, only a keyed hash of it, and only for a day.
    """
    hour = now.replace(minute=0, second=0, microsecond=0)
    key = salted_hmac("portal.desk.limits", f"{what} {sender}", algorithm="sha256").hexdigest()
    row, created = Allowance.objects.select_for_update().get_or_create(key=key, hour=hour)
    if row.used >= limit:
        raise TooManyError(int((hour + timedelta(hours=1) - now).total_seconds()) + 1)
    row.used += 1
    row.save(update_fields=["used"])
    if created:
        Allowance.objects.filter(hour__lt=hour - timedelta(days=1)).delete()
