"""The canonical fields of an invoice row, and what values of each look like."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Field:
    """`shape` names the evidence that values give; `veto`: words in a header that rule the field out."""

    name: str
    shape: str
    matters: bool = False
    veto: frozenset[str] = frozenset()


_NOT_TOTAL = frozenset(
    "tax vat gst iva tva mwst ust steuer discount rabatt remise descuento fee fees interest net netto ht paid bezahlt paye pagado due open"
    " offen balance saldo solde pendiente limit credit credited line item unit freight shipping freight late penalty exchange rate"
    " outstanding remaining tip budget days percent excl ex untaxed neto base year ytd count applied".split()
)
_NOT_ISSUED = frozenset(
    "due paid payment settled birth planned expected promised delivery modified updated start end falligkeit clearing".split()
)

FIELDS: tuple[Field, ...] = (
    Field(
        "invoice_ref",
        "reference",
        True,
        frozenset(
            "external tax vat date amount type status total phone customer client po purchase order line account".split()
        ),
    ),
    Field(
        "customer_ref",
        "code",
        True,
        frozenset("bank iban gl ledger invoice tax vat date payment sales salesperson".split()),
    ),
    Field(
        "customer_name",
        "name",
        True,
        frozenset(
            "number no id code account ref bank item product sales salesperson agent project file user owner email creditor".split()
        ),
    ),
    Field("first_name", "name", False, frozenset("salesperson slsmn agent sales".split())),
    Field("last_name", "name", False, frozenset("co salesperson slsmn agent sales".split())),
    Field("customer_kind", "kind"),
    Field("email", "email", True, frozenset("sent status opt salesperson agent".split())),
    Field("phone", "phone", True, frozenset("fax sales salesperson".split())),
    Field("address_1", "text", False, frozenset("email mail ip web shipping ship delivery sa".split())),
    Field("address_2", "text", False, frozenset("email mail shipping ship delivery sa".split())),
    Field("address_3", "text", False, frozenset("email mail shipping ship delivery sa".split())),
    Field("address_4", "text", False, frozenset("email mail shipping ship delivery sa".split())),
    Field("city", "name", False, frozenset("shipping ship delivery sa".split())),
    Field("region", "text", False, frozenset("shipping ship delivery sa".split())),
    Field("postal_code", "text", False, frozenset("shipping ship delivery sa".split())),
    Field("country", "country", True, frozenset("shipping ship delivery sa".split())),
    Field("description", "text", False, frozenset("email mail tax account".split())),
    Field("issued_date", "date", True, _NOT_ISSUED),
    Field("due_date", "date", True, frozenset("amount balance discount days total".split())),
    Field("terms", "terms", True, frozenset("discount percent charge".split())),
    Field("terms_basis", "text"),
    Field("currency", "currency", True, frozenset("rate exchange amount base".split())),
    Field("amount", "money", True, _NOT_TOTAL),
    Field("net_amount", "money", False, frozenset("line item unit paid tax".split())),
    Field("tax_amount", "money", False, frozenset("line item unit freight".split())),
    Field("open_amount", "money", True, frozenset("date days".split())),
    Field("paid_amount", "money", True, frozenset("date days".split())),
    Field("credited_amount", "money"),
    Field("settled_date", "date", True, frozenset("due expected planned".split())),
    Field("status", "status", True, frozenset("delivery email sent tax".split())),
    Field("document_type", "document"),
    Field("purchase_order", "text", False, frozenset("date amount total status".split())),
    Field("language", "language"),
    Field("timezone", "timezone"),
    Field("line_amount", "money"),
    Field("line_tax", "money"),
    Field("quantity", "number"),
    Field("unit_amount", "money"),
    Field("discount_percent", "number"),
    Field("tax_included", "text"),
    Field("tax_code", "text"),
    Field("freight", "money"),
    Field("freight_tax", "money"),
)

BY_NAME: dict[str, Field] = {field.name: field for field in FIELDS}
DATES = ("issued_date", "due_date", "settled_date")
MONEY = tuple(field.name for field in FIELDS if field.shape == "money")
TEXTS = tuple(f.name for f in FIELDS if f.name not in (*DATES, *MONEY, "quantity", "discount_percent", "currency"))
