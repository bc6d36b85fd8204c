"""Start-up checks of what planning runs on."""

from typing import Any

from django.core.checks import CheckMessage, Warning, register  # noqa: A004

from planning.extracts.pdf import find_missing


@register()
def documents(**kwargs: Any) -> list[CheckMessage]:
    """PDFs can be made; without them the rest of the portal works, so it is a warning."""
    missing = find_missing()
    return [Warning(missing, id="planning.W001")] if missing else []
