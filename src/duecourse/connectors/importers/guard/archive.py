"""A workbook is a zip: counted, unpacked against the caps and looked through before a reader sees it."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Iterator
from functools import partial
from typing import BinaryIO

from duecourse.connectors.importers.guard.caps import MEGABYTE, Caps
from duecourse.connectors.importers.guard.markup import MarkupCheck
from duecourse.connectors.importers.guard.strings import spread
from duecourse.connectors.importers.problems import Unreadable
from duecourse.connectors.importers.source import Source

_CHUNK = 1 << 20
_END = struct.Struct("<4s4H2LH")
_PACKED = (
    b"PK\x03\x04",
    b"\x1f\x8b",
    b"BZh",
    b"\xfd7zXZ",
    b"7z\xbc\xaf",
    b"Rar!",
    b"\x28\xb5\x2f\xfd",
    b"\xd0\xcf\x11\xe0",
)
_TAIL = 22 + 65_535
_CUT = "The workbook is cut off or damaged."
_AGAIN = "Save it again in your spreadsheet program and import the new file."
_BOMB = "This is no ordinary workbook. Save the sheet as CSV and import that."


def check_archive(source: Source, caps: Caps) -> None:
    """Refuse what is no XLSX, and what would unpack to more than the caps allow. Raises Unreadable.

    The sizes written in a zip may lie, so every member is really unpacked here, a mebibyte at a time, and dropped.
    """
    with source.open() as handle:
        _check_directory(handle, source.size, caps)
        try:
            with zipfile.ZipFile(handle) as archive:
                members = archive.infolist()
        except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError, struct.error) as error:
            raise Unreadable(_CUT, mend=_AGAIN) from error
        _check_names(members)
        _check_declared(members, source.size, caps)
        total = longest = string_cells = 0
        for member in members:
            size, check = _check_member(handle, member, caps)
            total += size
            longest, string_cells = max(longest, check.longest_string), string_cells + check.string_cells
            if total > caps.unpacked:
                raise _too_large(caps)
        if longest * string_cells > caps.unpacked:
            _check_strings(handle, members, caps)


def _check_strings(handle: BinaryIO, members: list[zipfile.ZipInfo], caps: Caps) -> None:
    table = [chunk for m in members if m.filename.endswith("haredStrings.xml") for chunk in _unpack(handle, m)]
    sheets = [partial(_unpack, handle, m) for m in members if m.filename.endswith(".xml")]
    if spread(table, sheets) > caps.unpacked:
        raise Unreadable("The same long text stands in too many cells.", mend="Save the sheet as CSV and import that.")


def _check_directory(handle: BinaryIO, size: int, caps: Caps) -> None:
    """Count the members from the end record: a directory of a million entries is not even listed."""
    handle.seek(max(0, size - _TAIL))
    tail = handle.read(_TAIL)
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) - at < _END.size:
        raise Unreadable(_CUT, mend=_AGAIN)
    _, _, _, _, count, length, _, _ = _END.unpack_from(tail, at)
    if count > caps.members or length > caps.members * 1_024:
        raise Unreadable(f"The workbook has more than {caps.members:,} parts.", mend=_BOMB)


def _check_names(members: list[zipfile.ZipInfo]) -> None:
    names = {member.filename for member in members}
    if "[Content_Types].xml" not in names or not any(name.startswith("xl/") for name in names):
        raise Unreadable("The file is a zip archive, not a workbook.", mend="Unpack it and import the file inside.")
    if len(names) != len(members):
        raise Unreadable("Two parts of the workbook have the same name.", mend=_AGAIN)


def _check_declared(members: list[zipfile.ZipInfo], size: int, caps: Caps) -> None:
    if any(member.flag_bits & 0x1 for member in members):
        raise Unreadable("The workbook has a password.", mend="Save it without one.")
    if any(member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for member in members):
        raise Unreadable("The workbook is packed in an unusual way.", mend=_AGAIN)
    if any(member.header_offset < 0 for member in members):
        raise Unreadable(_CUT, mend=_AGAIN)
    if sum(member.compress_size for member in members) > size:
        raise Unreadable("Parts of the workbook overlap.", mend=_BOMB)
    if sum(member.file_size for member in members) > caps.unpacked:
        raise _too_large(caps)
    for member in members:
        _check_ratio(member.file_size, member.compress_size, caps)


def _check_ratio(unpacked: int, packed: int, caps: Caps) -> None:
    if unpacked > MEGABYTE and unpacked > caps.ratio * max(packed, 1):
        raise Unreadable(f"A part of the workbook unpacks to more than {caps.ratio} times its size.", mend=_BOMB)


def _check_member(handle: BinaryIO, member: zipfile.ZipInfo, caps: Caps) -> tuple[int, MarkupCheck]:
    """Unpack one member, look at it, and return its true size with what was counted."""
    size, crc = 0, 0
    check, is_markup = MarkupCheck(caps), False
    for chunk in _unpack(handle, member):
        if size == 0:
            if chunk.startswith(_PACKED):
                raise Unreadable(
                    "Another file is packed inside the workbook.",
                    mend="Remove embedded files and macros, and save again.",
                )
            if chunk.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n\x00").startswith(b"<"):
                is_markup = True
        size += len(chunk)
        crc = zlib.crc32(chunk, crc)
        if size > caps.unpacked:
            raise _too_large(caps)
        _check_ratio(size, member.compress_size, caps)
        if is_markup:
            check.feed(chunk)
    if size != member.file_size or crc != member.CRC:
        raise Unreadable(_CUT, mend=_AGAIN)
    check.close()
    return size, check


def _unpack(handle: BinaryIO, member: zipfile.ZipInfo) -> Iterator[bytes]:
    """The bytes that are really there, in chunks, whatever size the directory claims."""
    handle.seek(member.header_offset)
    header = handle.read(30)
    if len(header) < 30 or not header.startswith(b"PK\x03\x04"):
        raise Unreadable(_CUT, mend=_AGAIN)
    names, extra = struct.unpack_from("<2H", header, 26)
    handle.seek(names + extra, 1)
    left = member.compress_size
    if member.compress_type == zipfile.ZIP_STORED:
        while left > 0 and (chunk := handle.read(min(_CHUNK, left))):
            left -= len(chunk)
            yield chunk
        return
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    while left > 0 and (packed := handle.read(min(_CHUNK, left))):
        left -= len(packed)
        while packed and not inflater.eof:
            try:
                chunk = inflater.decompress(packed, _CHUNK)
            except zlib.error as error:
                raise Unreadable(_CUT, mend=_AGAIN) from error
            packed = inflater.unconsumed_tail
            if chunk:
                yield chunk
    if rest := inflater.flush():
        yield rest


def _too_large(caps: Caps) -> Unreadable:
    return Unreadable(
        f"The workbook unpacks to more than {caps.unpacked // MEGABYTE:,} MB.",
        mend="Split it, or save the sheet as CSV.",
    )
