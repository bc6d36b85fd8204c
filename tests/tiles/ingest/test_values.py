"""Values as Vietnamese files write them: numbers, dates, words, old encodings, tables without shapes."""

import unicodedata
import zipfile
from pathlib import Path

import openpyxl
import pytest
import shapely

from tests.tiles.ingest import files
from tests.tiles.ingest.files import by_code, read, staged_rows
from tiles.ingest import legacy
from tiles.ingest.pipeline import Options, Refused
from tiles.ingest.shapes import parse_coordinate

HEADING = "TEN_DUONG,TU_DIEM,DEN_DIEM,GIA_VT1,HIEU_LUC_TU\n"


def table(path: Path, *lines: str, heading: str = HEADING, encoding: str = "utf-8-sig") -> Path:
    path.write_text(heading + "".join(line + "\n" for line in lines), encoding=encoding)
    return path


def test_vietnamese_numbers_and_dates_are_read(tmp_path: Path) -> None:
    path = table(
        tmp_path / "gia.csv",
        'Trần Phú,Hồ Tùng Mậu,"Bà Triệu",25.300,01/01/2026',
        'Phan Đình Phùng,Xô Viết,,"1.050,5",2026-01-31',
    )
    with read(path, files.PRICES, dataset="2026") as reading:
        first, second = staged_rows(reading)
        assert by_code(reading) == {}
    assert (first["price_1"], first["in_force_from"]) == ("25300000", "2026-01-01")
    assert (second["price_1"], second["in_force_from"], second["to_street"]) == ("1050500", "2026-01-31", "")
    assert first["code"] == "2026-tran-phu-ho-tung-mau"
    assert first["geom"] == r"\N"


@pytest.mark.parametrize(
    ("line", "code", "column"),
    [
        ("Trần Phú,A,B,rẻ,01/01/2026", "value-not-a-number", "GIA_VT1"),
        ("Trần Phú,A,B,100,31/02/2026", "value-not-a-date", "HIEU_LUC_TU"),
        ("Trần Phú,A,B,100,tháng một", "value-not-a-date", "HIEU_LUC_TU"),
        ("Trần Phú,A,B,-5,01/01/2026", "value-out-of-range", "GIA_VT1"),
        ("Trần Phú,A,B,99999999999999999,01/01/2026", "value-out-of-range", "GIA_VT1"),
        ('Trần Phú,A,B,"1,0005",01/01/2026', "value-not-whole", "GIA_VT1"),
        ("  ,A,B,100,01/01/2026", "value-missing", "TEN_DUONG"),
        ("Trần Phú,A,B,1,5,01/01/2026", "row-ragged", ""),
    ],
)
def test_a_bad_value_names_row_and_column(tmp_path: Path, line: str, code: str, column: str) -> None:
    path = table(tmp_path / "gia.csv", "Bà Triệu,A,B,100,01/01/2026", line)
    with read(path, files.PRICES, dataset="2026") as reading:
        found = by_code(reading)[code][0]
        assert [row["row"] for row in staged_rows(reading)] == ["1"]
    assert (found["row"], found["column"]) == (2, column)


@pytest.mark.parametrize("separator", [";", "\t", "|"])
def test_the_separator_is_found(tmp_path: Path, separator: str) -> None:
    line = separator.join(["Trần Phú", "A", "B", "1,0", "01/01/2026"])
    path = table(tmp_path / "gia.csv", line, heading=HEADING.replace(",", separator))
    with read(path, files.PRICES, dataset="2026") as reading:
        assert staged_rows(reading)[0]["price_1"] == "1000"


def test_a_workbook_of_vietnamese_texts_is_read_without_doubt(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(HEADING.strip().split(","))
    sheet.append(["Trần Phú", "A", "B", "25.300", "01/01/2026"])
    book.save(tmp_path / "gia.xlsx")
    with read(tmp_path / "gia.xlsx", files.PRICES, dataset="2026") as reading:
        assert staged_rows(reading)[0]["price_1"] == "25300000"
        assert by_code(reading) == {}


def test_a_workbook_keeps_its_numbers_and_warns_of_doubtful_texts(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(HEADING.strip().split(","))
    sheet.append(["Trần Phú", "A", "B", 25300, "01/01/2026"])
    sheet.append(["Trần Phú", "C", "D", "25.300", "01/01/2026"])
    book.save(tmp_path / "gia.xlsx")
    with read(tmp_path / "gia.xlsx", files.PRICES, dataset="2026") as reading:
        assert [row["price_1"] for row in staged_rows(reading)] == ["25300000", "25300000"]
        [doubt] = by_code(reading)["number-ambiguous"]
    assert (doubt["row"], doubt["values"]["read"]) == (2, "25300")


def test_places_come_from_two_columns_of_degrees(tmp_path: Path) -> None:
    path = table(
        tmp_path / "dia_diem.csv",
        'a1,Hồ Xuân Hương,Khách sạn,"108,4419","11,9404",0263 000 001',
        "a2,Chợ Đà Lạt,Chợ,108.437,11.943,",
        "a3,Nowhere,Khách sạn,,11.9,",
        "a4,Bad,Khách sạn,east,11.9,",
        heading="MA,TEN,LOAI,KINH_DO,VI_DO,DIEN_THOAI\n",
    )
    with read(path, files.PLACES, dataset="lodging") as reading:
        found = by_code(reading)
        first, second = staged_rows(reading)
    point = shapely.from_wkb(first["geom"])
    assert (point.x, point.y) == pytest.approx((575_165.379, 1_320_566.809), abs=0.001)
    assert (first["category"], second["category"], first["phone"]) == ("hotel", "Chợ", "0263 000 001")
    assert [f["row"] for f in found["unknown-word"]] == [2]
    assert [f["row"] for f in found["geometry-missing"]] == [3]
    assert [f["row"] for f in found["value-not-a-number"]] == [4]
    assert "personal-data" not in found


def test_degrees_written_the_wrong_way_round_are_noticed(tmp_path: Path) -> None:
    path = table(tmp_path / "p.csv", "a1,Hồ,Khách sạn,11.9404,108.4419", heading="MA,TEN,LOAI,KINH_DO,VI_DO\n")
    with read(path, files.PLACES, dataset="lodging") as reading:
        assert by_code(reading)["axes-swapped"][0]["values"]["best"] == "EPSG:4326+swapped"


@pytest.mark.parametrize(
    ("text", "value"),
    [("108.442", 108.442), ("108,442", 108.442), ("1.320.566,81", 1_320_566.81), (" 575165.379 ", 575_165.379)],
)
def test_a_single_mark_in_a_coordinate_is_the_decimal_one(text: str, value: float) -> None:
    assert parse_coordinate(text) == value


def _cp1258(text: str) -> bytes:
    """Windows Vietnamese keeps vowels whole and writes tones as marks of their own."""
    out = b""
    for letter in text:
        try:
            out += letter.encode("cp1258")
        except UnicodeEncodeError:
            apart = unicodedata.normalize("NFD", letter)
            tone = next(mark for mark in apart if mark in "\u0300\u0301\u0303\u0309\u0323")
            base = unicodedata.normalize("NFC", apart.replace(tone, ""))
            out += base.encode("cp1258") + tone.encode("cp1258")
    return out


def _single(encoding: str, text: str) -> bytes:
    """Encode by turning the decoder round: every byte, or pair of bytes, that decodes to a letter."""
    letters: dict[str, bytes] = {}
    for first in range(0x20, 0x100):
        for second in [None, *range(0x80, 0x100)] if encoding == "vni" else [None]:
            raw = bytes([first]) if second is None else bytes([first, second])
            letter = legacy.decode(raw, encoding)
            if len(letter) == 1:
                letters.setdefault(letter, raw)
    return b"".join(letters[letter] for letter in text)


@pytest.mark.parametrize("encoding", ["cp1258", "tcvn3", "vni"])
@pytest.mark.parametrize("how", ["option", "cpg"])
def test_old_encodings_of_a_dbf_keep_their_last_letters(tmp_path: Path, encoding: str, how: str) -> None:
    names = ["Đà Lạt", "Nguyễn Thị Minh Khai", "Hồ Xuân Hương", "đường Yết Kiêu", "Phường Mỹ Lộc ẵợ"]
    raw = [_cp1258(name) if encoding == "cp1258" else _single(encoding, name) for name in names]
    path = files.parcels(tmp_path / "ThuaDat.shp", [files.lot(i) for i in range(5)], DiaChiThuaDat=["x" * 40] * 5)
    dbf = path.with_suffix(".dbf").read_bytes()
    for text in raw:
        dbf = dbf.replace(b"x" * 40, text.ljust(40), 1)
    path.with_suffix(".dbf").write_bytes(dbf)
    cpg = path.with_suffix(".cpg")
    cpg.write_text("1258" if encoding == "cp1258" else encoding) if how == "cpg" else cpg.unlink()
    archive = tmp_path / "thua_dat.zip"
    with zipfile.ZipFile(archive, "w") as packed:
        for part in tmp_path.glob("ThuaDat.*"):
            packed.write(part, part.name)
    options = Options(encoding=encoding) if how == "option" else Options()
    with read(archive, files.PARCELS, dataset="p1", options=options) as reading:
        assert [row["address"] for row in staged_rows(reading)] == names
        assert reading.facts["tables"][0]["encoding"] == encoding
        # The heading is cut to ten letters by the DBF and found all the same.
        assert reading.facts["tables"][0]["columns"]["DiaChiThua"] == "address"


def test_tcvn3_is_what_abc_fonts_show() -> None:
    assert legacy.decode(bytes.fromhex("a7b5204cb974"), "tcvn3") == "Đà Lạt"


def test_vni_is_what_vni_fonts_show() -> None:
    raw = "Ñaø Laït, ñöôøng Nguyeãn Thò Minh Khai, HOÀ XUAÂN HÖÔNG".encode("latin-1")
    assert legacy.decode(raw, "vni") == "Đà Lạt, đường Nguyễn Thị Minh Khai, HỒ XUÂN HƯƠNG"


def test_text_that_is_not_what_it_says_shows_how_it_would_read(tmp_path: Path) -> None:
    path = tmp_path / "gia.csv"
    path.write_bytes(HEADING.encode() + _cp1258("Đà Lạt") + b",A,B,100,01/01/2026\n")
    with read(path, files.PRICES, dataset="2026") as reading:
        [finding] = by_code(reading)["encoding-wrong"]
        assert reading.rows == 0
    assert "cp1258: Đà Lạt" in finding["values"]["previews"]


def test_utf_16_of_a_spreadsheet_is_read(tmp_path: Path) -> None:
    path = table(tmp_path / "gia.csv", "Trần Phú,A,B,100,01/01/2026", encoding="utf-16")
    with read(path, files.PRICES, dataset="2026") as reading:
        assert staged_rows(reading)[0]["street"] == "Trần Phú"


def test_text_is_composed_and_free_of_control_characters(tmp_path: Path) -> None:
    street = unicodedata.normalize("NFD", "Trần Phú") + "\x07 "
    path = table(tmp_path / "gia.csv", f"{street},A\\B,B,100,01/01/2026")
    with read(path, files.PRICES, dataset="2026") as reading:
        assert staged_rows(reading)[0]["street"] == "Trần Phú"
        assert staged_rows(reading)[0]["from_street"] == r"A\\B"


def test_a_heading_alone_is_empty(tmp_path: Path) -> None:
    with pytest.raises(Refused) as refusal:
        read(table(tmp_path / "gia.csv"), files.PRICES, dataset="2026")
    assert refusal.value.code == "empty"
