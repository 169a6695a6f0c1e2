"""Something is wrong, told on the customer's page: a clock, files that may be kept, an invoice sent again, no card number kept."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections
from django.test import Client, override_settings

from duecourse.actions.take_in import Arrived, take_in
from duecourse.records.reads.writers import Writer
from duecourse.records.tenancy import scope
from tests.actions.paying import owes, rows
from tests.conftest import Book
from tests.interfaces.test_portal_plan import entered

DUE = date(2026, 11, 6)
CARD = "4111 1111 1111 1111"
PDF = b"%PDF-1.7\n1 0 obj <<>> endobj\n"


@pytest.fixture(autouse=True)
def _data(tmp_path: Path) -> Iterator[None]:
    with override_settings(DATA_FOLDER=tmp_path):
        yield


def tell(client: Client, link: str, choice: str, *, words: str = "", files: tuple[SimpleUploadedFile, ...] = ()):  # type: ignore[no-untyped-def]
    return client.post(f"{link}wrong/", {"choice": choice, "words": words, "files": list(files)})


def test_a_dispute_with_a_file_holds_at_once_and_says_by_when(book: Book, tmp_path: Path) -> None:
    who = owes((128460, DUE))
    client, link = entered(who)
    answer = tell(client, link, "goods", words="It leaks", files=(SimpleUploadedFile("../a.pdf", PDF),))
    assert "A person answers you by" in answer.content.decode()
    assert rows("SELECT kind, debt_id IS NOT NULL FROM hold") == [("dispute", True)]
    assert rows("SELECT reason, form, answer_by - received_date FROM dispute") == [("goods", "portal", 14)]
    ((name, kind, size, sha),) = rows("SELECT file_name, media_type, size_bytes, sha256 FROM evidence")
    assert (name, kind, size) == ("a.pdf", "application/pdf", len(PDF))
    assert (tmp_path / "evidence" / str(who.creditor_id) / sha).read_bytes() == PDF


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("photo.jpg", b"MZ\x90\x00", "a photo or a PDF"),
        ("letter.pdf", b"\x7fELF\x02", "a photo or a PDF"),
        ("page.png", b"<html><script>", "a photo or a PDF"),
        ("run.pdf", PDF + b"<< /S /JavaScript /JS (x) >>", "holds a program"),
        ("sick.png", b"\x89PNG\r\n\x1a\n" + rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD", "holds a program"),
        ("big.png", b"\x89PNG\r\n\x1a\n" + bytes(8_000_001), "up to 8 MB"),
    ],
)
def test_what_may_not_be_kept_is_refused_with_the_mend(
    book: Book, tmp_path: Path, name: str, content: bytes, words: str
) -> None:
    client, link = entered(owes((128460, DUE)))
    answer = tell(client, link, "amount", words="We said 1,000", files=(SimpleUploadedFile(name, content),))
    page = answer.content.decode()
    assert answer.status_code == 422 and words in page and "We said 1,000" in page
    assert rows("SELECT count(*) FROM dispute") == [(0,)] and not (tmp_path / "evidence").exists()


def test_thirty_megabytes_are_refused_whole(book: Book) -> None:
    client, link = entered(owes((128460, DUE)))
    answer = tell(client, link, "amount", files=(SimpleUploadedFile("big.png", bytes(30_000_000)),))
    assert answer.status_code == 400 and "8 MB" in answer.content.decode()


def test_an_invoice_that_never_came_is_sent_again_once(book: Book) -> None:
    client, link = entered(owes((128460, DUE)))
    assert "full time" in client.get(f"{link}wrong/").content.decode()
    page = tell(client, link, "no_invoice").content.decode()
    assert "You have until" in page and "Nothing is charged" in page
    assert rows("SELECT due_date > current_date FROM debt") == [(True,)]
    assert rows("SELECT outcome, owner FROM dispute") == [("upheld", "billing")]
    assert "A person answers you by" in tell(client, link, "no_invoice").content.decode()
    assert rows("SELECT count(*) FROM dispute WHERE closed_at IS NULL") == [(1,)]


def test_a_card_number_is_masked_in_every_field_before_it_is_kept(book: Book) -> None:
    who = owes((128460, DUE))
    client, link = entered(who)
    tell(client, link, "other", words=f"Take it from {CARD}", files=(SimpleUploadedFile(f"{CARD}.pdf", PDF),))
    client.post(f"{link}help/", {"choice": "talk", "words": f"My card is {CARD.replace(' ', '')} 12/29 123"})
    told = Arrived(
        "sms",
        "m-1",
        f"my card: {CARD}",
        [Writer(who.shard, who.customer_id, who.creditor_id, "reference")],
        who.creditor_id,
    )
    with scope("all"):
        take_in(told, now=datetime.now(UTC))
    echoed = client.post(f"{link}help/", {"choice": "", "words": f"card {CARD}"}).content.decode()
    assert "[card ending 1111]" in echoed
    assert _tables_with("4111") == []


def test_the_canary_finds_a_card_number_that_was_kept(book: Book) -> None:
    who = owes((128460, DUE))
    with scope("all"):
        rows("UPDATE customer SET name = 'card 4111111111111111' WHERE id = %s RETURNING id", who.customer_id)
    assert "customer" in _tables_with("4111")


def _tables_with(figures: str) -> list[str]:
    """Tables of which any row, as text, holds these figures side by side, spaces aside."""
    found = []
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")
        for (table,) in cursor.fetchall():
            cursor.execute(
                f"SELECT 1 FROM \"{table}\" t WHERE replace(t::text, ' ', '') ~ %s LIMIT 1", [f"{figures}1{{12}}"]
            )
            if cursor.fetchone():
                found.append(table)
    return found
