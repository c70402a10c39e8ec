"""Taking files in without letting one of them fill the disk."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadhandler import TemporaryFileUploadHandler

# More than any form takes, so that each says in its own words how much it takes.
MOST_BYTES_OF_A_FILE = 32 * 1024 * 1024


class BoundedUploadHandler(TemporaryFileUploadHandler):
    """Writes a file to the disk as it comes, up to a bound; what comes after is only counted.

    The file then says the size that was sent, so that every form refuses it as too large, with its
    words and what was typed kept. A file within the bound is as it was sent.
    """

    def new_file(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401
        super().new_file(*args, **kwargs)
        self._room = MOST_BYTES_OF_A_FILE

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:  # noqa: ARG002
        self.file.write(raw_data[: self._room])
        self._room -= min(self._room, len(raw_data))
