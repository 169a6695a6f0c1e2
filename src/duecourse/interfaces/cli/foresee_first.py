"""What is expected of each customer, worked out before the day is decided. The day goes on without it."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from duecourse.actions.foresee import Foreseen
    from duecourse.core.decide.playbook import Playbook
    from duecourse.core.predict.model import Model


def foresee_first(at: datetime, today: date, playbook: Playbook) -> Foreseen | None:
    """None where it failed, which is said on the error stream: a forecast is a help, and no day waits for one."""
    from duecourse.actions.foresee import foresee
    from duecourse.interfaces.cli.fault import explain_fault

    try:
        return foresee(at=at, as_of=today, playbook=playbook, approved=approved)
    except Exception as error:
        click.echo(f"Nothing was foreseen today: {explain_fault(error)}", err=True)
        return None


def approved(creditor: int) -> tuple[str, Model] | None:
    """The model in use for a creditor's book: its own, or that of all creditors together."""
    from duecourse.actions import keep_models
    from duecourse.core.predict.model_file import read_model
    from duecourse.site.home import home

    for shelf in (home() / "models" / str(creditor), home() / "models" / "all"):
        if name := keep_models.approved(shelf):
            model, _ = read_model(keep_models.text_of(shelf, name))
            return name, model
    return None
