"""What the commands of the road share: --json, --by, errors as sentences."""

import json
import sys
from collections.abc import Mapping
from datetime import datetime
from typing import Any, NoReturn

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import OperationalError
from django.utils import timezone

from tiles.editions import NotAllowedError, count_by_code
from tiles.ingest import issues
from tiles.models import Dataset, Edition, Issue
from tiles.registry import UnknownLayerError, all_layers, get_layer


class RoadCommand(BaseCommand):
    """A step of the road on the command line; `answer` returns what --json prints and people read."""

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        self.as_json = options["json"]
        try:
            answer = self.answer(**options)
        except NotAllowedError as refusal:
            self.fail(*refusal.reasons)
        except CommandError as error:
            self.fail(str(error))
        except OSError as error:
            self.fail(f"{error.filename}: {error.strerror}.")
        except OperationalError:
            self.fail("The database did not answer. Check that it runs, then run the same command again.")
        except KeyboardInterrupt:
            self.fail("Stopped; nothing was changed. Run the same command again.")
        if self.as_json:
            self.stdout.write(json.dumps(answer, ensure_ascii=False, default=str))
        else:
            self.show(answer)

    def answer(self, **options: Any) -> dict[str, Any]:
        raise NotImplementedError

    def show(self, answer: dict[str, Any]) -> None:
        for name, value in answer.items():
            if isinstance(value, list):
                self.stdout.write(f"{name}:")
                for line in value:
                    self.stdout.write("  " + (line if isinstance(line, str) else render_count(line)))
            elif isinstance(value, dict):
                self.stdout.write(f"{name}:")
                for key, detail in value.items():
                    self.stdout.write(f"  {key}: {detail}")
            else:
                self.stdout.write(f"{name}: {value}")

    def fail(self, *reasons: str, **facts: Any) -> NoReturn:
        if self.as_json:
            self.stdout.write(json.dumps({"error": list(reasons), **facts}, ensure_ascii=False, default=str))
            sys.exit(1)
        raise CommandError("\n".join(reasons))

    def progress(self, step: str, count: int) -> None:
        if sys.stderr.isatty():
            self.stderr.write(f"\r  {step}: {count:,}\033[K", ending="")

    @property
    def now(self) -> datetime:
        return timezone.now()

    def dataset(self, layer_id: str, code: str) -> Dataset:
        self.layer(layer_id)
        found = Dataset.objects.filter(layer=layer_id, code=code).first()
        if found is None:
            known = ", ".join(Dataset.objects.filter(layer=layer_id).values_list("code", flat=True)) or "none yet"
            raise CommandError(f"Layer {layer_id} has no dataset {code}. It has: {known}.")
        return found

    def layer(self, layer_id: str) -> Any:
        try:
            return get_layer(layer_id)
        except UnknownLayerError:
            known = ", ".join(layer.id for layer in all_layers())
            raise CommandError(f"There is no layer {layer_id}. Layers: {known}.") from None

    def edition(self, number: int) -> Edition:
        found = Edition.objects.select_related("dataset", "delivery").filter(pk=number).first()
        if found is None:
            raise CommandError(f"There is no edition {number}. `./city layers` lists them.")
        return found

    def user(self, name: str) -> Any:
        found = get_user_model().objects.filter(username=name, is_active=True).first()
        if found is None:
            raise CommandError(f"There is no user {name}. An administrator adds people at /admin/.")
        return found


def summary(found: list[Issue]) -> list[dict[str, Any]]:
    """Return issues by code: how many, how severe, one of them in words."""
    first = {issue.code: issue for issue in sorted(found, key=lambda issue: -(issue.row or 0))}
    return [
        {
            "count": count,
            "code": code,
            "level": first[code].level,
            "blocks": sum(issue.blocks for issue in found if issue.code == code),
            "repair": first[code].repair or issues.get_kind(code).repair,
            "example": issues.message(first[code]),
        }
        for code, count in count_by_code(found).items()
    ]


def render_count(line: Mapping[str, Any]) -> str:
    """Write one line of `summary` for a person."""
    blocks = f", {line['blocks']} block" if line["blocks"] else ""
    return f"{line['count']:,} × {line['code']} ({line['level']}{blocks}): {line['example']}"
