"""Lines and documents of a plan: staged and published with it, told for each parcel, handed out through one gate."""

from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import Client
from django.utils import timezone, translation
from django.utils.translation import override

from planning.documents import add_document
from planning.extracts.answers import law_status
from planning.extracts.comparison import compare
from planning.extracts.extract import Extract, Restriction
from planning.extracts.situation import situation
from planning.extracts.sketch import sketch
from planning.lookup import find_parcel
from planning.models import LineShare, Plan, PlanDocument, PlanLine, Project
from planning.shares import compute_missing
from planning.sources.lines import complete_lines
from tests.planning import make
from tests.planning.conftest import Block
from tests.planning.test_extract import TODAY, extract
from tiles import editions
from tiles.editions import NotAllowedError
from tiles.models import Dataset, Edition


def make_line(edition: Edition, kind: str, *spots: tuple[float, float], **fields: Any) -> PlanLine:
    number = PlanLine.objects.filter(edition=edition).count() + 1
    values = {"name": "Phan Đình Phùng", "category": "Chỉ giới", **fields}
    geom = make.line(*spots)
    return PlanLine.objects.create(
        edition=edition, code=f"line-{number}", live=edition.state == "live", row=number, geom=geom, kind=kind, **values
    )


@pytest.fixture
def lined(block: Block) -> Block:
    """The block under a detailed plan with a red line 12 m and a building line 15 m north of the road's middle."""
    plan = make.make_edition("zones", "qct-01")
    make.make_plan(plan, make.box(0, 0, 50, 50), level="detailed", decision="QĐ 7")
    make.make_zone(plan, 1, "OM", make.box(0, 0, 50, 50))
    make_line(plan, "road-line", (-50, 2), (50, 2), width_m=24)
    make_line(plan, "building-line", (50, 5), (-50, 5), width_m=3)
    assert list(complete_lines(plan)) == []
    compute_missing()
    return block


def restriction(found: Extract, theme: str) -> Restriction:
    (only,) = [one for one in found.restrictions if one.theme == theme]
    return only


def test_a_parcel_is_told_what_lies_before_the_red_line_and_in_the_setback(lined: Block) -> None:
    found = extract("p1-12-345")
    red, back = restriction(found, "road-line"), restriction(found, "building-line")
    assert (red.status, red.area_m2, red.share) == ("concerned", 40, 0.2)
    assert (back.status, back.area_m2, back.share) == ("concerned", 60, 0.3)
    assert (red.decision, red.lines[0].name, red.lines[0].width_m) == ("QĐ 7", "Phan Đình Phùng", 24)
    assert red.text.startswith("40.0 m² lie between the red line and the road: Phan Đình Phùng.")


def test_both_maps_draw_the_lines_of_the_plan_by_kind(lined: Block) -> None:
    found, parcel = extract("p1-12-345"), find_parcel("p1-12-345", on=TODAY)
    assert parcel
    for drawn in (sketch(parcel, found), situation(parcel, found)):
        assert [line.name for line in drawn.lines] == ["chỉ giới đường đỏ", "chỉ giới xây dựng"]
        assert all(line.path.startswith("M") for line in drawn.lines)


def test_two_parcels_are_compared_by_their_lines(lined: Block) -> None:
    with override("en"):
        sections = list(compare(extract("p1-12-345"), extract("p1-12-346")))
    [lines] = [section.lines for section in sections if section.title == "Lines of the plan"]
    concerned = "m² lie between"
    assert [(line.label, concerned in line.first[0] or line.first[0], line.second) for line in lines] == [
        ("Red line of the road", True, ("no data",)),
        ("Building line (setback)", True, ("no data",)),
        ("Protection corridor", "no data", ("no data",)),
    ]
    make_line(Edition.objects.get(dataset__code="qct-01"), "corridor", (20, 40), (30, 40), width_m=2)
    Plan.objects.filter(code="qct-01").update(line_kinds="road-line,building-line,corridor")
    with override("en"):
        sections = list(compare(extract("p1-12-345"), extract("p1-12-346")))
    [lines] = [section.lines for section in sections if section.title == "Lines of the plan"]
    assert (lines[2].first, lines[2].second) == (("does not concern this parcel",), ("no data",))


def test_no_line_drawn_and_no_line_here_are_told_apart(lined: Block) -> None:
    plan = Plan.objects.get(code="qct-01")
    assert plan.line_kinds == "building-line,road-line"
    assert restriction(extract("p1-12-345"), "corridor").status == "no-data"
    assert restriction(extract("p1-12-346"), "road-line").status == "no-data"
    LineShare.objects.all().delete()
    assert restriction(extract("p1-12-345"), "road-line").status == "not-concerned"


def test_a_line_whose_road_is_not_on_the_map_is_an_issue_and_is_told_without_m2(block: Block) -> None:
    plan = make.make_edition("zones", "qct-01")
    make.make_plan(plan, make.box(0, 0, 50, 50), level="detailed")
    make.make_zone(plan, 1, "OM", make.box(0, 0, 50, 50))
    make_line(plan, "road-line", (-50, 2), (50, 2), name="Đường chưa có")
    make_line(plan, "corridor", (5, -50), (5, 50), name="Suối", width_m=None)
    assert [(issue.code, issue.row) for issue in complete_lines(plan)] == [
        ("line-without-road", 1),
        ("corridor-without-width", 2),
    ]
    compute_missing()
    found = restriction(extract("p1-12-345"), "road-line")
    assert (found.status, found.area_m2) == ("concerned", None)
    assert "crosses the parcel" in found.text


def test_a_project_on_the_parcel_a_project_near_and_no_project_are_told_apart(block: Block) -> None:
    assert restriction(extract("p1-12-345"), "projects").status == "no-data"
    edition = make.make_edition("projects", "city")
    fields = {"live": True, "kind": "apartments", "edition": edition}
    far = Project.objects.create(code="a", name="Khu A", geom=make.box(5000, 0, 5010, 9), **fields)
    assert restriction(extract("p1-12-345"), "projects").status == "not-concerned"
    far.geom = make.box(30, 0, 40, 9)
    far.save()
    assert restriction(extract("p1-12-345"), "projects").text == "Not on this parcel; the nearest, Khu A, is 10 m away."
    far.geom = make.box(10, 0, 40, 9)
    far.save()
    assert restriction(extract("p1-12-345"), "projects").text == "On this parcel: Khu A."


def test_projects_are_those_of_the_year_asked_about(block: Block) -> None:
    edition = make.make_edition("projects", "city")
    fields = {"live": True, "kind": "new-area", "edition": edition, "year_from": 2022}
    Project.objects.create(code="a", name="Khu A", geom=make.box(10, 0, 40, 9), **fields)
    assert restriction(extract("p1-12-345", date(2026, 1, 1)), "projects").status == "concerned"
    before = restriction(extract("p1-12-345", date(2021, 12, 31)), "projects")
    assert (before.status, before.text) == ("no-data", "No projects of that year are published.")
    assert extract("p1-12-345", date(2021, 12, 31)).projects_near == ()


def test_the_law_s_word_on_a_plan() -> None:
    begins, ends = date(2020, 1, 1), date(2025, 12, 31)
    days = (date(2019, 12, 31), begins, ends, date(2026, 1, 1))
    assert [law_status(begins, ends, on=day) for day in days] == ["not-yet", "in-force", "in-force", "ended"]
    assert law_status(None, None, on=begins) == "in-force"


def test_a_plan_that_is_not_yet_in_force_is_named_apart(block: Block) -> None:
    before = extract("p1-12-345", date(2014, 1, 1))
    assert [(other.plan.code, other.law_status) for other in before.other_plans] == [("qpk-01", "not-yet")]
    assert [other.plan.code for other in extract("p1-12-345", date(2031, 1, 1)).other_plans] == ["qhsdd-2030"]
    assert extract("p1-12-345").other_plans == ()


@pytest.mark.usefixtures("city")
def test_the_lines_of_the_city_come_by_the_road_and_go_with_their_plan() -> None:
    dataset = Dataset.objects.get(layer="zones", code="qpk-01")
    live = dataset.editions.get(state="live")
    lines = PlanLine.objects.filter(edition=live)
    assert {"road-line", "building-line"} <= set(lines.values_list("kind", flat=True))
    assert not lines.filter(live=False).exists()
    assert not lines.filter(strip=None).exists()
    assert LineShare.objects.filter(plan_edition_id=live.pk, area_m2__gt=0).count() > 20
    reviewer = get_user_model().objects.get(username="reviewer")
    editions.roll_back(dataset, by=reviewer, now=timezone.now())
    assert not lines.filter(live=True).exists()


@pytest.mark.usefixtures("city")
def test_the_strip_to_the_red_line_is_the_road_land_that_the_plan_draws() -> None:
    from planning.models import Share, Zone

    near = 0
    live = Edition.objects.filter(state="live").values("pk")
    behind_lines = LineShare.objects.filter(kind="road-line", plan_edition_id__in=live)
    for behind in behind_lines:
        assert behind.area_m2 is not None
        share = Share.objects.get(parcel_id=behind.parcel_id, plan_edition_id=behind.plan_edition_id)
        roads = set(Zone.objects.filter(pk__in=share.area_ids, use="GT").values_list("pk", flat=True))
        drawn_m2 = sum(m2 for pk, m2 in zip(share.area_ids, share.areas_m2, strict=True) if pk in roads)
        near += abs(drawn_m2 - behind.area_m2) < 1
    assert near > 0.9 * behind_lines.count() > 20


@pytest.fixture
def paper(block: Block, tmp_path: Path) -> PlanDocument:
    path = tmp_path / "Quyết định 1237.pdf"
    path.write_bytes(b"%PDF-1.7\n...")
    return add_document(
        Dataset.objects.get(code="qpk-01"), path, title="Quyết định 1237", by=reviewer(), now=timezone.now()
    )


def reviewer() -> Any:
    call_command("make_staff", verbosity=0, stdout=StringIO())
    return get_user_model().objects.get(username="reviewer")


def test_a_document_is_named_in_the_answer_and_handed_out_as_a_file(paper: PlanDocument, client: Client) -> None:
    (plan,) = [one for one in extract("p1-12-345").answers if one.theme == "construction-subdivision"]
    assert [(one.title, one.url) for one in plan.documents] == [
        ("Quyết định 1237", "/plans/qpk-01/documents/quyet-dinh-1237.pdf")
    ]
    response = client.get(plan.documents[0].url)
    assert b"".join(response.streaming_content) == b"%PDF-1.7\n..."
    assert response["Content-Type"] == "application/pdf"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Disposition"].startswith("attachment")
    assert "Quyết định 1237" in client.get("/plans/qpk-01").content.decode()
    assert client.get("/api/v1/plans/qpk-01").json()["documents"][0]["url"] == plan.documents[0].url


def test_documents_of_a_plan_that_is_not_published_are_not_handed_out(paper: PlanDocument, client: Client) -> None:
    assert client.get("/plans/qpk-01/documents/other.pdf").status_code == 404
    assert client.get("/plans/qpk-01/documents/%00.pdf").status_code == 404
    assert client.get("/plans/qhsdd-2030/documents/quyet-dinh-1237.pdf").status_code == 404
    Plan.objects.filter(code="qpk-01").update(live=False)
    assert client.get("/plans/qpk-01/documents/quyet-dinh-1237.pdf").status_code == 404


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.html", b"<script>", "cannot be kept"),
        ("a.pdf", b"<script>", "not what its ending says"),
        ("a.txt", b"a\0b", "not what its ending says"),
        ("quyet-dinh-1237.pdf", b"%PDF-2", "another document"),
    ],
)
def test_a_file_that_will_not_do_is_refused_with_its_reason(
    paper: PlanDocument, tmp_path: Path, name: str, content: bytes, reason: str
) -> None:
    (tmp_path / name).write_bytes(content)
    with translation.override("en"), pytest.raises(NotAllowedError, match=reason):
        add_document(paper.dataset, tmp_path / name, title="x", by=paper.added_by, now=timezone.now())
    assert PlanDocument.objects.count() == 1


def test_the_same_document_twice_is_one(paper: PlanDocument, tmp_path: Path) -> None:
    path = tmp_path / "Quyết định 1237.pdf"
    again = add_document(paper.dataset, path, title="x", by=paper.added_by, now=timezone.now())
    assert again == paper


def test_the_command_is_dry_until_told(paper: PlanDocument, tmp_path: Path, capsys: Any) -> None:
    path = tmp_path / "ban-do.txt"
    path.write_text("Bản đồ", encoding="utf-8")
    asked = ["add_document", "qpk-01", str(path), "--title", "Bản đồ", "--by", "reviewer"]
    call_command(*asked)
    assert PlanDocument.objects.count() == 1
    call_command(*asked, "--commit")
    assert PlanDocument.objects.get(name="ban-do.txt").size == len("Bản đồ".encode())
    with pytest.raises(CommandError, match="no plan"):
        call_command("add_document", "qpk-99", str(path), "--title", "x", "--by", "reviewer")


def test_the_page_shows_every_theme(lined: Block, client: Client) -> None:
    with translation.override("en"):
        page = client.get(f"/en/parcels/p1-12-345?on={TODAY}").content.decode()
    for words in ("Red line of the road", "road 24 m wide", "3 m back", "Protection corridor", "What may be built"):
        assert words in page


@pytest.mark.parametrize(
    ("category", "vietnamese", "english"),
    [
        (
            "Chỉ giới đường đỏ",
            '<span lang="vi">Chỉ giới đường đỏ</span>',
            'Red line of the road (<span lang="vi">Chỉ giới đường đỏ</span>)',
        ),
        (
            "CHỈ GIỚI ĐƯỜNG ĐỎ",
            '<span lang="vi">CHỈ GIỚI ĐƯỜNG ĐỎ</span>',
            'Red line of the road (<span lang="vi">CHỈ GIỚI ĐƯỜNG ĐỎ</span>)',
        ),
        ("Mép <nước>", '<span lang="vi">Mép &lt;nước&gt;</span>', '<span lang="vi">Mép &lt;nước&gt;</span>'),
        ("", "line-1", "line-1"),
    ],
)
def test_a_category_of_lines_has_its_english_name_beside_the_suppliers_word(
    lined: Block, client: Client, category: str, vietnamese: str, english: str
) -> None:
    PlanLine.objects.filter(kind="road-line").update(category=category)
    name = ', <span lang="vi">Phan Đình Phùng</span>:'
    assert f"{vietnamese}{name}" in client.get("/parcels/p1-12-345").content.decode()
    assert f'<small class="muted">{english}{name}' in client.get("/en/parcels/p1-12-345").content.decode()


def test_a_line_drawn_in_pieces_is_told_once(block: Block) -> None:
    plan = make.make_edition("zones", "qct-02")
    make.make_plan(plan, make.box(0, 0, 50, 50), level="detailed")
    make.make_zone(plan, 1, "OM", make.box(0, 0, 50, 50))
    make_line(plan, "road-line", (-50, 2), (10, 2), width_m=24)
    make_line(plan, "road-line", (10, 2), (50, 2), width_m=24)
    assert list(complete_lines(plan)) == []
    compute_missing()
    assert len(restriction(extract("p1-12-345"), "road-line").lines) == 1
