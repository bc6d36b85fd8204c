"""Columns that could hold a person's name, number or contact are refused, however they are spelled; others are not."""

from typing import Any

import pytest

from planning.models import Building, Green, LandUseArea, Parcel, Plan, PlanLine, Project, StreetSegment, Zone
from tiles.ingest.recognise import PERSONAL, Columns, map_columns, plain

TABLE: dict[str, Any] = {
    "columns": [{"field": "number", "names": ["SoThua"], "required": True}],
    "lon_lat": None,
}


def mapped(heading: str, chosen: dict[str, str] | None = None) -> Columns:
    return map_columns(TABLE, ["SoThua", heading], chosen or {}, has_geometry=True)


@pytest.mark.parametrize(
    "heading",
    [
        *("Tên chủ", "CHU_SU_DUNG", "Chủ sử dụng đất", "tenChuSoHuu", "Chủ hộ", "Đồng sở hữu", "Họ tên", "HO_VA_TEN"),
        *("Người sử dụng đất", "NguoiSoHuu", "Người đứng tên", "Người nộp thuế", "Tên vợ", "Ông/Bà", "HoDem"),
        *("CCCD", "Số CMND", "so_cccd", "Căn cước công dân", "Mã định danh cá nhân", "Hộ chiếu", "Giấy tờ tùy thân"),
        *("Điện thoại", "SĐT", "Số di động", "Thư điện tử", "Địa chỉ thường trú", "Hộ khẩu", "Ngày sinh", "Mã số thuế"),
        *("owner", "Owner_Name", "LANDOWNER", "holder", "Title holder", "certificateHolder", "Proprietor", "land_user"),
        *("Full name", "FIRST_NAME", "surname", "tenant", "National ID", "id_card", "Passport No", "Date of birth"),
        *("Tel", "telephone", "mobile", "e-mail", "contact_person", "Tax code"),
    ],
)
def test_a_heading_that_could_name_a_person_is_refused(heading: str) -> None:
    assert mapped(heading).personal == [heading]
    assert mapped(heading, {heading: "number"}).personal == [heading]
    assert heading not in mapped(heading, {heading: "number"}).fields.values()


@pytest.mark.parametrize(
    "heading",
    [
        *("MaDoiTuong", "tenDoiTuong", "TenDuong", "GhiChu", "DienTich", "DiaChi", "ChucNang", "chuGiai", "hoTro"),
        *("Number", "name", "Tenure", "Landuse", "Land use", "telescope", "Title", "code", "idno_map", "ChuVi"),
        *("coQuanPheDuyet", "Ongoing", "Bao cao", "VanBan", "Placename", "geometry", "TenVong"),
    ],
)
def test_a_heading_of_things_is_not(heading: str) -> None:
    assert mapped(heading).personal == []


def test_no_model_of_planning_has_a_field_for_a_person() -> None:
    models = (Building, Green, LandUseArea, Parcel, Plan, PlanLine, Project, StreetSegment, Zone)
    fields = {field.name for model in models for field in model._meta.concrete_fields}
    assert not [name for name in fields if PERSONAL.match(plain(name))]
