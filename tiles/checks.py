"""Start-up checks: misconfiguration is found by `manage.py check`."""

from typing import Any

from django.core.checks import CheckMessage, Error, register
from django.core.exceptions import FieldDoesNotExist

from tiles.registry import all_layers


@register()
def layers_are_sound(**kwargs: Any) -> list[CheckMessage]:
    """Every property a layer publishes is a column of its rows."""
    found: list[CheckMessage] = []
    for layer in all_layers():
        for name in (*layer.properties, *filter(None, [layer.legend_property])):
            try:
                layer.rows._meta.get_field(name)
            except FieldDoesNotExist:
                found.append(
                    Error(
                        f'layer "{layer.id}" lists property "{name}", but {layer.rows.__name__} has no such field.',
                        id="tiles.E004",
                    )
                )
    return found
