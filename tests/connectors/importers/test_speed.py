"""A hundred thousand rows parse in five seconds of processor time."""

from __future__ import annotations

import time
from pathlib import Path

from duecourse.connectors.importers.invoices import parse
from duecourse.connectors.importers.source import Source

ROWS, SECONDS = 100_000, 5.0


def big_file(path: Path, rows: int = ROWS) -> Path:
    """Invoices of 20,000 customers, one in seven of them settled; the same on every call."""
    with path.open("w") as out:
        out.write("Customer no,Customer,E-mail,Phone,Country,Invoice,Date,Due date,Amount,Open,Paid on,Currency\n")
        for n in range(rows):
            c, day = n % 20_000, n % 28 + 1
            paid = f"{day:02}/03/2026" if n % 7 == 0 else ""
            amount = f"{n % 5_000 + 10:,}.{n % 100:02}"
            out.write(
                f"{c:06},Customer {c},ap{c}@shop.example,+44 20 {c:08},GB,INV-{n:07},{day:02}/01/2026,"
                f'{day:02}/02/2026,"{amount}",{"0.00" if paid else chr(34) + amount + chr(34)},{paid},GBP\n'
            )
    return path


def test_a_hundred_thousand_rows(tmp_path: Path) -> None:
    source = Source.of(big_file(tmp_path / "big.csv"))
    start = time.process_time()
    parsed = parse(source)
    took = time.process_time() - start
    assert (parsed.rows.height, parsed.refused.height) == (ROWS, 0)
    assert took <= SECONDS, f"{took:.1f} s"
