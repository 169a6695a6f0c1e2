"""The first way in: a link that opens once, for the owner of this installation. Nobody is given a password."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import Final

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractUser
from django.db import connection, transaction

from duecourse.records.parties.models import SignInLink

LIFE: Final = timedelta(minutes=10)
SECRET_BYTES: Final = 24
"""192 random bits: nobody guesses a link, and its digest needs no salt."""
OWNER: Final = "owner@localhost"


def one_time_link(base_url: str, *, now: datetime) -> str:
    """A link for the owner's account, which is made where there is none. It opens once, within ten minutes."""
    secret = secrets.token_urlsafe(SECRET_BYTES)
    with transaction.atomic():
        SignInLink.objects.create(user=_owner(), digest=_digest(secret), created_at=now, expires_at=now + LIFE)
    return f"{base_url}/enter/{secret}/"


def person_of(secret: str, *, now: datetime) -> AbstractUser | None:
    """Whom the link lets in, or None where it is unknown, used or too old. Looking uses nothing up."""
    link = SignInLink.objects.filter(digest=_digest(secret), used_at__isnull=True, expires_at__gt=now)
    found = link.select_related("user").first()
    return found.user if found and found.user.is_active else None


def use(secret: str, *, now: datetime) -> AbstractUser | None:
    """Use the link up and say whom it lets in. Of many at once, one gets in."""
    person = person_of(secret, now=now)
    if person is None:
        return None
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE sign_in_link SET used_at = %s WHERE digest = %s AND used_at IS NULL AND expires_at > %s",
            [now, _digest(secret), now],
        )
        return person if cursor.rowcount == 1 else None


def _owner() -> AbstractUser:
    people = get_user_model().objects
    owner = people.filter(is_superuser=True, is_active=True).order_by("pk").first()
    if owner is None:
        owner = people.create_user(username="owner", email=OWNER, first_name="Owner", is_superuser=True, is_staff=True)
        # create_user without a password sets one that no password matches.
        assert not owner.has_usable_password()
    return owner


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
