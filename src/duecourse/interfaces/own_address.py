"""Where a form says to go next, as far as that is here: nobody is sent to another site by our own link."""

from __future__ import annotations

from django.utils.http import url_has_allowed_host_and_scheme


def own_address(said: str) -> str:
    """The address where it is one of ours, else nothing.

    >>> own_address("/p/check/?reference=a"), own_address("//elsewhere.example/"), own_address("https://elsewhere.example/")
    ('/p/check/?reference=a', '', '')
    """
    return said if said.startswith("/") and url_has_allowed_host_and_scheme(said, allowed_hosts=None) else ""
