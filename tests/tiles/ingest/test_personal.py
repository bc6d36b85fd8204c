"""Columns that could hold a person's name, number or contact are refused, however they are spelled; others are not."""

import re
from collections.abc import Iterator
from typing import Any

import pytest

from planning.models import Building, Green, LandUseArea, Parcel, Plan, PlanLine, Project, StreetSegment, Zone
from portal.text import fold
from tiles.ingest.personal import names_person
from tiles.ingest.recognise import Columns, map_columns
from tiles.registry import all_layers
from tourism.sources.register import PLACES

TABLE: dict[str, Any] = {
    "columns": [{"field": "number", "names": ["SoThua"], "required": True}],
    "lon_lat": None,
}

PERSONS = """
    Tên chủ|CHU_SU_DUNG|Chủ sử dụng đất|tenChuSoHuu|Chủ hộ|Đồng sở hữu|Họ tên|HO_VA_TEN|Người sử dụng đất|NguoiSoHuu
    Người đứng tên|Người nộp thuế|Tên vợ|Ông/Bà|HoDem|CCCD|Số CMND|so_cccd|Căn cước công dân|Mã định danh cá nhân
    Hộ chiếu|Giấy tờ tùy thân|Điện thoại|SĐT|Số di động|Thư điện tử|Địa chỉ thường trú|Hộ khẩu|Ngày sinh|Mã số thuế
    owner|Owner_Name|LANDOWNER|holder|Title holder|certificateHolder|Proprietor|land_user|Full name|FIRST_NAME|surname
    tenant|National ID|id_card|Passport No|Date of birth|Tel|telephone|mobile|e-mail|contact_person|Tax code
    Chủ SDĐ|CHUSDD|ChuSD|TEN_CSD|TenNSD|NSDĐ|TEN_NSDD|Người SDĐ|TenNguoiSDDat|Chủ thửa|Chủ thể|Chủ tài sản|Tên hộ
    Hộ ông (bà)|Bà|Vợ|Chồng|Cá nhân|Thông tin chủ sử dụng|DanhSachChu|MaChu|GCN_ten|Tên trên GCN|TenGCN|Người được cấp
    NguoiNhan|Người thừa kế|Đại diện|Bên A|ben_ban|ben_mua|Tên khách hàng|Số định danh|MaDinhDanh|Mã số CCCD|GPLX|BHXH
    Sổ hộ khẩu|SĐT liên hệ|SDT_chu|sdt1|DTDD|MST|Nơi thường trú|Chỗ ở|Dân tộc|own_name|OWN1|ownr|prop_owner
    primary_owner|Name of owner|landholder|landlord|occupant|taxpayer|grantee|buyer|seller|full_nm|fname|lname|txtHoTen
    CSH|TenCSH|TEN_CSH|tencsh|MaCSH|SoHuuChung|ThanhVien
    Chủ sở hữu cũ|Địa chỉ chủ|Số hộ khẩu|Tên hộ gia đình
"""

THINGS = """
    MaDoiTuong|tenDoiTuong|TenDuong|GhiChu|DienTich|DiaChi|ChucNang|chuGiai|hoTro|Number|name|Tenure|Landuse|Land use
    telescope|Title|code|idno_map|ChuVi|coQuanPheDuyet|Ongoing|Bao cao|VanBan|Placename|geometry|TenVong|CHUC_NANG
    CHU_THICH|TEN|TEN_DUONG|DIA_CHI|LOAI_DAT|MDSD|bank|township|chu_vi|chung_cu|ban_do|so_to|so_thua|TenChucNang|TenChua
    TenChungCu|ChuDauTu|ChuyenDoi|ChuaSuDung|DT_CSD|SoNguoi|GiaNguoiLon|Số hộ|NguonGocSuDung|BenXe|TenBenXe|BanKinh
    Tên hồ|TenHoSo|Ống nước|Độ chồng lấn|Vo_Van_Tan|hotel|hotelname|downtown|brown|telecom|television|first_floor
    plan_title|cur_landuse|thuong_mai|DinhDanhThua|MaSoThua|SoGCN|TaiSanGanLien|HinhThucSuDung|ThongTinQH|SoKhach|BaoHiem
    Diện tích (bằng chữ)|Chống sạt lở|Chưa sử dụng
    TaiNguyen|GiaoThong|maThongTinQH|KhuChungCu|users|stakeholder|automobile|occupancy|parcel_id|operator|website
"""


def listed(table: str) -> list[str]:
    return [heading.strip() for line in table.strip().splitlines() for heading in line.split("|")]


def spellings(heading: str) -> Iterator[str]:
    """A heading as suppliers write it: in capitals, without marks, with underscores, in one word."""
    plain = fold(heading)
    under = re.sub(r"\W+", "_", plain).strip("_")
    camel = "".join(word[:1].upper() + word[1:] for word in under.split("_"))
    yield from (heading, heading.upper(), heading.lower(), plain, under, under.upper(), camel)
    yield from (under.replace("_", ""), under.replace("_", "").upper())


def mapped(heading: str, chosen: dict[str, str] | None = None) -> Columns:
    return map_columns(TABLE, ["SoThua", heading], chosen or {}, has_geometry=True)


@pytest.mark.parametrize("heading", listed(PERSONS))
def test_a_heading_that_could_name_a_person_is_refused(heading: str) -> None:
    assert mapped(heading).personal == [heading]
    assert mapped(heading, {heading: "number"}).personal == [heading]
    assert heading not in mapped(heading, {heading: "number"}).fields.values()


@pytest.mark.parametrize("heading", listed(PERSONS))
def test_it_is_refused_however_it_is_spelled(heading: str) -> None:
    written = set(spellings(heading))
    # Ten letters of "information about the owner" and "certificate holder" do not tell whose or who.
    cut = {text[:10] for text in written if not re.fullmatch("(thong.tin|certificat).?", fold(text[:10]))}
    assert not [text for text in written | cut if not names_person(text)]


@pytest.mark.parametrize("heading", listed(THINGS))
def test_a_heading_of_things_is_not(heading: str) -> None:
    assert mapped(heading).personal == []


@pytest.mark.parametrize(
    "heading", [heading for heading in listed(THINGS) if heading not in ("Tên hồ", "Ống nước", "Độ chồng lấn")]
)
def test_nor_is_it_however_it_is_spelled(heading: str) -> None:
    written = set(spellings(heading))
    # What ten letters leave of these would fit a person, too.
    cut = set() if heading == "DinhDanhThua" else {text[:10] for text in written}
    assert not [text for text in written | cut if names_person(text)]


@pytest.mark.parametrize("heading", ["Chñ sö dông", "Chuû söû duïng", "Hä tªn", "Hoï teân", "§iÖn tho¹i"])
def test_letters_of_old_fonts_hide_nothing(heading: str) -> None:
    assert names_person(heading)


@pytest.mark.parametrize("heading", ["Ghi chó", "§Þa chØ", "DiÖn tÝch", "Dieän tích", "Hoàng", "Giá bán", "Toà nhà"])
def test_letters_of_old_fonts_accuse_nothing(heading: str) -> None:
    assert not names_person(heading)


@pytest.mark.parametrize("heading", ["Chủ sử", "Người s", "Hộ khẩ", "Căn cư"])
def test_a_heading_of_ten_bytes_is_told_by_what_is_left(heading: str) -> None:
    assert names_person(heading)


def test_no_column_of_the_portals_own_sources_is_refused_but_the_telephone_of_a_place() -> None:
    # Names of columns of OpenStreetMap's tables are tags, never a file's headings.
    sources = [layer.source for layer in all_layers() if layer.source]
    tables = [table for source in sources for table in source.tables if table.features is None]
    names = {name for table in tables for column in table.columns for name in column.names}
    assert {"DIA_CHI", "DienTich", "maChucNang", "ghiChu"} <= names
    spelled = {text for name in names for text in (*spellings(name), name[:10], name.upper()[:10])}
    refused = {text for text in spelled if names_person(text)}
    assert {fold(text).replace("_", "") for text in refused} == {"dienthoai", "phone", "email"}


def test_a_register_of_places_may_have_the_telephone_of_a_place_and_of_no_person() -> None:
    columns = [{"field": one.field, "names": list(one.names), "required": one.required} for one in PLACES.columns]
    headings = ["MA", "TEN", "LOAI", "DIA_CHI", "DIEN_THOAI", "Người liên hệ", "DIEN_THOAI_CHU"]
    found = map_columns({"columns": columns, "lon_lat": None}, headings, {}, has_geometry=True)
    assert found.fields["phone"] == "DIEN_THOAI"
    assert found.personal == ["Người liên hệ", "DIEN_THOAI_CHU"]


def test_no_model_of_planning_has_a_field_for_a_person() -> None:
    models = (Building, Green, LandUseArea, Parcel, Plan, PlanLine, Project, StreetSegment, Zone)
    fields = {field.name for model in models for field in model._meta.concrete_fields}
    assert not [name for name in fields if names_person(name)]
