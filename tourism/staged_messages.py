"""What a steward is told after values were sent along the road as an edition of the register."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _

from tiles.models import Edition
from tourism.next_edition import NotStagedError


def tell_staged(request: HttpRequest, stage: Callable[[], list[Edition]]) -> None:
    """Stage editions and tell each, or why none could be."""
    try:
        staged = stage()
    except NotStagedError as refused:
        messages.error(request, str(refused))
        return
    for edition in staged:
        told = _(
            "Edition %(number)s of %(dataset)s is %(state)s. A reviewer looks at its difference, approves and "
            "publishes it; until then the public sees nothing of it."
        )
        state = edition.get_state_display()
        messages.success(request, told % {"number": edition.pk, "dataset": edition.dataset.code, "state": state})
