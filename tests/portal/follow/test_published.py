"""From the file a supplier delivers to the letter a follower reads: the whole road, and the worker at its end."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from fixtures.writing import write_layer
from tests.planning import make
from tests.portal.follow.conftest import HOA
from tiles import editions
from tiles.models import Dataset

pytestmark = pytest.mark.usefixtures("block")
LAN = "lan@example.com"
PLAN = {"maDoiTuong": ["R1"], "tenDoiTuong": ["Quy hoạch qpk-01"], "soQuyetDinh": ["QĐ 2000"]}


def plan_file(path: Path) -> Path:
    """The plan qpk-01 with five floors, and a red line 12 m north of the middle of Phan Đình Phùng."""
    shapes = [make.box(0, 0, 30, 50), make.box(30, 0, 50, 50)]
    zones = {"maDoiTuong": ["1", "2"], "maChucNang": ["OM", "CX"], "tangCao": [5, None], "matDoXayDung": [60.0, None]}
    line = {"maDoiTuong": ["1"], "tenDoiTuong": ["Phan Đình Phùng"], "loGioi": [24.0]}
    write(path, "ChucNangSuDungDat_A", shapes, zones, "Polygon")
    write(path, "RanhGioiQuyHoach_A", [make.box(0, 0, 50, 50)], PLAN, "Polygon")
    write(path, "ChiGioiDuongDo_L", [make.line((-50, 2), (50, 2))], line, "LineString")
    return path


def project_file(path: Path) -> Path:
    facts = {"MaDuAn": ["DA1"], "TenDuAn": ["Chung cư Suối"], "LoaiDuAn": ["Chung cư"]}
    write(path, "DuAn", [make.box(10, 0, 18, 9)], facts, "Polygon")
    return path


def write(path: Path, name: str, shapes: list[Any], columns: dict[str, Any], kind: str) -> None:
    import shapely

    drawn = shapely.from_wkb([bytes(shape.wkb) for shape in shapes])
    write_layer(path, name, drawn, columns, geometry_type=kind, append=True)


@pytest.fixture
def take_the_road(django_user_model: Any) -> Callable[..., None]:
    """Bring a file to the public by two people, and let the worker do all its jobs."""
    planner = django_user_model.objects.create_superuser("planner")
    reviewer = django_user_model.objects.create_superuser("second")

    def take_the_road(layer: str, code: str, path: Path) -> None:
        dataset, _made = Dataset.objects.get_or_create(layer=layer, code=code, defaults={"title_vi": code})
        now = timezone.now()
        edition = editions.stage(editions.receive(dataset, path, by=planner, now=now), by=planner, now=now)
        editions.check(edition, now=now)
        edition = editions.approve(edition, by=reviewer, now=now)
        editions.publish(edition, by=reviewer, now=now + timedelta(seconds=1))
        work()

    return take_the_road


def work() -> None:
    """Do every job that waits, as the worker does; the worker itself would close the test's connection."""
    while job := DBTaskResult.objects.ready().first():
        DBTaskResult.objects.filter(pk=job.pk).update(status=TaskResultStatus.SUCCESSFUL)
        job.task.call(*job.args_kwargs["args"], **job.args_kwargs["kwargs"])


def test_followers_read_what_a_publication_changed_for_their_parcel_once(follow, take_the_road, tmp_path):
    follow("parcels/p1-12-345")
    follow("parcels/p1-12-346", email=LAN)
    mail.outbox.clear()

    take_the_road("zones", "qpk-01", plan_file(tmp_path / "qpk-01.gpkg"))
    [letter] = mail.outbox
    assert letter.to == [HOA]
    before = "  Before: 62 % Housing (OM): at most 60 % built over; at most 4 floors\n    38 % Public green (CX)\n"
    now = "  Now: 100 % Housing (OM): at most 60 % built over; at most 5 floors\n    QĐ 2000\n"
    assert f"{before}    QĐ 1237\n{now}" in letter.body
    assert "Before: nothing\n  Now: 40 m²: Phan Đình Phùng (road 24 m wide) – Quy hoạch qpk-01" in letter.body
    assert f"Since {timezone.localdate():%d/%m/%Y}" in letter.body

    work()
    assert len(mail.outbox) == 1, "the worker tells nothing twice"


def test_followers_read_of_a_project_by_its_distance(follow, take_the_road, tmp_path):
    follow("parcels/p1-12-345")
    follow("parcels/p2-12-345", email=LAN)
    mail.outbox.clear()

    take_the_road("projects", "city", project_file(tmp_path / "du_an.gpkg"))
    said = {letter.to[0]: letter.body for letter in mail.outbox}
    assert "* Projects\n  Before: nothing\n  Now: Chung cư Suối, on the parcel" in said[HOA]
    assert "* Projects\n  Before: nothing\n  Now: Chung cư Suối, 132 m away" in said[LAN]
    assert len(mail.outbox) == 2
