"""The ear of this installation: rules and the learned head, with sentence vectors where the model is installed."""

from __future__ import annotations

import logging
from functools import cache
from zipfile import BadZipFile

from duecourse.connectors.embedding import NoModel, load_encoder
from duecourse.core.language.listen import Heard, listen
from duecourse.core.language.listen.instances import Encode

logger = logging.getLogger(__name__)
MOST_WORDS = 50_000
"""Characters that are listened to; what a person has to say stands before that."""


def hear_words(words: str, channel: str) -> Heard | None:
    """What one message means; None where the ear itself is broken: then a person reads, as if the worst had been said."""
    try:
        return listen([(words[:MOST_WORDS], channel)], encode=_encode())[0]
    except (OSError, ValueError, KeyError, BadZipFile):
        logger.exception("The listener cannot hear")  # what was said is no part of it
        return None


@cache
def _encode() -> Encode | None:
    try:
        return load_encoder().encode
    except NoModel:
        return None


def listener_name() -> str:
    """Which listener it is, for the record."""
    return "rules and head, with vectors" if _encode() else "rules and head, words alone"
