"""Uploads: refused by their size before they are read, so that two gigabytes never reach the disk."""

from __future__ import annotations

from typing import Any, Final

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import FileUploadHandler

from duecourse.connectors.importers.guard import STANDARD

ROOM: Final = 100_000
"""Bytes of a form beside its file."""
MOST: Final = STANDARD.text_in + ROOM


class Capped(FileUploadHandler):
    """Looks at the announced length, then at what comes; the handlers behind it keep the file."""

    seen = 0

    def handle_raw_input(
        self, input_data: Any, META: Any, content_length: int, boundary: bytes, encoding: Any = None
    ) -> None:
        if content_length > MOST:
            raise RequestDataTooBig("The upload is larger than a file of invoices may be.")

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        self.seen += len(raw_data)
        if self.seen > MOST:
            raise RequestDataTooBig("The upload is larger than a file of invoices may be.")
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """Another handler keeps it."""
