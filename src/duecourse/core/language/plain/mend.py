"""Puts the suggestions into the text, as an author does by pressing "use this"."""

from __future__ import annotations

from collections.abc import Iterable

from duecourse.core.language.plain.fault import Fault


def mend(text: str, faults: Iterable[Fault]) -> str:
    """Each quote once replaced by its suggestion; what is missing is added at the end.

    A quote that an earlier suggestion has removed already is passed over.
    """
    missing = []
    for fault in faults:
        if not fault.quote:
            missing.append(fault.suggestion)
        else:
            text = text.replace(fault.quote, fault.suggestion, 1)
    return "\n".join([text.rstrip(), *missing]) if missing else text
