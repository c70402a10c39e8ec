"""Parts of an address: what may stand there, so that a page never sees anything else."""

from __future__ import annotations


class Digits:
    """An area code: 2, 4, 6 or 8 digits as text."""

    regex = "(?:[0-9]{2}){1,4}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value
