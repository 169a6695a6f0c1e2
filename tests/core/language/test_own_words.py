"""Only what the sender says now: threads, signatures, footers, HTML and broken letters of many mail programs."""

from __future__ import annotations

import time

import pytest

from duecourse.core.language.listen.own_words import own_words
from duecourse.core.language.listen.prepared import prepared
from duecourse.core.language.listen.readable import readable
from duecourse.core.language.listen.tongue import tongue

OLD = "Your account is overdue. Reply STOP to opt out."
THREADS = [
    f"Paid.\n\nOn Mon, 2 Nov 2026 at 10:00, Ann Bee <ann@x.example> wrote:\n> {OLD}",
    f"Paid.\n\nOn Mon, 2 Nov 2026 at 10:00,\nAnn Bee <ann@x.example>\nwrote:\n\n{OLD}",
    f"Paid.\n\n-----Original Message-----\nFrom: Ann\nSent: Monday\nTo: Bob\nSubject: Bill\n\n{OLD}",
    f"Paid.\n\nFrom: Ann <a@x.example>\nSent: Monday, 2 November\nTo: Bob\nSubject: Bill\n\n{OLD}",
    f"Paid.\n\n________________________________\nFrom: Ann\nSent: Monday\n\n{OLD}",
    f"Paid.\n\nAm 02.11.2026 um 10:00 schrieb Ann Bee <a@x.example>:\n> {OLD}",
    f"Paid.\n\nVon: Ann\nGesendet: Montag\nAn: Bob\nBetreff: Rechnung\n\n{OLD}",
    f"Paid.\n\nLe lun. 2 nov. 2026 à 10:00, Ann <a@x.example> a écrit :\n> {OLD}",
    f"Paid.\n\nDe : Ann\nEnvoyé : lundi\nÀ : Bob\nObjet : Facture\n\n{OLD}",
    f"Paid.\n\nEl lun, 2 nov 2026 a las 10:00, Ann (<a@x.example>) escribió:\n> {OLD}",
    f"Paid.\n\nDe: Ann\nEnviado el: lunes\nPara: Bob\nAsunto: Factura\n\n{OLD}",
    f"Paid.\n\nKind regards\nBob\nInsolvency Department\n\n-- \nBob & Partners\n{OLD}",
    f"Paid.\n\nSent from my iPhone\n\n> {OLD}",
    f"> {OLD}\n\nPaid.",
    f"<div>Paid.</div><div class='gmail_quote'>On Monday Ann wrote:<blockquote>{OLD}</blockquote></div>",
]


@pytest.mark.parametrize("text", THREADS)
def test_only_the_answer_is_read(text: str) -> None:
    assert " ".join(own_words(readable(text).words).split()).rstrip("-").strip() == "Paid."


def test_places_stay_true() -> None:
    text = "<p>Hello</p><p>Caf&eacute; says: it&#39;s  paid\u200b already, donâ€™t worry</p>"
    said = prepared(text)
    assert all(said.quote(number) in text for number in range(len(said.clauses)))


def test_a_postscript_counts_and_a_mere_forward_is_read() -> None:
    assert "P.S. Call me" in own_words("Fine.\n\nRegards\nBob\nClerk\n\nP.S. Call me tomorrow.")
    assert "wrong number" in own_words("From: Ann\nSent: Monday\nTo: Bob\n\nwrong number, sorry")


def test_megabytes_of_thread_take_no_time() -> None:
    thread = f"On Mon, 2 Nov 2026 at 10:00, Ann wrote:\n> {OLD}\n> please do not not not call my our your office\n"
    text = "Please stop calling me.\n\n" + thread * (5_000_000 // len(thread))
    began = time.process_time()
    said = prepared(text)
    assert set(said.sure) == {"stop_contact"} and time.process_time() - began < 2


@pytest.mark.parametrize(
    "text", ["", " \n", "👍", "🙏🙏🙏", "\x00\x01", "????", "<script>alert(1)</script>", "\ufffd\ufffd"]
)
def test_nothing_said_is_no_fault(text: str) -> None:
    assert not prepared(text).sure


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("I have paid the invoice", "en"),
        ("pls call", "en"),
        ("Ich habe die Rechnung bezahlt", "de"),
        ("J'ai payé la facture hier", "fr"),
        ("Ya he pagado la factura", "es"),
        ("Ho già pagato la fattura ieri, grazie", "it"),
        ("Ik heb de factuur al betaald", "nl"),
        ("Já paguei a fatura ontem, obrigado", "pt"),
        ("Zapłaciłem już tę fakturę, dziękuję", "pl"),
        ("Я уже оплатил счёт", "ru"),
        ("我已经付款了", "zh"),
        ("لقد دفعت الفاتورة", "ar"),
        ("🙂", "und"),
    ],
)
def test_languages_are_told_apart(text: str, language: str) -> None:
    assert tongue(text) == language
