"""Django's log: one line of JSON each, scrubbed of personal data, in the data folder."""

from __future__ import annotations

import json
import logging
from datetime import UTC, datetime
from logging.handlers import RotatingFileHandler
from pathlib import Path

from duecourse.site.scrub import scrub, traceback_of


class Scrubbed(logging.Formatter):
    """`{"at", "level", "logger", "event", "where"}`; what was said is scrubbed, and so is an exception's message."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "event": scrub(record.getMessage()),
        }
        if record.exc_info and record.exc_info[1]:
            line["where"] = traceback_of(record.exc_info[1])
        return json.dumps(line, ensure_ascii=False)


def configure(settings: dict[str, str]) -> None:
    """Django's LOGGING_CONFIG: everything from warnings up goes to `settings["file"]`, and nothing to the terminal."""
    file = Path(settings["file"])
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handler = RotatingFileHandler(file, maxBytes=10_000_000, backupCount=3, delay=True, encoding="utf-8")
    handler.setFormatter(Scrubbed())
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(logging.WARNING)
    for name in ("django", "django.server"):  # Django's own handlers write tracebacks to the terminal
        logging.getLogger(name).handlers = []
        logging.getLogger(name).propagate = True
