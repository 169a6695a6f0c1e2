"""The sandbox's hosted page: what a payer sees. Plain HTML in the product's look; it never asks for card data."""

from __future__ import annotations

from decimal import Decimal
from html import escape
from urllib.parse import urlsplit

from babel.numbers import format_currency, get_currency_precision

from duecourse.connectors.gateways.sandbox.payments import Json

_FRAME = """<!doctype html>
<html lang="en-GB" dir="ltr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>{title} · Sandbox</title>
<link rel="stylesheet" href="/sandbox.css">
</head>
<body>
<header class="banner"><p><b>Sandbox.</b> This is a test page. No money moves here.</p></header>
<div class="letter">
<main>
{main}
</main>
</div>
</body>
</html>
"""
_ASK = """<h1>Pay {payee}</h1>
<p class="owed"><data class="amount" value="{value}">{amount}</data></p>
<p>You chose to pay this amount to {payee}. Reference: <span class="ref">{reference}</span></p>
<form method="post">
<button class="btn btn--act" name="choice" value="pay">Pay (test)</button>
<button class="btn" name="choice" value="decline">Decline</button>
<button class="btn btn--quiet" name="choice" value="leave">Leave</button>
</form>
<section>
<h2>What each button does</h2>
<ul>
<li>“Pay (test)” acts as if your bank said yes.</li>
<li>“Decline” acts as if your bank said no.</li>
<li>“Leave” takes you back. Nothing has been paid, and you can come back.</li>
</ul>
<p>Please do not type card details anywhere here. This page never asks for them.</p>
</section>"""
_DONE = """<h1>{title}</h1>
<p>{words}</p>
<p><a class="btn btn--act" href="{back}">Back to {payee}</a></p>"""
_SETTLED = {
    "succeeded": ("This test payment is done", "You do not need to do anything more."),
    "failed": ("This test payment was not made", "Nothing was paid. You can go back and try again."),
}


def shown(payment: Json) -> str:
    """The page of a payment: a choice while it is open, and how it ended after that."""
    payee = escape(payment["payee"])
    if payment["state"] in _SETTLED:
        title, words = _SETTLED[payment["state"]]
        main = _DONE.format(title=title, words=words, back=escape(payment["return_url"]), payee=payee)
        return _FRAME.format(title=title, main=main)
    amount = Decimal(payment["amount_minor"]).scaleb(-get_currency_precision(payment["currency"]))
    main = _ASK.format(
        payee=payee,
        value=f"{payment['currency']} {amount}",
        amount=escape(format_currency(amount, payment["currency"], locale="en_GB")),
        reference=escape(payment["reference"]),
    )
    return _FRAME.format(title=f"Pay {payee}", main=main)


def problem() -> str:
    """The page for an address that leads nowhere."""
    words = "Please go back to the message or page that brought you here, and start again. Nothing was paid."
    title = "We cannot find this payment"
    return _FRAME.format(title=title, main=f"<h1>{title}</h1>\n<p>{words}</p>")


def policy(return_url: str) -> str:
    """The Content-Security-Policy: no script, our own stylesheet, and a form that may lead back to the creditor."""
    back = urlsplit(return_url)
    allowed = f" {back.scheme}://{back.netloc}" if back.netloc else ""
    return f"default-src 'none'; style-src 'self'; form-action 'self'{allowed}; base-uri 'none'; frame-ancestors 'none'"
