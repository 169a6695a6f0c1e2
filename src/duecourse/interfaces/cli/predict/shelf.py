"""Where the models of a book lie, and how a command finds the one that it is about."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from duecourse.site.trouble import Trouble

if TYPE_CHECKING:
    from duecourse.core.predict.model import Model


def folder(creditor: str | None) -> Path:
    """The shelf of one creditor, or of all creditors together."""
    from duecourse.interfaces.cli.creditor import creditor_ids
    from duecourse.site.home import home

    ids = creditor_ids(creditor)
    return home() / "models" / ("all" if ids is None else "-".join(str(n) for n in ids))


def load(shelf: Path, name: str) -> tuple[Model, dict[str, Any]]:
    """A model and its card. Raises `Trouble` where it is not there or cannot be used."""
    from duecourse.actions import keep_models
    from duecourse.core.predict.model_file import ModelRefused, read_model

    try:
        return read_model(keep_models.text_of(shelf, name))
    except FileNotFoundError:
        known = ", ".join(keep_models.names(shelf)) or "none yet; run `duecourse predict fit`"
        raise Trouble(f"There is no model named “{name}”.", f"Known: {known}.") from None
    except ModelRefused as error:
        raise Trouble(str(error)) from error


def newest_approved(shelf: Path) -> str:
    """The name of the model in use. Raises `Trouble` where none was approved."""
    from duecourse.actions import keep_models

    if (name := keep_models.approved(shelf)) is None:
        raise Trouble(
            "No model was approved yet.",
            "Fit one with `duecourse predict fit`; then a second person runs `duecourse predict approve`.",
        )
    return name
