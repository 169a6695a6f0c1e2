"""Sentence vectors: like texts lie near, batches change nothing, broken files are told."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from duecourse.connectors.embedding import Encoder, NoModel, find_model, load_encoder
from duecourse.connectors.embedding.safetensors import BadTensors, read_tensors

try:
    find_model()
except NoModel as absent:
    pytest.skip(str(absent), allow_module_level=True)


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return load_encoder()


def test_like_texts_lie_near(encoder: Encoder) -> None:
    a, b, c = encoder.encode(
        ["I lost my job and cannot pay.", "I was made redundant and have no money.", "The parcel is blue."]
    )
    assert a @ b > a @ c + 0.3


def test_vectors_have_length_1_and_do_not_depend_on_company(encoder: Encoder) -> None:
    texts = ["", "Hello", "word " * 600, "I paid £5 on Monday, ref 12.", "é😀"]
    together = encoder.encode(texts)
    assert together.shape == (5, 384)
    assert np.allclose(np.linalg.norm(together, axis=1), 1, atol=1e-5)
    for row, text in zip(together, texts, strict=True):
        assert np.allclose(row, encoder.encode([text])[0], atol=1e-4)


@pytest.mark.parametrize("content", [b"", b"abc", b"\xff" * 16, (4).to_bytes(8, "little") + b"{x}}"])
def test_broken_files_are_told(tmp_path: Path, content: bytes) -> None:
    place = tmp_path / "model.safetensors"
    place.write_bytes(content)
    with pytest.raises(BadTensors):
        read_tensors(place)
