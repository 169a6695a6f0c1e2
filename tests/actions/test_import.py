"""From a file into the book: once, again, changed, contradicted."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from duecourse.actions.import_file import Conventions, Unreadable, answer, begin, commit, preview, refused_file
from duecourse.records.journal.models import ImportFile
from duecourse.records.ledger.models import Credit, Debt, Entry, Leg
from duecourse.records.models import ContactPoint, Customer, Hold
from duecourse.records.tenancy import scope
from tests import making
from tests.actions.import_table import line, many, table

IBM = Path(__file__).parents[3] / "shared/data/ibm_ar/WA_Fn-UseC_-Accounts-Receivable.csv"


class Importer:
    """The four steps with everything that they need filled in."""

    def __init__(self, home: Path, **creditor: str) -> None:
        self.home, self.creditor = home, making.creditor(**creditor)

    def begin(self, file: bytes | Path, **more: object) -> ImportFile:
        return begin(
            file, creditor=self.creditor.id, by="Ada", home=self.home, now=making.NOW, name="invoices.csv", **more
        )

    def load(self, file: bytes | Path, **more: object) -> ImportFile:
        row = self.begin(file, **more)
        return commit(row.id, creditor=self.creditor.id, home=self.home, now=making.NOW, batch=40)

    def preview(self, file: bytes):
        return preview(self.begin(file).id, creditor=self.creditor.id, home=self.home)

    def open(self, ref: str) -> int:
        with scope([self.creditor.id]):
            return Debt.objects.get(ref=ref, creditor_id=self.creditor.id).open_minor

    def credit(self) -> int:
        with scope([self.creditor.id]):
            return sum(Credit.objects.filter(creditor_id=self.creditor.id).values_list("amount_minor", flat=True))

    def entries(self) -> list[tuple[str, date]]:
        with scope([self.creditor.id]):
            found = Entry.objects.filter(creditor_id=self.creditor.id).order_by("id")
            return list(found.values_list("kind", "booked_date"))


@pytest.fixture
def importer(book: object) -> Importer:
    return Importer(book.home)


def test_new_rows_become_customers_addresses_debts_and_bookings(importer: Importer) -> None:
    row = importer.load(
        table(line("0001"), line("0002", "50.00", "0.00", paid_on="2026-01-20"), line("0003", "80.00", "30.00"))
    )
    assert (row.state, row.taken, row.refused) == ("done", 3, 0)
    with scope([importer.creditor.id]):
        assert Customer.objects.get(ref="C1").name == "Customer C1"
        assert list(ContactPoint.objects.values_list("kind", "value")) == [("email", "c1@shop.example")]
    assert [importer.open(ref) for ref in ("0001", "0002", "0003")] == [10_000, 0, 3_000]
    issued, today = date(2026, 1, 5), making.NOW.date()
    assert sorted(importer.entries()) == sorted(
        [("invoice", issued)] * 3 + [("payment", date(2026, 1, 20)), ("payment", today)]
    )


def test_the_same_file_again_changes_nothing(importer: Importer) -> None:
    file = many(60)
    importer.load(file)
    before, credit = importer.entries(), importer.credit()
    again = importer.load(file)
    assert (again.taken, again.unchanged, again.refused) == (0, 60, 0)
    assert (importer.entries(), importer.credit()) == (before, credit)


def test_the_preview_says_what_the_commit_does(importer: Importer) -> None:
    importer.load(table(line("1"), line("2"), line("3", customer="C2")))
    found = importer.preview(
        table(line("1"), line("2", open_="40.00"), line("3", customer="C3"), line("4", customer="C4"), line("1b"))
    )
    counts = found.currencies[0]
    assert {k: counts[k] for k in ("new", "same", "lower", "refused")} == {
        "new": 2,
        "same": 1,
        "lower": 1,
        "refused": 1,
    }
    assert counts["delta_minor"] == -6_000
    assert found.refused[0]["cause"] == "other_customer"
    assert not found.changes_nothing
    assert importer.preview(table(line("1"))).changes_nothing


def test_less_open_than_before_is_a_payment(importer: Importer) -> None:
    importer.load(table(line("1")))
    importer.load(table(line("1", open_="25.00", paid_on="2026-03-01")))
    assert importer.open("1") == 2_500
    assert importer.entries()[-1] == ("payment", date(2026, 3, 1))
    again = importer.load(table(line("1", open_="25.00", paid_on="2026-03-01")))
    assert again.taken == 0


def test_more_open_than_before_takes_the_imported_payment_back(importer: Importer) -> None:
    importer.load(table(line("1", open_="0.00", paid_on="2026-01-20")))
    row = importer.load(table(line("1")))
    assert importer.open("1") == 10_000
    assert row.summary["loaded"]["higher"] == 1
    assert importer.entries()[-1][0] == "reversal"


def test_a_file_that_does_not_know_of_a_payment_here_does_not_reopen_the_debt(importer: Importer) -> None:
    """Paid by link yesterday, exported from the accounts the week before: nobody is chased for it again."""
    importer.load(table(line("1")))
    with scope([importer.creditor.id]):
        debt = Debt.objects.get(ref="1")
    made = making.Made(debt.shard, debt.customer_id, debt.creditor_id, "C1", None, (debt.id,))
    making.pay(made, debt.id, 10_000)
    row = importer.load(table(line("1")))
    assert importer.open("1") == 0
    assert (row.taken, row.unchanged, row.summary["loaded"]["kept"]) == (0, 1, 1)
    # Both halves known: 100 less 60 paid there leaves 40 in the file, and the link's 100 have it settled.
    importer.load(table(line("1", open_="40.00")))
    assert importer.open("1") == 0


def test_a_credit_lowers_what_is_owed_and_its_use_is_no_payment(importer: Importer) -> None:
    importer.load(table(line("1"), line("CN1", "-30.00", kind="Credit note")))
    assert (importer.open("1"), importer.credit()) == (10_000, 3_000)
    importer.load(table(line("1", open_="70.00"), line("CN1", "-30.00", "0.00", kind="Credit note")))
    assert (importer.open("1"), importer.credit()) == (7_000, 0)
    assert importer.entries()[-1][0] == "applied"
    with scope([importer.creditor.id]):
        assert not Leg.objects.filter(account="cash").exists()


def test_a_credit_that_is_taken_back(importer: Importer) -> None:
    importer.load(table(line("P1", "-30.00", kind="Payment")))
    importer.load(table(line("P1", "-30.00", "-10.00", kind="Payment")))
    assert importer.credit() == 1_000
    importer.load(table(line("P1", "-30.00", "-25.00", kind="Payment")))
    assert importer.credit() == 2_500
    assert importer.load(table(line("P1", "-30.00", "-25.00", kind="Payment"))).taken == 0


@pytest.mark.parametrize(
    ("second", "cause", "found"),
    [
        (line("1", "120.00"), "amount_changed", "120.00"),
        (line("1", currency="EUR"), "currency_changed", "EUR"),
        (line("1", customer="C2"), "other_customer", "1"),
    ],
)
def test_what_contradicts_the_book_is_refused_with_the_mend(
    importer: Importer, second: str, cause: str, found: str
) -> None:
    importer.load(table(line("1")))
    row = importer.load(table(second, line("2")))
    assert (row.taken, row.refused) == (1, 1)
    assert [(r["cause"], r["found"]) for r in row.summary["contradicts"]] == [(cause, found)]
    text = refused_file(row, importer.home).read_text("utf-8").splitlines()
    assert len(text) == 2
    assert text[1].startswith("2,") and "shop.example" in text[1]
    assert importer.open("1") == 10_000
    with scope([importer.creditor.id]):
        assert not Customer.objects.filter(ref="C2").exists()


def test_a_due_date_follows_the_file(importer: Importer) -> None:
    importer.load(table(line("1")))
    row = importer.load(table(line("1", due="2026-03-04")))
    with scope([importer.creditor.id]):
        assert Debt.objects.get(ref="1").due_date == date(2026, 3, 4)
    assert (row.taken, row.summary["loaded"]["due_changed"]) == (1, 1)


def test_new_addresses_are_added_and_ended_ones_stay_ended(importer: Importer) -> None:
    importer.load(table(line("1")))
    with scope([importer.creditor.id]):
        ContactPoint.objects.update(ended_at=making.NOW, ended_why="bounced")
    importer.load(table(line("1"), line("2", email="new@shop.example")))
    importer.load(table(line("2", email="c1@shop.example")))
    with scope([importer.creditor.id]):
        running = ContactPoint.objects.filter(ended_at__isnull=True).values_list("value", "rank")
        assert list(running) == []
    importer.load(table(line("3", email="new@shop.example")))
    with scope([importer.creditor.id]):
        assert list(ContactPoint.objects.filter(ended_at__isnull=True).values_list("value", "rank")) == [
            ("new@shop.example", 1)
        ]


def test_what_staff_corrected_stays(importer: Importer) -> None:
    importer.load(table(line("1")))
    with scope([importer.creditor.id]):
        Customer.objects.update(name="Corrected Ltd", country="FR")
    importer.load(table(line("1"), line("2")))
    with scope([importer.creditor.id]):
        assert list(Customer.objects.values_list("name", "country")) == [("Corrected Ltd", "FR")]


def test_a_disputed_invoice_arrives_on_hold(importer: Importer) -> None:
    text = "Customer,Invoice,Date,Due date,Amount,Status\nAnn,1,2026-01-05,2026-02-04,10.00,Disputed\nAnn,2,2026-01-05,2026-02-04,10.00,Open\n"
    importer.load(text.encode())
    with scope([importer.creditor.id]):
        held = Hold.objects.get()
        assert (held.kind, held.debt_id) == ("dispute", Debt.objects.get(ref="1").id)


def test_questions_are_asked_once_and_remembered_for_the_columns(importer: Importer) -> None:
    head = "Customer,Invoice,Date,Due date,Amount\n"
    first = importer.begin((head + "Ann,1,01/02/2026,02/03/2026,1.234\n").encode())
    assert [q["key"] for q in first.summary["questions"]] == ["day_first", "decimal_comma"]
    with pytest.raises(ValueError, match="open questions"):
        commit(first.id, creditor=importer.creditor.id, home=importer.home, now=making.NOW)
    given = {"creditor": importer.creditor.id, "home": importer.home}
    half = answer(first.id, **given, answers=Conventions(day_first=True))
    assert [q["key"] for q in half.summary["questions"]] == ["decimal_comma"]
    ready = answer(first.id, **given, answers=Conventions(decimal_comma=True))
    assert ready.state == "ready"
    commit(ready.id, **given, now=making.NOW)
    second = importer.begin((head + "Ann,2,03/04/2026,04/05/2026,2.500\n").encode())
    assert (second.state, second.conventions["day_first"], second.conventions["decimal_comma"]) == ("ready", True, True)
    other = importer.begin((head.replace("Amount", "Total") + "Ann,3,01/02/2026,02/03/2026,1.234\n").encode())
    assert other.state == "asking"


def test_a_mapping_is_kept_for_the_columns(importer: Importer) -> None:
    text = "Customer,Invoice,Date,Due date,Amount,Extra\nAnn,{},2026-01-05,2026-02-04,10.00,99.00\n"
    importer.load(text.format(1).encode(), mapping={"Extra": "amount"})
    importer.load(text.format(2).encode())
    assert [importer.open(ref) for ref in ("1", "2")] == [9_900, 9_900]


def test_a_file_that_cannot_be_taken_leaves_nothing(importer: Importer) -> None:
    with pytest.raises(Unreadable, match="empty"):
        importer.begin(b"")
    with scope("all"):
        assert not ImportFile.objects.exists()
    assert not (importer.home / "imports").exists() or not any((importer.home / "imports").glob("*-e3b0c442*"))


def test_another_creditor_does_not_see_the_file(book: object) -> None:
    ours, theirs = Importer(book.home), Importer(book.home, name="Somebody Else")
    row = ours.begin(table(line("1")))
    with pytest.raises(ImportFile.DoesNotExist):
        preview(row.id, creditor=theirs.creditor.id, home=book.home)
    theirs.load(table(line("1", "7.00")))
    ours.load(table(line("1")))
    assert (ours.open("1"), theirs.open("1")) == (10_000, 700)


@pytest.mark.skipif(not IBM.exists(), reason="the shared data folder is not beside the repository")
def test_the_public_sample_gives_its_published_figures(book: object) -> None:
    from duecourse.core.measure.figures import figures
    from duecourse.records.measures import count

    importer = Importer(book.home, currency="USD")
    row = importer.load(IBM)
    assert (row.taken, row.refused) == (2_466, 0)
    close = date(2013, 6, 30)
    found = figures(count(as_of=close), close)["USD"]
    assert (found["open_count"], found["open_amount"]) == (84, 511_985)
    assert (found["overdue_count"], found["overdue_amount"], found["ageing"]["1-30"]) == (12, 83_556, 83_556)
    assert found["dso_simple_90"] == pytest.approx(23.15, abs=0.005)
    assert importer.load(IBM).taken == 0
