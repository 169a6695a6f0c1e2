"""A corpus of files that must be refused: packed to burst, without end, nested, damaged, or something else entirely."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

TYPES = '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
WORKBOOK = (
    '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.'
    'org/officeDocument/2006/relationships"><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>'
)
RELS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type='
    '"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/>'
    "</Relationships>"
)
ROOT = RELS.replace("worksheet", "officeDocument").replace("officeDocuments/sheet1", "xl/workbook")
SHEET = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{}</sheetData></worksheet>'
)
MB = 1_000_000


def workbook(
    *rows: str, extra: dict[str, bytes] | None = None, sheet: bytes | None = None, stored: bool = False
) -> bytes:
    """A small workbook; `sheet` replaces the sheet's XML, `extra` adds members."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", TYPES)
        archive.writestr("_rels/.rels", ROOT)
        archive.writestr("xl/workbook.xml", WORKBOOK)
        archive.writestr("xl/_rels/workbook.xml.rels", RELS)
        archive.writestr("xl/worksheets/sheet1.xml", sheet if sheet is not None else SHEET.format("".join(rows)))
        for name, content in (extra or {}).items():
            archive.writestr(name, content)
    return out.getvalue()


def cell(ref: str, text: str) -> str:
    return f'<c r="{ref}" t="inlineStr"><is><t>{text}</t></is></c>'


HEAD = '<row r="1">' + "".join(
    cell(f"{c}1", t) for c, t in zip("ABCDE", ("Customer", "Invoice", "Date", "Due date", "Amount"), strict=True)
) + "</row>"  # fmt: skip
ROW = '<row r="2">' + "".join(
    cell(f"{c}2", t) for c, t in zip("ABCDE", ("Ann", "1", "2026-01-05", "2026-02-04", "10.00"), strict=True)
) + "</row>"  # fmt: skip
GOOD = workbook(HEAD, ROW)
TABLE = b"Customer,Invoice,Date,Due date,Amount\r\nAnn,1,2026-01-05,2026-02-04,10.00\r\n"


def corpus() -> Iterator[tuple[str, bytes]]:
    """Name and content; files too large to hold in memory are made by `large_files`."""
    yield from _workbooks()
    yield from _zips()
    yield from _texts()
    yield from _others()


def _workbooks() -> Iterator[tuple[str, bytes]]:
    yield "sheet_of_spaces.xlsx", workbook(sheet=b"<worksheet>" + b" " * (30 * MB) + b"</worksheet>")
    yield "huge_media.xlsx", workbook(HEAD, ROW, extra={"xl/media/a.bin": b"\0" * (20 * MB)})
    yield "many_members_of_zeros.xlsx", workbook(HEAD, ROW, extra={f"xl/m{i}": b"\0" * 900_000 for i in range(300)})
    yield "too_many_members.xlsx", workbook(HEAD, ROW, extra={f"xl/m{i}": b"" for i in range(1_001)})
    yield "far_cell.xlsx", workbook(HEAD, ROW, '<row r="1048576">' + cell("XFD1048576", "x") + "</row>")
    yield (
        "far_column_far_row.xlsx",
        workbook(
            HEAD,
            '<row r="2">' + cell("XFD2", "x") + "</row>",
            '<row r="900000"/>',
            '<row r="900000">' + cell("A900000", "x") + "</row>",
        ),
    )
    yield "sparse_column.xlsx", workbook(HEAD, *(f'<row r="{i}">{cell(f"ZZ{i}", "x")}</row>' for i in (2, 1_000_000)))
    yield "row_beyond_excel.xlsx", workbook(HEAD, '<row r="2">' + cell("A99999999", "x") + "</row>")
    yield (
        "hidden_far_cell_in_first_row.xlsx",
        workbook('<row r="1">' + cell("A1", "x") + cell("XFD1048576", "x") + "</row>"),
    )
    yield "laughing_entities.xlsx", workbook(sheet=_laughs() + SHEET.format("<row><c><v>&i;</v></c></row>").encode())
    yield (
        "quadratic_entities.xlsx",
        workbook(sheet=b'<!DOCTYPE w [<!ENTITY a "' + b"a" * 200_000 + b'">]><w>' + b"&a;" * 50_000 + b"</w>"),
    )
    yield "external_entity.xlsx", workbook(sheet=b'<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]><w>&x;</w>')
    yield "entities_in_shared_strings.xlsx", workbook(HEAD, ROW, extra={"xl/sharedStrings.xml": _laughs() + b"<sst/>"})
    yield (
        "entities_in_rels.xlsx",
        workbook(HEAD, ROW, extra={"xl/worksheets/_rels/sheet1.xml.rels": _laughs() + b"<R/>"}),
    )
    yield (
        "sheet_in_utf16.xlsx",
        workbook(sheet=('<?xml version="1.0" encoding="UTF-16"?>' + SHEET.format(HEAD)).encode("utf-16")),
    )
    yield "deep.xlsx", workbook(sheet=_mixed(b"<a>", 400_000) + b"</a>" * 10)
    yield "deep_styles.xlsx", workbook(HEAD, ROW, extra={"xl/styles.xml": _mixed(b"<b>", 300_000)})
    yield "huge_cell.xlsx", workbook(HEAD, '<row r="2">' + cell("A2", _noise_text(3 * MB)) + "</row>")
    yield (
        "huge_shared_string.xlsx",
        workbook(
            HEAD, ROW, extra={"xl/sharedStrings.xml": f"<sst><si><t>{_noise_text(2 * MB)}</t></si></sst>".encode()}
        ),
    )
    yield "one_string_in_every_cell.xlsx", _one_string(100_000)
    yield "workbook_in_workbook.xlsx", workbook(HEAD, ROW, extra={"xl/embeddings/book.xlsx": GOOD})
    yield "gzip_in_workbook.xlsx", workbook(HEAD, ROW, extra={"xl/embeddings/a.gz": gzip.compress(b"\0" * MB)})
    yield "nested_five_times.xlsx", _nest(GOOD, 5)
    yield (
        "old_office_inside.xlsx",
        workbook(HEAD, ROW, extra={"xl/vbaProject.bin": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600}),
    )


def _zips() -> Iterator[tuple[str, bytes]]:
    yield "plain.zip", _zip({"invoices.csv": TABLE})
    yield "zeros.zip", _zip({"a": b"\0" * (20 * MB)})
    yield "empty.zip", b"PK\x05\x06" + b"\0" * 18
    yield "cut_off.xlsx", GOOD[: len(GOOD) // 2]
    yield "cut_off_by_a_byte.xlsx", GOOD[:-1]
    yield "one_byte_wrong.xlsx", _flip(GOOD)
    yield "lying_size.xlsx", _lie(workbook(sheet=b"<worksheet>" + b" " * (30 * MB) + b"</worksheet>"))
    yield "overlapping.xlsx", _overlap()
    yield "directory_of_a_million.xlsx", _fake_directory()
    yield "encrypted_flag.xlsx", _encrypted(GOOD)
    yield "bzip2_members.xlsx", _method(zipfile.ZIP_BZIP2)
    yield "lzma_members.xlsx", _method(zipfile.ZIP_LZMA)
    yield "double_name.xlsx", _double()


def _texts() -> Iterator[tuple[str, bytes]]:
    yield "endless_line.csv", b"Customer,Invoice\r\n" + b"a" * (20 * MB)
    yield "endless_quoted_cell.csv", TABLE + b'"' + b"x" * (10 * MB) + b'",1\r\n'
    yield "header_without_end.csv", b"a," * (5 * MB)
    yield "zeros.csv", b"\0" * MB
    yield "noise.csv", _noise(MB)
    yield "controls.csv", TABLE + b"\x01\x02\x03\x04" * 5_000
    yield "empty.csv", b""
    yield "spaces.csv", b"   \r\n \r\n"
    yield "header_only.csv", TABLE.split(b"\r\n")[0] + b"\r\n"
    yield "one_column.csv", b"Invoice\r\n1\r\n2\r\n"
    yield "no_header.csv", b"Ann,1,2026-01-05,10.00\r\nBen,2,2026-01-06,11.00\r\n"
    yield "cut_off_letter.csv", TABLE + "Café Müller Größe,2,2026-01-05,2026-02-04,1\r\nZoé".encode()[:-1]
    yield "mixed_encodings.csv", TABLE + "Café Bär Größe\r\n".encode() * 20 + "Müller,1\r\n".encode("cp1252")
    yield "odd_utf16.csv", TABLE.decode().encode("utf-16") + b"\x00"


def _others() -> Iterator[tuple[str, bytes]]:
    yield "table.csv.gz", gzip.compress(TABLE)
    yield "zeros.gz", gzip.compress(b"\0" * (20 * MB), 9)
    yield "table.bz2", bz2.compress(TABLE)
    yield "table.xz", lzma.compress(TABLE)
    yield "laughs.xml", _laughs() + b"<a>&i;</a>"
    yield "deep.json", b"[" * 200_000 + b"]" * 200_000
    yield "deep_object.json", b'{"a":' * 100_000
    yield "page.html", b"<html><table><tr><td>1</td></tr></table></html>"
    yield "old.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 4_096
    yield "report.pdf", b"%PDF-1.7\n" + _noise(4_096)
    yield "archive.7z", b"7z\xbc\xaf\x27\x1c" + _noise(4_096)


def large_files(folder: Path) -> Iterator[Path]:
    """Two gigabytes that take no room on disk: as text, as zip and as workbook."""
    for name, head in (("two_gb.csv", TABLE), ("two_gb.zip", b"PK\x03\x04"), ("two_gb.xlsx", GOOD)):
        path = folder / name
        with path.open("wb") as handle:
            handle.write(head)
            handle.truncate(2_000_000_000)
        yield path


def _noise(size: int) -> bytes:
    """The same bytes on every run, and no compression finds a pattern in them."""
    block, out = b"seed", bytearray()
    while len(out) < size:
        block = zlib.compress(block + struct.pack("<I", zlib.crc32(block)))[-64:] + struct.pack("<I", zlib.crc32(block))
        block = bytes((b * 167 + i * 13 + len(out)) & 255 for i, b in enumerate(block))
        out += block
    return bytes(out[:size])


def _noise_text(size: int) -> str:
    unit = _noise(60_000).hex()
    return (unit * (size // len(unit) + 1))[:size]


def _mixed(tag: bytes, times: int) -> bytes:
    """Deep nesting that does not compress beyond the ratio."""
    noise = _noise(4_000).hex()
    return b"".join(tag[:-1] + f' x="{noise[i % 7_900 : i % 7_900 + 12]}"'.encode() + b">" for i in range(times))


def _one_string(times: int) -> bytes:
    """Three gigabytes of text from a string of 32,000 letters; noise beside it keeps the ratio low."""
    noise = _noise(60_000).hex()
    cells = "".join(
        f'<row r="{i}" x="{noise[i % 90_000 : i % 90_000 + 16]}"><c r="A{i}" t="s"><v>0</v></c></row>'
        for i in range(1, times)
    )
    strings = f"<sst><si><t>{'Customer ' * 3_500}</t></si></sst>".encode()
    return workbook(sheet=SHEET.format(cells).encode(), extra={"xl/sharedStrings.xml": strings})


def _laughs() -> bytes:
    lines = [b'<!DOCTYPE l [<!ENTITY a "ha">']
    for new, old in zip("bcdefghi", "abcdefgh", strict=True):
        lines.append(f'<!ENTITY {new} "{f"&{old};" * 10}">'.encode())
    return b'<?xml version="1.0"?>' + b"\n".join(lines) + b"]>"


def _zip(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def _nest(inner: bytes, times: int) -> bytes:
    for level in range(times):
        inner = workbook(HEAD, ROW, extra={f"xl/embeddings/{level}.xlsx": inner}, stored=True)
    return inner


def _flip(content: bytes) -> bytes:
    at = content.index(b"PK\x03\x04", 200) - 40
    return content[:at] + bytes([content[at] ^ 0xFF]) + content[at + 1 :]


def _lie(content: bytes) -> bytes:
    """The directory and the local header say that the sheet has a kilobyte."""
    true = struct.pack("<L", 30 * MB + len(b"<worksheet></worksheet>"))
    return content.replace(true, struct.pack("<L", 1_000))


def _overlap() -> bytes:
    """Many directory entries that all point to one member."""
    content = workbook(HEAD, ROW, extra={"xl/a.bin": _noise(200_000)})
    start = content.index(b"PK\x01\x02")
    end = content.index(b"PK\x05\x06")
    entry_at = content.rindex(b"PK\x01\x02")
    entry = content[entry_at:end]
    entries = content[start:end] + b"".join(entry.replace(b"xl/a.bin", f"xl/{i:03}bi".encode()[:8]) for i in range(200))
    count = 6 + 200
    tail = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, count, count, len(entries), start, 0)
    return content[:start] + entries + tail


def _fake_directory() -> bytes:
    entry = struct.pack("<4s6H3L5H2L", b"PK\x01\x02", 20, 20, 0, 8, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0) + b"a"
    entries = entry * 400_000
    head = b"PK\x03\x04" + b"\0" * 26
    return head + entries + struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 60_000, 60_000, len(entries), len(head), 0)


def _encrypted(content: bytes) -> bytes:
    out = bytearray(content)
    at = out.find(b"PK\x01\x02")
    while at >= 0:
        out[at + 8] |= 1
        at = out.find(b"PK\x01\x02", at + 4)
    return bytes(out)


def _method(method: int) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        archive.writestr("[Content_Types].xml", TYPES)
        archive.writestr("xl/workbook.xml", WORKBOOK)
    return out.getvalue()


def _double() -> bytes:
    content = workbook(HEAD, ROW, extra={"xl/worksheets/sheet2.xml": b"<worksheet/>"})
    return content.replace(b"xl/worksheets/sheet2.xml", b"xl/worksheets/sheet1.xml")
