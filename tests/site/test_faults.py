"""No traceback reaches a person, and no personal data reaches a log."""

from __future__ import annotations

import errno
import json
import logging
import sys
from pathlib import Path

import click
import psycopg
import pytest
from click.testing import CliRunner
from django.db import OperationalError

from duecourse.interfaces.cli import Duecourse
from duecourse.interfaces.cli.fault import explain_fault
from duecourse.site.logs import Scrubbed
from duecourse.site.scrub import scrub
from duecourse.site.trouble import Trouble

FAULTS = [
    (Trouble("Port 8000 is taken.", "Use --port."), "Port 8000 is taken.\nUse --port."),
    (OSError(errno.ENOSPC, "No space left on device"), "The disk is full."),
    (psycopg.errors.DiskFull("could not extend file"), "The disk is full."),
    (OperationalError("could not write: No space left on device"), "The disk is full."),
    (OperationalError("server closed the connection unexpectedly"), "The database cannot be reached."),
    (psycopg.errors.AdminShutdown("terminating connection"), "The database cannot be reached."),
    (FileNotFoundError(errno.ENOENT, "No such file", "march.csv"), "march.csv is not there."),
    (PermissionError(errno.EACCES, "Permission denied", "march.csv"), "march.csv may not be read or written."),
    (MemoryError(), "There is not enough memory"),
    (ValueError("Anna Smith"), "Something went wrong that we did not expect (ValueError)."),
]


@pytest.fixture(autouse=True)
def _own_log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DUECOURSE_HOME", str(tmp_path))


@pytest.mark.parametrize(("fault", "words"), FAULTS, ids=[type(f).__name__ + w[:9] for f, w in FAULTS])
def test_a_fault_in_words(fault: Exception, words: str) -> None:
    said = explain_fault(fault)
    assert said.startswith(words)
    assert "Traceback" not in said


def test_the_cause_counts() -> None:
    try:
        raise RuntimeError("while writing") from OSError(errno.ENOSPC, "full")
    except RuntimeError as error:
        assert explain_fault(error).startswith("The disk is full.")


def test_the_log_has_the_place_and_nothing_personal(tmp_path: Path) -> None:
    try:
        raise ValueError("no debt 'INV-7' for anna@example.org, phone +44 20 7946 0000")
    except ValueError as error:
        explain_fault(error)
    log = (tmp_path / "log" / "errors.log").read_text()
    assert "test_faults.py" in log
    assert "ValueError" in log
    assert not any(secret in log for secret in ("INV-7", "anna", "example.org", "7946"))


PRIVATE = [
    "anna.smith+x@mail.example.org",
    "postgresql://duecourse_app:geheim-5@db/x",
    "DETAIL:  Key (email)=(anna) already exists.",
    "GB29 NWBK 6016 1331 9268 19",
    "DE89370400440532013000",
    "(020) 7946-0018",
    "http://localhost/p/1-b3-5f.Zm9vYmFyYmF6cXV4cXV1eA/pay",
    "invalid input: 'Anna Smith'",
]


@pytest.mark.parametrize("text", PRIVATE)
def test_scrub(text: str) -> None:
    secrets = ("anna", "Anna", "geheim", "NWBK", "6016", "3704", "7946", "Zm9v")
    scrubbed = scrub(f"before {text} after") if "DETAIL" not in text else scrub(f"before\n{text}")
    assert "before" in scrubbed
    assert not any(secret in scrubbed for secret in secrets)


def test_django_logs_scrubbed_lines() -> None:
    try:
        raise ValueError("no debt 'INV-7'")
    except ValueError:
        said = "Internal Server Error: /enter/1-6b06100a-6e50dc8bae8c8b25.RmgQTluZ-Z5VdOs6ah/ for anna@example.org"
        record = logging.LogRecord("django.request", logging.ERROR, __file__, 1, said, None, sys.exc_info())
    line = json.loads(Scrubbed().format(record))
    assert line["event"] == "Internal Server Error: /enter/<token>/ for <email>"
    assert "test_faults.py" in line["where"]
    assert "INV-7" not in line["where"]


def test_a_command_that_breaks_ends_with_1_and_plain_words() -> None:
    @click.group(cls=Duecourse)
    def root() -> None:
        raise ValueError("Anna Smith")

    result = CliRunner().invoke(root, ["migrate"])
    assert result.exit_code == 1
    assert "Something went wrong" in result.output
    assert "Anna" not in result.output
