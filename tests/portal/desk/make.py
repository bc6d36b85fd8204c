"""The cast of the desk's stories: wards, staff, reports, photos good and bad."""

import html
import re
import uuid
from datetime import UTC, date, datetime
from typing import Any
from urllib.parse import quote

from django.contrib.auth.models import Permission
from django.contrib.gis.geos import MultiPolygon, Polygon

from planning.models import Ward
from portal.accounts.models import User
from portal.desk import reports
from portal.desk.drafts import Draft
from portal.desk.models import Agency, Report
from tiles.models import SURVEY_SRID, Dataset, Delivery, Edition

NOW = datetime(2026, 11, 21, 8, 30, tzinfo=UTC)
# In the middle of the city; EPSG:5899 575165.379, 1320566.809.
LON, LAT = 108.4419, 11.9404


def make_ward(
    code: str = "p1", *, until: date | None = None, box: tuple[float, float, float, float] | None = None
) -> Ward:
    """A live ward around the middle of the city, or over `box` (EPSG:5899 metres)."""
    dataset, _ = Dataset.objects.get_or_create(layer="wards", code="wards", defaults={"title_vi": "Phường"})
    delivery, _ = Delivery.objects.get_or_create(
        dataset=dataset, sha256="0" * 64, defaults={"name": "wards", "size": 1, "received": NOW}
    )
    edition, _ = Edition.objects.get_or_create(dataset=dataset, delivery=delivery, defaults={"staged": NOW})
    shape = Polygon.from_bbox(box or (574_000, 1_319_000, 576_000, 1_322_000))
    return Ward.objects.create(
        edition=edition,
        code=code,
        live=True,
        geom=MultiPolygon(shape, srid=SURVEY_SRID),
        name=f"Phường {code}",
        kind="ward",
        in_force_from=date(2000, 1, 1),
        in_force_until=until,
    )


def make_user(name: str, *permissions: str, agencies: tuple[str, ...] = ()) -> User:
    """A member of staff with permissions of the desk."""
    user = User.objects.create_user(name)
    user.user_permissions.add(*Permission.objects.filter(content_type__app_label="desk", codename__in=permissions))
    user.agencies.add(*Agency.objects.filter(code__in=agencies))
    return User.objects.get(pk=user.pk)


def make_agent(name: str, *agencies: str) -> User:
    """An agent as the role has it."""
    return make_user(name, "handle_report", "see_reporter", "moderate_report", agencies=agencies)


def make_chief(name: str = "chief") -> User:
    """The chief, who sees every agency's reports."""
    return make_user(name, "handle_report", "see_all_reports", "see_reporter", "moderate_report")


def make_draft(**more: Any) -> Draft:
    """A report about rubbish at a point."""
    return Draft(**{"field": "environment", "text": "Rác bên hồ", "lon": LON, "lat": LAT, **more})


def hand_in(*, key: str = "", sender: str | None = None, now: datetime = NOW, **more: Any) -> Report:
    """A report kept by the desk."""
    return reports.submit(make_draft(**more), key=key or uuid.uuid4().hex, sender=sender, now=now)


def same_for_all(page: bytes, code: str) -> str:
    """A page without what differs by request: the code asked for and the nonce of its scripts."""
    return re.sub(r'nonce="[^"]+"', "", html.unescape(page.decode())).replace(code, "").replace(quote(code), "")
