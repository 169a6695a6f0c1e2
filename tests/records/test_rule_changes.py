"""The page of rule changes counts those whom a change affects, of the creditors that the reader works for."""

from __future__ import annotations

from datetime import date

from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse

from duecourse.records.reads.rule_changes import affected
from duecourse.records.tenancy import scope
from tests import making


def test_a_change_counts_the_people_it_reaches(book: object) -> None:
    for kind in ("person", "person", "company"):
        making.customer(kind=kind)
    making.customer(kind="person", of=making.creditor("Elsewhere", country="AU", timezone="Australia/Perth"))
    mine = making.creditor().id
    with scope("all"):
        every = {a.change.id: a.customers for a in affected(date(2026, 1, 1), until=date(2026, 12, 31))}
    with scope([mine]):
        own = {a.change.id: a.customers for a in affected(date(2025, 1, 1), until=date(2026, 12, 31))}
    assert every == {"UK-GDPR-ADM": 3}  # the fourth's country is said with the customer
    assert own == {"PCI-DSS": 3, "US-TCPA": 0, "UK-GDPR-ADM": 2}


def test_the_page_says_what_from_when_and_for_how_many(book: object) -> None:
    making.customer(kind="person")
    reader = Client()
    reader.force_login(get_user_model().objects.create_superuser("owner"))
    page = reader.get(reverse("desk:rules") + "?years=3").content.decode()
    assert "UK-GDPR-ADM, UK GDPR Articles 22A-22D" in page
    assert "5 Feb 2026" in page or "5 February 2026" in page
    assert '<td class="num">1</td>' in page
    assert "nobody in this book" in page
