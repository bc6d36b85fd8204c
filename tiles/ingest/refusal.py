"""Why a file is not read at all. Needs no settings, so that the guarded child can raise it."""

from typing import Any


class Refused(Exception):  # noqa: N818 - the word of the trade, not a bug
    """The file cannot be read; `code` and `values` name the reason, `message` says it to a person."""

    def __init__(self, code: str, **values: Any) -> None:
        super().__init__(code, values)
        self.code = code
        self.values = values

    @property
    def message(self) -> str:
        """The reason as a sentence in the active language; holds no path."""
        from tiles.ingest.issues import sentence

        return sentence(self.code, self.values)

    def __str__(self) -> str:
        return self.message
