"""Formal complaints and denunciations (khiếu nại, tố cáo) follow another law: recognised, never swallowed."""

import re

from portal.text import nfc

# "to cao" without marks also means "tall": only the marked words and the unmistakable ones count.
_WORDS = re.compile(r"khiếu nại|khieu nai|tố cáo|đơn tố giác|formal complaint|denunciation|denounce", re.IGNORECASE)


def mentions_formal(text: str) -> bool:
    """Tell whether the text speaks of a formal complaint or denunciation."""
    return bool(_WORDS.search(nfc(text)))
