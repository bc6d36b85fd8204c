"""What set-up installs is pinned by content and names no registry."""

import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]


@pytest.mark.parametrize("name", ["runtime.txt", "dev.txt"])
def test_every_python_package_is_hashed_and_no_registry_is_named(name: str) -> None:
    lock = (ROOT / "requirements" / name).read_text()
    packages = [block for block in re.split(r"\n(?=\S)", lock) if not block.startswith("#")]
    assert len(packages) > 40
    assert [package.split()[0] for package in packages if "--hash=sha256:" not in package] == []
    assert "://" not in lock


def test_the_development_lock_pins_what_the_runtime_lock_pins() -> None:
    """Otherwise the tests would prove another portal than the one that runs."""

    def pins(name: str) -> set[str]:
        text = (ROOT / "requirements" / name).read_text()
        return set(re.findall(r"^[a-z0-9][a-z0-9.-]*==\S+", text, flags=re.MULTILINE))

    assert pins("runtime.txt") - pins("dev.txt") == set()


def test_every_browser_package_is_hashed_and_no_registry_is_named() -> None:
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    entries = {name: entry for name, entry in packages.items() if name}
    assert "node_modules/maplibre-gl" in entries
    assert [name for name, entry in entries.items() if "integrity" not in entry] == []
    assert [name for name, entry in entries.items() if "resolved" in entry] == []
