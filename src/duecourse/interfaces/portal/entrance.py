"""The entrance of the portal: a link opens one account; a second fact opens its details for an hour."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import wraps

from django.core import signing
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.cache import add_never_cache_headers

from duecourse.actions.pay_link import BadLink, Opened, open_link
from duecourse.interfaces.forgiving.codes import bare
from duecourse.interfaces.portal.language import speak
from duecourse.interfaces.portal.pages.closed import closed
from duecourse.interfaces.portal.sender import Sender, sender_of
from duecourse.records.reads.portal import Account, account
from duecourse.records.tenancy import scope

SEEN = "seen"
SEEN_FOR = timedelta(hours=1)
MOST_TRIES = 10
"""Wrong second facts per link and hour, in each process; a stranger cannot lock the link itself."""

_signer = signing.Signer(salt="duecourse.seen", sep=".")


@dataclass(frozen=True, slots=True)
class Visit:
    """A request that came through a link. `known` says that the second fact was given."""

    request: HttpRequest
    token: str
    opened: Opened
    account: Account
    known: bool

    @property
    def sender(self) -> Sender:
        return sender_of(self.account)


Page = Callable[[Visit], HttpResponse]


def enter(request: HttpRequest, token: str) -> Visit | HttpResponse:
    """The visit that a link opens, or the page that says why it does not. Its transaction has ended."""
    try:
        opened = open_link(token, now=request.now)
    except BadLink as bad:
        return closed(request, token, bad.kind)
    with scope([opened.creditor_id]):
        found = account(opened.shard, opened.customer_id, now=request.now)
    speak(request, found.customer.language)
    return Visit(request, token, opened, found, _is_known(request, opened))


def through_link(page: Page) -> Callable[..., HttpResponse]:
    """A view: opens the link, sees only its creditor's rows, and is never kept in a cache."""

    @wraps(page)
    def view(request: HttpRequest, token: str) -> HttpResponse:
        visit = enter(request, token)
        if isinstance(visit, HttpResponse):
            response = visit
        else:
            with scope([visit.opened.creditor_id]):
                response = page(visit)
        add_never_cache_headers(response)
        return response

    view.own_scope = True  # type: ignore[attr-defined]
    return view


def enter_with(page: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A view like `through_link`, for an address that names more than the link: its numbers are handed to the page."""

    @wraps(page)
    def view(request: HttpRequest, token: str, *names: int | str, **named: int | str) -> HttpResponse:
        return through_link(lambda visit: page(visit, *names, **named))(request, token)

    view.own_scope = True  # type: ignore[attr-defined]
    return view


def outside_scope(page: Page) -> Callable[..., HttpResponse]:
    """A view like `through_link`, for a page that calls a gateway: it runs in no transaction."""

    @wraps(page)
    def view(request: HttpRequest, token: str) -> HttpResponse:
        visit = enter(request, token)
        response = visit if isinstance(visit, HttpResponse) else page(visit)
        add_never_cache_headers(response)
        return response

    view.own_scope = True  # type: ignore[attr-defined]
    return view


def with_second_fact(page: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Only after the second fact; else back to the first page."""

    @wraps(page)
    def checked(visit: Visit, *names: int | str, **named: int | str) -> HttpResponse:
        return page(visit, *names, **named) if visit.known else redirect("portal:link", visit.token)

    return checked


def knows(visit: Visit, said: str) -> bool:
    """Whether what was typed is the customer number, an open invoice's number, or the postcode on the account."""
    found = visit.account
    typed = bare(said)
    facts = {bare(found.customer.ref), *(bare(d.ref) for d in found.debts), *_postcodes(found.customer.address)}
    return len(typed) >= 3 and typed in facts


def may_try(visit: Visit) -> bool:
    """Counts a try; False once a link had too many within the hour."""
    key = f"tries:{visit.opened.link_id}"
    cache.add(key, 0, timeout=3600)
    return cache.incr(key) <= MOST_TRIES


def remember(visit: Visit, response: HttpResponse) -> HttpResponse:
    """Keep the details open for an hour, for this link and this browser."""
    until = int((visit.request.now + SEEN_FOR).timestamp())
    response.set_cookie(
        SEEN,
        _signer.sign(f"{visit.opened.link_id}-{until}"),
        max_age=SEEN_FOR,
        path=f"/p/{visit.token}/",
        secure=visit.request.is_secure(),
        httponly=True,
        samesite="Lax",
    )
    return response


def _is_known(request: HttpRequest, opened: Opened) -> bool:
    try:
        link_id, until = (int(part) for part in _signer.unsign(request.COOKIES.get(SEEN, "")).split("-"))
    except (signing.BadSignature, ValueError):
        return False
    return link_id == opened.link_id and until > request.now.timestamp()


def _postcodes(address: str) -> set[str]:
    """The last word, and the last two words, of each line that holds a figure: postcodes of most countries.

    >>> sorted(_postcodes("14 Tannery Row\\nLeeds LS2 7EW"))
    ['7EW', 'LEEDSLS27EW', 'LS27EW']
    """
    found: set[str] = set()
    for line in address.replace(",", "\n").splitlines()[1:] or address.splitlines():
        words = line.split()
        if any(c.isdigit() for c in line):
            found |= {bare(" ".join(words[-n:])) for n in (1, 2, 3) if len(words) >= n}
    return {f for f in found if any(c.isdigit() for c in f)}
