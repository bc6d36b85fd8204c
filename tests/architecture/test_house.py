"""The drawing of the house cannot rot."""

import ast
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("portal", "planning", "tourism", "tiles", "fixtures")
SQL = re.compile(
    r"\b(SELECT\s.+\sFROM|INSERT\s+INTO|UPDATE\s.+\sSET|DELETE\s+FROM|ST_\w+\()", re.IGNORECASE | re.DOTALL
)
# Homes of hand-written SQL in Python: the tile statement, the words of the database itself, model expressions,
# and the questions to a delivered GeoPackage.
HOMES = {"tiles/mvt.py", "tiles/database.py", "tiles/models.py", "tiles/ingest/formats.py"}


def modules() -> list[Path]:
    return [
        path
        for package in PACKAGES
        for path in sorted((ROOT / package).rglob("*.py"))
        if "migrations" not in path.parts and "database" not in path.relative_to(ROOT).parts[:2]
    ]


def strings(path: Path) -> list[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    docs = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    return [
        n.value
        for n in ast.walk(tree)
        if isinstance(n, ast.Constant) and isinstance(n.value, str) and id(n) not in docs
    ]


def test_sql_lives_in_its_homes() -> None:
    strays = [
        f"{path.relative_to(ROOT)}: {text[:60]!r}"
        for path in modules()
        # The generator writes GeoPackages; it never speaks to the database.
        if str(path.relative_to(ROOT)) not in HOMES and path.relative_to(ROOT).parts[0] != "fixtures"
        for text in strings(path)
        if SQL.search(text)
    ]
    assert strays == [], "hand-written SQL belongs into <package>/sql/"


def test_only_one_module_says_as_mvt() -> None:
    assert [str(p.relative_to(ROOT)) for p in modules() if any("ST_AsMVT(" in s for s in strings(p))] == [
        "tiles/mvt.py"
    ]


def test_only_editions_writes_an_editions_state() -> None:
    writers = [
        str(path.relative_to(ROOT))
        for path in modules()
        if path.parts[len(ROOT.parts)] == "tiles"
        and re.search(r"edition\.state\b[^=\n]*[^=!\n]=(?!=)", path.read_text(encoding="utf-8"))
    ]
    assert writers == ["tiles/editions.py"]


def test_no_module_is_a_lumber_room() -> None:
    assert not [p for p in modules() if p.stem in {"utils", "helpers", "common", "misc"}]


@pytest.mark.parametrize(
    "pattern", [r"https?://[a-z0-9.-]*(cdn|unpkg|jsdelivr|googleapis|gstatic|tile\.openstreetmap)"]
)
def test_no_committed_file_names_an_outside_host(pattern: str) -> None:
    files = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split("\n")
    guilty = [
        name
        for name in files
        if name.endswith((".py", ".html", ".js", ".mjs", ".css", ".json", ".txt", ".toml"))
        and not name.startswith("tests/")
        and (ROOT / name).exists()
        and re.search(pattern, (ROOT / name).read_text(encoding="utf-8", errors="ignore"))
    ]
    assert guilty == []


def test_locks_carry_hashes_and_no_registry_address() -> None:
    for name in ("requirements/runtime.txt", "requirements/dev.txt"):
        text = (ROOT / name).read_text(encoding="utf-8")
        assert "://" not in text
        assert text.count("--hash=sha256:") > text.count("==")
    assert '"resolved"' not in (ROOT / "package-lock.json").read_text(encoding="utf-8")
