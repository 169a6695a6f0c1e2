"""Small files of invoices for the import tests."""

from __future__ import annotations

HEAD = "Customer no,Customer,E-mail,Invoice,Type,Date,Due date,Amount,Open,Paid on,Currency\n"


def line(
    invoice: str,
    amount: str = "100.00",
    open_: str | None = None,
    *,
    customer: str = "C1",
    kind: str = "Invoice",
    issued: str = "2026-01-05",
    due: str = "2026-02-04",
    paid_on: str = "",
    currency: str = "GBP",
    email: str | None = None,
) -> str:
    """One row; `open_` is the amount where it is left out."""
    address = f"{customer.lower()}@shop.example" if email is None else email
    left = amount if open_ is None else open_
    return f"{customer},Customer {customer},{address},{invoice},{kind},{issued},{due},{amount},{left},{paid_on},{currency}\n"


def table(*lines: str) -> bytes:
    return (HEAD + "".join(lines)).encode()


def many(rows: int) -> bytes:
    """Invoices of rows / 4 customers: most are open, some settled, some part paid, some credits."""
    lines = []
    for n in range(rows):
        customer = f"K{n % max(rows // 4, 1):04}"
        if n % 11 == 5:
            lines.append(line(f"CN-{n:05}", f"-{n + 1}.00", customer=customer, kind="Credit note"))
        elif n % 7 == 3:
            lines.append(line(f"I-{n:05}", f"{n + 10}.00", "0.00", customer=customer, paid_on="2026-02-01"))
        elif n % 5 == 2:
            lines.append(line(f"I-{n:05}", f"{n + 10}.00", f"{n + 3}.00", customer=customer))
        else:
            lines.append(line(f"I-{n:05}", f"{n + 10}.00", customer=customer))
    return table(*lines)
