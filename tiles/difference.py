"""What the public would see change if an edition were published."""

from typing import Any

from django.db import connection

from tiles.database import statement
from tiles.editions import row_models
from tiles.models import Edition
from tiles.registry import get_layer

# Of the row itself, not of what it says.
OWN = {"id", "edition_id", "row", "live", "shape", "geom"}


def difference(edition: Edition) -> dict[str, Any]:
    """Return per table how many rows come, go and change against the live edition, with examples and areas in m²."""
    live = Edition.objects.filter(dataset=edition.dataset, state=Edition.State.LIVE).first()
    layer = get_layer(edition.dataset.layer)
    answer: dict[str, Any] = {"live_edition": live.pk if live else None}
    for model in row_models(layer):
        answer[model._meta.model_name or ""] = _of_table(model, edition.pk, live.pk if live else 0)
    return answer


def _of_table(model: Any, new: int, old: int) -> dict[str, Any]:
    columns = [f.column for f in model._meta.concrete_fields if f.column not in OWN and not f.generated]
    said = ", ".join(f'r."{column}"' for column in columns)
    text = statement("tiles", "difference").format(table=f'"{model._meta.db_table}"', said=said)
    with connection.cursor() as cursor:
        cursor.execute(text, {"new": new, "old": old})
        found = {
            kind: {"rows": rows, "examples": codes, "area_m2": round(area, 1)}
            for kind, rows, codes, area in cursor.fetchall()
        }
    empty = {"rows": 0, "examples": [], "area_m2": 0.0}
    return {kind: found.get(kind, empty) for kind in ("added", "removed", "reshaped", "changed")}
