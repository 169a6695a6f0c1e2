"""The shelf of models in the data folder: each file whole or not at all, approvals only ever added."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

from duecourse.core.predict.promotion import in_use, promotion

_APPROVALS = "approvals.jsonl"


def put(folder: Path, name: str, text: str, card: str) -> Path:
    """Write a model and its card (Markdown) beside it. An existing model of that name is replaced by the same bytes."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for path, content in ((folder / f"{name}.md", card), (folder / f"{name}.json", text)):
        beside = path.with_suffix(path.suffix + ".part")
        with beside.open("w", encoding="utf-8") as handle:
            handle.write(content)
            handle.flush()
            os.fsync(handle.fileno())
        os.replace(beside, path)
    return folder / f"{name}.json"


def names(folder: Path) -> list[str]:
    """All models on the shelf, by name."""
    return sorted(path.stem for path in folder.glob("*.json"))


def text_of(folder: Path, name: str) -> str:
    """Raises FileNotFoundError where there is no such model."""
    return (folder / f"{name}.json").read_text(encoding="utf-8")


def approve(folder: Path, name: str, *, fitted_by: str, by: str, why: str, at: str) -> dict[str, str]:
    """Record that a second person lets this model be used. Raises PromotionRefused."""
    row = promotion(name, fitted_by=fitted_by, approved_by=by, at=at, why=why)
    with (folder / _APPROVALS).open("a", encoding="utf-8") as handle:
        # A line that an earlier crash cut short ends here, so that it cannot swallow this one.
        handle.write("\n" + json.dumps(row) + "\n")
        handle.flush()
        os.fsync(handle.fileno())
    return row


def approvals(folder: Path) -> list[dict[str, Any]]:
    """All approvals, oldest first. A last line that a crash cut short is left out."""
    try:
        lines = (folder / _APPROVALS).read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return []
    found = []
    for line in lines:
        try:
            found.append(json.loads(line))
        except json.JSONDecodeError:
            continue
    return found


def approved(folder: Path) -> str | None:
    """The name of the model in use."""
    return in_use(approvals(folder))
