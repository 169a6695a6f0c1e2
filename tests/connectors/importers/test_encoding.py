"""Which letters a file holds: proven, asked, given, or refused."""

from __future__ import annotations

import pytest

from duecourse.connectors.importers.invoices import Conventions, parse, sniff
from duecourse.connectors.importers.source import Source

TEXT = "Kunde;Rechnung;Datum;Fällig am;Betrag\nBäckerei Größe;1;31.01.2026;02.03.2026;1.234,50\nCafé Çelik – “Zoë”;2;31.01.2026;02.03.2026;7,00\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_proven(encoding: str) -> None:
    parsed = parse(Source.of(TEXT.encode(encoding)), currency="EUR")
    assert parsed.questions == ()
    assert parsed.rows["customer_name"].to_list() == ["Bäckerei Größe", "Café Çelik – “Zoë”"]
    assert parsed.sniffed.encoding in (encoding, "utf-16")


@pytest.mark.parametrize("encoding", ["cp850", "mac_roman"])
def test_asked_and_answered(encoding: str) -> None:
    plain = TEXT.replace("–", "-").replace("“", "'").replace("”", "'")
    source = Source.of(plain.encode(encoding))
    question = sniff(source).questions[0]
    assert question.key == "encoding"
    assert any("Größe" in option.example for option in question.options if option.value == encoding)
    parsed = parse(source, currency="EUR", conventions=Conventions(encoding=encoding))
    assert parsed.questions == ()
    assert parsed.rows["customer_name"][0] == "Bäckerei Größe"


@pytest.mark.parametrize(("head", "delimiter"), [("sep=;\r\n", ";"), ("", ";")])
def test_a_line_that_names_the_delimiter(head: str, delimiter: str) -> None:
    sniffed = sniff(Source.of((head + TEXT).encode()))
    assert (sniffed.delimiter, sniffed.headers[0]) == (delimiter, "Kunde")
    parsed = parse(Source.of((head + TEXT).encode()), currency="EUR")
    assert parsed.rows["line"].to_list() == ([3, 4] if head else [2, 3])


def test_shape_is_of_the_columns_not_the_rows() -> None:
    other = TEXT.split("\n")[0] + "\nAnn;9;31.01.2026;02.03.2026;1,00\n"
    assert sniff(Source.of(TEXT.encode())).shape == sniff(Source.of(other.encode("utf-16"))).shape
    assert sniff(Source.of(TEXT.encode())).shape != sniff(Source.of(TEXT.replace("Betrag", "Summe").encode())).shape
