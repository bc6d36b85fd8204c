from typing import Any

from tiles import revisions
from tiles.management.commands._road import RoadCommand
from tiles.models import Edition
from tiles.registry import all_layers


class Command(RoadCommand):
    help = "List layers, datasets, live editions and counts."

    def answer(self, **options: Any) -> dict[str, Any]:
        current = revisions.current_all()
        live: dict[str, list[Edition]] = {}
        for edition in (
            Edition.objects.filter(state=Edition.State.LIVE).select_related("dataset").order_by("dataset__code")
        ):
            live.setdefault(edition.dataset.layer, []).append(edition)
        return {
            "layers": [
                {
                    "layer": layer.id,
                    "revision": current[layer.id].number if layer.id in current else 0,
                    "rows": current[layer.id].rows if layer.id in current else 0,
                    "datasets": [
                        {"dataset": e.dataset.code, "edition": e.pk, "rows": e.rows, "published": e.published}
                        for e in live.get(layer.id, [])
                    ],
                }
                for layer in all_layers()
            ]
        }

    def show(self, answer: dict[str, Any]) -> None:
        for layer in answer["layers"]:
            self.stdout.write(f"{layer['layer']}: revision {layer['revision']}, {layer['rows']:,} rows")
            for dataset in layer["datasets"]:
                published = f"{dataset['published']:%Y-%m-%d %H:%M}" if dataset["published"] else "-"
                self.stdout.write(
                    f"  {dataset['dataset']}: edition {dataset['edition']}, {dataset['rows']:,} rows, {published}"
                )
