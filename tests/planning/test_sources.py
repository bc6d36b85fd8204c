"""The declarations of sources fit the models, and the real files of the city are known to them."""

from string import Formatter

import pytest
from django.apps import apps

import planning.layers  # noqa: F401
from planning.uses import colour_of, find_use, known_words, name_of_land, uses_of
from tiles.registry import all_layers

SOURCES = [layer.source for layer in all_layers() if layer.source and layer.model.startswith("planning.")]
TABLES = [table for source in SOURCES for table in source.tables]


def test_every_layer_of_planning_is_declared() -> None:
    ours = {layer.id for layer in all_layers() if layer.model.startswith("planning.")}
    assert ours == {
        *("wards", "roads", "water", "green", "buildings", "parcels", "zones", "land-use", "prices", "projects")
    }


@pytest.mark.parametrize("table", TABLES, ids=lambda table: f"{table.model}-{'-'.join(table.names)}")
def test_a_table_fills_fields_its_model_has(table) -> None:  # type: ignore[no-untyped-def]
    meta = apps.get_model(table.model)._meta
    fields = {field.name for field in meta.get_fields()}
    mapped = {column.field for column in table.columns}
    assert mapped <= fields
    assert set(table.key) <= mapped
    assert {name for _, name, _, _ in Formatter().parse(table.code) if name} <= mapped | {"dataset", "row"}
    for column in table.columns:
        field = meta.get_field(column.field)
        assert (
            column.required
            or field.null
            or field.db_default is not None
            or field.has_default()
            or field.name == "title"
        )
        if column.max_length and getattr(field, "max_length", None):
            assert column.max_length <= field.max_length
        if column.values and field.choices:
            assert set(column.values().values()) <= {choice for choice, _label in field.choices}


@pytest.mark.parametrize("system", ["construction", "land-use"])
def test_uses_have_two_names_a_colour_and_dates_in_order(system) -> None:  # type: ignore[no-untyped-def]
    for use in uses_of(system).values():
        assert use.name_vi
        assert use.name_en
        assert len(use.colour) == 7
        assert not (use.valid_from and use.valid_until and use.valid_from > use.valid_until)


def test_uses_are_known_by_code_and_by_name_without_diacritics() -> None:
    words = known_words("construction")
    assert words["om"] == "OM"
    assert words["dat y te"] == "YT"
    assert known_words("land-use")["odt"] == "ODT"


def test_the_two_systems_keep_their_own_colours() -> None:
    assert colour_of("construction", "RPH") == "#264c43"
    assert colour_of("land-use", "RPH") == "#beff1e"
    assert colour_of("construction", "ODT") == "#c0c0c0"
    assert find_use("land-use", "DDD").valid_from.isoformat() == "2024-08-01"  # type: ignore[union-attr]


def test_combined_land_codes_are_read() -> None:
    assert name_of_land("LUC+ONT") == "Đất chuyên trồng lúa + Đất ở tại nông thôn"
    assert name_of_land("") == ""
