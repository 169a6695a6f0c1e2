"""Learning repeats, holds against what it was not shown, and its file carries no code."""

from __future__ import annotations

from importlib.resources import files

import numpy as np

from duecourse.core.language.listen.fit import fit
from duecourse.core.language.listen.hear import listen
from duecourse.core.language.listen.measure import scores
from duecourse.core.language.listen.prepared import prepared
from duecourse.core.language.listen.training import training

ROWS = training()


def test_the_same_texts_give_the_same_head_and_it_hears_texts_not_shown() -> None:
    shown, hidden = ROWS[::5], ROWS[1::20]
    messages = [prepared(row.text, row.channel) for row in shown]
    labels = [row.said for row in shown]
    first, second = fit(messages, labels, None), fit(messages, labels, None)
    assert all(np.array_equal(getattr(first, field), getattr(second, field)) for field in first.__slots__)
    heard = listen([(row.text, row.channel) for row in hidden], encode=None, head=first)
    assert scores(hidden, heard).macro_f1 >= 0.7


def test_labels_torn_from_their_texts_teach_nothing() -> None:
    """Canary: were the figures luck or a leak, shuffled labels would do as well."""
    shown, hidden = ROWS[::5], ROWS[1::20]
    labels = [row.said for row in (*shown[len(shown) // 2 :], *shown[: len(shown) // 2])]
    torn = fit([prepared(row.text, row.channel) for row in shown], labels, None)
    heard = listen([(row.text, row.channel) for row in hidden], encode=None, head=torn)
    assert scores(hidden, heard).macro_f1 <= 0.6


def test_the_file_holds_numbers_only() -> None:
    with (files("duecourse.core.language") / "data" / "head.npz").open("rb") as file:
        arrays = np.load(file, allow_pickle=False)
        assert {arrays[name].dtype for name in arrays.files} == {np.dtype("float16")}
        assert {name.split("/")[0] for name in arrays.files} == {"full", "words"}
