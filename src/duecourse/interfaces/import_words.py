"""Words of an import, the same on the command line and the desk: fields, causes of a refusal."""

from __future__ import annotations

CAUSES = {
    "amount": "amount not readable", "amount_changed": "amount differs from the book", "cells": "too many cells",
    "currency": "currency unknown or contradicted", "currency_changed": "currency differs from the book",
    "date": "date not readable", "decimals": "too many decimals", "due_before_issued": "due before issued",
    "formula": "failed formula", "long": "cell too long", "no_amount": "no amount", "no_customer": "no customer",
    "no_due_date": "no due date", "no_number": "no invoice number", "number_twice": "one number, different contents",
    "open_amount": "open amount does not fit", "other_customer": "number belongs to another customer",
    "other_row": "another row of the invoice was refused", "paid_but_open": "paid, yet something is open",
    "quotes": "quote marks do not fit",
}  # fmt: skip
"""Cause code → words."""

FIELDS = {
    "invoice_ref": "Invoice number", "customer_ref": "Customer number", "customer_name": "Customer", "first_name": "First name",
    "last_name": "Last name", "customer_kind": "Person or company", "email": "Email", "phone": "Phone, as text",
    "address_1": "Address, line 1", "address_2": "Address, line 2", "address_3": "Address, line 3", "address_4": "Address, line 4",
    "city": "Town", "region": "State or region", "postal_code": "Postcode", "country": "Country", "description": "What for",
    "issued_date": "Invoice date", "due_date": "Due date", "terms": "Days of credit", "terms_basis": "Credit counts from",
    "currency": "Currency", "amount": "Invoice total", "net_amount": "Total before tax", "tax_amount": "Tax",
    "open_amount": "Open amount", "paid_amount": "Paid so far", "credited_amount": "Credited so far", "settled_date": "Paid on",
    "status": "Status", "document_type": "Kind of document", "purchase_order": "Purchase order", "language": "Language",
    "timezone": "Time zone", "line_amount": "Line: amount", "line_tax": "Line: tax", "quantity": "Line: quantity",
    "unit_amount": "Line: unit price", "discount_percent": "Line: discount", "tax_included": "Tax is in the amounts",
    "tax_code": "Tax code", "freight": "Freight", "freight_tax": "Tax on freight",
}  # fmt: skip
"""Field → words."""
