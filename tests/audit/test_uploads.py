"""A file of any size is taken in without filling the disk, and says the size it was sent with."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile
from django.http import HttpRequest
from django.test import RequestFactory

from kongthun.activities.forms import MOST_BYTES as OF_A_PAPER
from kongthun.audit import uploads
from kongthun.audit.uploads import MOST_BYTES_OF_A_FILE
from kongthun.library.forms import MOST_BYTES as OF_A_BOOK
from kongthun.registers.forms import MOST_BYTES as OF_A_WORKBOOK

Received = Callable[..., list[TemporaryUploadedFile]]


@pytest.fixture
def received() -> Iterator[Received]:
    """What a page gets of files that were sent."""
    requests: list[HttpRequest] = []

    def send(*contents: bytes) -> list[TemporaryUploadedFile]:
        files = [SimpleUploadedFile(f"{n}.jpg", content) for n, content in enumerate(contents)]
        requests.append(RequestFactory().post("/", {"file": files}))
        taken = requests[-1].FILES.getlist("file")
        assert all(isinstance(each, TemporaryUploadedFile) for each in taken)
        return taken  # type: ignore[return-value]

    yield send
    for request in requests:
        request.close()


def on_disk(file: TemporaryUploadedFile) -> bytes:
    return Path(file.temporary_file_path()).read_bytes()


def test_a_file_within_the_bound_comes_as_it_was_sent(received: Received) -> None:
    [one, two] = received(b"first", b"\xff" * 70_000)
    assert (on_disk(one), one.size) == (b"first", 5)
    assert (on_disk(two), two.size) == (b"\xff" * 70_000, 70_000)


def test_what_comes_past_the_bound_is_counted_and_not_written(
    received: Received, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uploads, "MOST_BYTES_OF_A_FILE", 100_000)
    [huge, small] = received(b"x" * 300_000, b"small")
    assert (len(on_disk(huge)), huge.size) == (100_000, 300_000)
    assert (on_disk(small), small.size) == (b"small", 5)


def test_every_form_refuses_what_was_not_written_whole() -> None:
    assert settings.FILE_UPLOAD_HANDLERS == ["kongthun.audit.uploads.BoundedUploadHandler"]
    assert max(OF_A_PAPER, OF_A_BOOK, OF_A_WORKBOOK) < MOST_BYTES_OF_A_FILE
