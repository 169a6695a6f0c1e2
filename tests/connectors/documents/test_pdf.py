"""PDFs are tagged, named, small, whole and the same every time; looked at with qpdf, apart from what wrote them."""

from __future__ import annotations

import csv
from dataclasses import replace
from io import BytesIO, StringIO

import pikepdf
import pytest

from duecourse.connectors.documents import typeset
from duecourse.connectors.documents.blocks import Document, Heading, Text
from duecourse.connectors.documents.kinds.agreement import NotWhole, agreement
from duecourse.connectors.documents.print_batch import print_batch
from duecourse.connectors.documents.text import as_html, as_text
from duecourse.connectors.documents.typeset import BadDocument, pdf, pdf_of
from tests.connectors.documents import samples


@pytest.mark.parametrize("language", ["en-GB", "es-ES", "de-DE", "fr-FR"])
def test_every_kind_in_every_language_is_tagged(language):
    for kind, document in samples.every(language).items():
        content = pdf(document)
        assert len(content) <= 100_000, kind
        with pikepdf.open(BytesIO(content)) as opened:
            root = opened.Root
            assert bool(root.MarkInfo.Marked) and root.StructTreeRoot.K is not None, kind
            assert str(root.Lang)[:2] == document.language[:2], kind
            assert str(opened.docinfo.Title) == document.title and bool(root.ViewerPreferences.DisplayDocTitle)
            assert b"pdfuaid:part" in root.Metadata.read_bytes()
            tags = list(walk(root.StructTreeRoot))
            assert "/H1" in [str(tag.get("/S")) for tag in tags], kind
            assert all("/Alt" in tag for tag in tags if str(tag.get("/S")) == "/Figure"), kind
            assert not unmarked(opened), kind
            assert all(embedded(font) for page in opened.pages for font in page.Resources.get("/Font", {}).values())
            for page in opened.pages:
                assert str(page.get("/Tabs", "/S")) == "/S"
            assert {"/OpenAction", "/AA", "/AcroForm"}.isdisjoint(root.keys())


def walk(node):
    if isinstance(node, pikepdf.Array):
        for child in node:
            yield from walk(child)
    elif isinstance(node, pikepdf.Dictionary):
        if "/S" in node:
            yield node
        if "/K" in node:
            yield from walk(node.K)


def unmarked(opened):
    """Text that is neither tagged nor an artifact."""
    found = []
    for page in opened.pages:
        depth = 0
        for instruction in pikepdf.parse_content_stream(page):
            operator = str(instruction.operator)
            depth += (operator in ("BDC", "BMC")) - (operator == "EMC")
            if operator in ("Tj", "TJ") and depth == 0:
                found.append(operator)
    return found


def embedded(font):
    return any(name in font.DescendantFonts[0].FontDescriptor for name in ("/FontFile2", "/FontFile3"))


def test_the_same_document_is_the_same_bytes():
    document = samples.every()["instalments"]
    assert pdf(document) == pdf(document)


def test_names_are_words_in_html_too():
    named = replace(samples.every()["letter"], blocks=(Heading("<b>x</b>"), Text("<script>1</script>")))
    assert "<b>x" not in as_html(named) and "<script>" not in as_html(named)


TRICKS = [
    '#read("/etc/passwd")', "#include \"../secret.typ\"", '#image("http://169.254.169.254/x.png")', "#sys.inputs", '@preview/x:1.0.0',
    '#import "@preview/tablex:0.0.8"', "$ x $", "<label>", "= heading", "\\u{41}", "*bold*", "`raw`", "#eval(\"1+1\")", "#panic()",
]  # fmt: skip


def test_words_that_look_like_markup_stay_words(monkeypatch):
    """Deny by construction: the words come as data; the folder's own files name nothing outside it."""
    source = (typeset._folder() / "house.typ").read_text()
    assert not any(word in source for word in ("#import", "#include", "eval(", "read(", "http", "plugin(")), source
    for trick in TRICKS:
        document = replace(samples.every()["letter"], blocks=(Heading("x"), Text(trick)), reference=trick)
        content = pdf(document)
        assert pages_text(content).count("".join(trick.split())) >= 1, trick


def pages_text(content):
    """The words by the fonts' own tables, spaces left out."""
    words = []
    with pikepdf.open(BytesIO(content)) as opened:
        for page in opened.pages:
            tables = {name: to_unicode(font) for name, font in page.Resources.Font.items()}
            table = {}
            for instruction in pikepdf.parse_content_stream(page):
                operator = str(instruction.operator)
                if operator == "Tf":
                    table = tables[str(instruction.operands[0])]
                elif operator in ("Tj", "TJ"):
                    operands = instruction.operands[0]
                    for piece in operands if operator == "TJ" else [operands]:
                        if isinstance(piece, pikepdf.String):
                            raw = bytes(piece)
                            words += [table.get(raw[i : i + 2], "") for i in range(0, len(raw), 2)]
    return "".join("".join(words).split())


def to_unicode(font):
    table, lines = {}, font.ToUnicode.read_bytes().decode().splitlines()
    for line in lines:
        parts = line.replace("<", " ").replace(">", " ").split()
        if len(parts) == 2 and all(set(p) <= set("0123456789abcdefABCDEF") for p in parts) and len(parts[0]) == 4:
            table[bytes.fromhex(parts[0])] = bytes.fromhex(parts[1]).decode("utf-16-be")
    return table


def test_a_letter_without_a_font_is_refused_in_words():
    document = replace(samples.every()["letter"], blocks=(Heading("x"), Text("\U00012000")))
    with pytest.raises(BadDocument, match="no font"):
        pdf(document)


def test_a_document_too_large_is_refused():
    document = replace(
        samples.every()["letter"], blocks=(Heading("x"), *(Text(f"{n} words " * 20) for n in range(3000)))
    )
    with pytest.raises(BadDocument, match="100 kB"):
        pdf(document)
    with pytest.raises(BadDocument, match="nothing"):
        pdf_of([], title="", author="")


def test_terms_that_do_not_add_up_are_no_agreement():
    for kind, parts in (
        ("instalments", [(samples.DUE, 100)]),
        ("settlement", [(samples.DUE, 128461)]),
        ("extension", []),
    ):
        with pytest.raises(NotWhole):
            agreement(
                samples.head(), kind=kind, debts=[("INV-2041", 128460)], parts=parts, currency="GBP", agreed_on=samples.ON, consents=None
            )  # fmt: skip


def test_a_batch_for_the_printer_is_one_tagged_file_with_a_list():
    documents = [*samples.every("de-DE").values(), replace(samples.every()["letter"], reference="=1+1")]
    batch = print_batch(documents, name="Letters of 25 November 2026")
    rows = list(csv.DictReader(StringIO(batch.manifest.decode())))
    with pikepdf.open(BytesIO(batch.content)) as opened:
        assert len(opened.pages) == batch.pages and bool(opened.Root.MarkInfo.Marked)
    assert len(rows) == len(documents) == batch.letters
    page = 1
    for row in rows:
        assert int(row["first_page"]) == page
        page += int(row["pages"])
    assert page - 1 == batch.pages
    assert not rows[-1]["reference"].startswith("=")


def test_text_and_html_say_the_same_as_the_pages():
    for document in samples.every().values():
        text = as_text(document)
        assert document.to.name in text
        assert isinstance(document, Document) and as_html(document).count("<h1") == 1
