"""A model as JSON text and back. Nothing in it is run when it is read; trees are LightGBM's own text."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from duecourse.core.predict.features.as_of import families
from duecourse.core.predict.methods import SIMPLE, Prior
from duecourse.core.predict.model import SILENT, Model, Trial

FORMAT = "duecourse payment date"
VERSION = 1
"""Rises when a feature or the way of asking changes: an older file is then refused, never misread."""


class ModelRefused(Exception):
    """A text that is not a model of this version. `str(...)` says why and what to do."""


def write_model(model: Model, card: Mapping[str, Any]) -> str:
    """The model and its card, with a digest over both. The same model gives the same text."""
    body = {
        "format": FORMAT,
        "version": VERSION,
        "card": dict(card),
        "model": {**asdict(model), "trees": {name: list(texts) for name, texts in model.trees.items()}},
    }
    return json.dumps({**body, "digest": _digest(body)}, sort_keys=True)


def read_model(text: str) -> tuple[Model, dict[str, Any]]:
    """The model and its card. Raises ModelRefused where the text is damaged, foreign or of another version."""
    try:
        body = json.loads(text)
        found = body["format"], body["version"]
    except (json.JSONDecodeError, KeyError, TypeError) as error:
        raise ModelRefused("This is not a model file. Fit a new one: duecourse predict fit") from error
    if found != (FORMAT, VERSION):
        raise ModelRefused(
            f"The model file is of version {found[1]}; this program reads version {VERSION}. "
            "Fit a new one: duecourse predict fit"
        )
    digest = body.pop("digest", "")
    if digest != _digest(body):
        raise ModelRefused("The model file was changed after it was written. Fit a new one: duecourse predict fit")
    try:
        model = _model(body["model"])
    except (KeyError, TypeError, AttributeError) as error:
        raise ModelRefused("A part of the model file is missing. Fit a new one: duecourse predict fit") from error
    known = families()
    if any(name not in known for name in model.names) or {model.days_by, model.late_by} - {*SIMPLE, "learned", SILENT}:
        raise ModelRefused("The model file uses features that this program lacks. Fit a new one: duecourse predict fit")
    return model, body["card"]


def _model(body: Mapping[str, Any]) -> Model:
    return Model(
        **{
            **body,
            "prior": Prior(**body["prior"]),
            "trials": {name: Trial(**trial) for name, trial in body["trials"].items()},
        }
    )


def _digest(body: Mapping[str, Any]) -> str:
    return hashlib.sha256(json.dumps(body, sort_keys=True).encode()).hexdigest()
