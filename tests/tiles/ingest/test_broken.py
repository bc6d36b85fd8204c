"""Every broken file of the demonstration city meets the issue or refusal that names its defect."""

from pathlib import Path

import pytest

from fixtures.broken import EXPECTED, break_files
from fixtures.generate import generate
from tests.tiles.ingest.files import by_code, read
from tiles.ingest.kinds import KINDS, REFUSALS
from tiles.ingest.pipeline import Refused
from tiles.registry import get_layer

# The others are the business of rules, which run in the database after the import.
OURS = {kind.code for kind in (*KINDS, *REFUSALS)}


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("broken")
    generate(folder / "small", size="small")
    break_files(folder / "small", folder / "broken")
    return folder / "broken"


@pytest.mark.django_db
@pytest.mark.parametrize("name", [name for name, wanted in EXPECTED.items() if wanted.code in OURS])
def test_a_broken_file_meets_its_issue(broken: Path, name: str) -> None:
    wanted = EXPECTED[name]
    source = get_layer(wanted.layer).source
    assert source is not None
    try:
        with read(broken / name, source, dataset=wanted.dataset) as reading:
            codes = set(by_code(reading))
    except Refused as refused:
        codes = {refused.code}
    assert wanted.code in codes
