"""Which creditors a person on the staff works for."""

from __future__ import annotations

from typing import Any

from duecourse.records.parties.models import Membership
from duecourse.records.tenancy import Scope


def creditors_of(user: Any) -> Scope:
    """Ids of the creditors whose rows this person may see; an owner of the installation (superuser) sees all."""
    if user.is_superuser:
        return "all"
    return list(Membership.objects.filter(user_id=user.pk).values_list("creditor_id", flat=True))


def role_of(user: Any, creditor_id: int) -> str:
    """collector, lead …: what this person is for a creditor; an owner of the installation is a lead."""
    if user.is_superuser:
        return "lead"
    role = Membership.objects.filter(user_id=user.pk, creditor_id=creditor_id).values_list("role", flat=True).first()
    return str(role or "collector")


TRAINED = frozenset({"lead", "specialist", "owner"})
"""Roles that read words of harm: people who were trained for it."""


def reads_sensitive(user: Any, creditor_id: int) -> bool:
    """Whether this person may read sealed words of a creditor's customers."""
    return role_of(user, creditor_id) in TRAINED
