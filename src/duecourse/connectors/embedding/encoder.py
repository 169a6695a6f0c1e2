"""MiniLM (Wang et al. 2020) as numpy: token numbers in, one unit vector a text out.

The linear layers run over the tokens of all texts at once, without padding; only attention goes text by text.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from duecourse.connectors.embedding.safetensors import Tensors
from duecourse.connectors.embedding.wordpiece import WordPiece

Floats = NDArray[np.float32]
HEADS, LAYERS, WIDTH = 12, 6, 384
_EPSILON = 1e-12
_BATCH_TOKENS = 1024
"""Tokens run at once: enough to fill the matrix product, small enough for the processor's cache."""


class Encoder:
    """Turns texts into vectors of length 1: `encode(["Hello"])` has shape (1, 384)."""

    def __init__(self, tensors: Tensors, tokenizer: WordPiece) -> None:
        self._tokenizer = tokenizer
        self._words = tensors["embeddings.word_embeddings.weight"]
        self._places = tensors["embeddings.position_embeddings.weight"]
        self._kind = tensors["embeddings.token_type_embeddings.weight"][0]
        self._first_norm = _norm_of(tensors, "embeddings.LayerNorm")
        self._layers = [_Layer(tensors, f"encoder.layer.{number}.") for number in range(LAYERS)]

    def encode(self, texts: Sequence[str]) -> Floats:
        """One row a text; an empty text has a vector too (that of nothing said)."""
        tokens = [self._tokenizer.ids(text) for text in texts]
        out = np.empty((len(texts), WIDTH), dtype=np.float32)
        start = 0
        while start < len(tokens):
            end, held = start, 0
            while end < len(tokens) and (end == start or held + len(tokens[end]) <= _BATCH_TOKENS):
                held += len(tokens[end])
                end += 1
            out[start:end] = self._run(tokens[start:end])
            start = end
        return out

    def _run(self, tokens: list[list[int]]) -> Floats:
        lengths = [len(one) for one in tokens]
        edges = np.concatenate([[0], np.cumsum(lengths)])
        ids = np.concatenate([np.asarray(one) for one in tokens])
        places = np.concatenate([np.arange(length) for length in lengths])
        x = _normed(self._words[ids] + self._places[places] + self._kind, self._first_norm)
        for layer in self._layers:
            x = layer.run(x, edges)
        means = np.add.reduceat(x, edges[:-1], axis=0) / np.asarray(lengths, dtype=np.float32)[:, None]
        return (means / np.maximum(np.linalg.norm(means, axis=1, keepdims=True), _EPSILON)).astype(np.float32)


class _Layer:
    def __init__(self, tensors: Tensors, name: str) -> None:
        parts = [f"{name}attention.self.{part}" for part in ("query", "key", "value")]
        # One product instead of three.
        self._mix = np.ascontiguousarray(np.concatenate([tensors[f"{part}.weight"] for part in parts]).T)
        self._mix_bias = np.concatenate([tensors[f"{part}.bias"] for part in parts])
        self._out, self._out_bias = _linear_of(tensors, f"{name}attention.output.dense")
        self._norm = _norm_of(tensors, f"{name}attention.output.LayerNorm")
        self._up, self._up_bias = _linear_of(tensors, f"{name}intermediate.dense")
        self._down, self._down_bias = _linear_of(tensors, f"{name}output.dense")
        self._last_norm = _norm_of(tensors, f"{name}output.LayerNorm")

    def run(self, x: Floats, edges: NDArray[np.intp]) -> Floats:
        mixed = x @ self._mix + self._mix_bias
        seen = np.empty_like(x)
        for start, end in pairwise(edges):
            seen[start:end] = _attend(mixed[start:end])
        x = _normed(seen @ self._out + self._out_bias + x, self._norm)
        up = _gelu(x @ self._up + self._up_bias)
        return _normed(up @ self._down + self._down_bias + x, self._last_norm)


def _attend(mixed: Floats) -> Floats:
    length = len(mixed)
    query, key, value = mixed.reshape(length, 3, HEADS, WIDTH // HEADS).transpose(1, 2, 0, 3)
    scores = (query @ key.transpose(0, 2, 1)) * np.float32((WIDTH // HEADS) ** -0.5)
    scores -= scores.max(axis=-1, keepdims=True)
    np.exp(scores, out=scores)
    scores /= scores.sum(axis=-1, keepdims=True)
    seen: Floats = (scores @ value).transpose(1, 0, 2).reshape(length, WIDTH)
    return seen


def _gelu(x: Floats) -> Floats:
    # The tanh form (Hendrycks and Gimpel 2016), within 0.001 of the exact one, written with exp: ten times as quick.
    inner = x * x
    inner *= np.float32(-2 * 0.7978845608 * 0.044715)
    inner -= np.float32(2 * 0.7978845608)
    inner *= x
    np.minimum(inner, np.float32(80), out=inner)
    np.exp(inner, out=inner)
    inner += np.float32(1)
    np.divide(x, inner, out=inner)
    return inner


def _normed(x: Floats, norm: tuple[Floats, Floats]) -> Floats:
    x = x - x.mean(axis=-1, keepdims=True)
    x /= np.sqrt(np.einsum("ij,ij->i", x, x) / x.shape[1] + np.float32(_EPSILON))[:, None]
    x *= norm[0]
    x += norm[1]
    return x


def _linear_of(tensors: Tensors, name: str) -> tuple[Floats, Floats]:
    return np.ascontiguousarray(tensors[f"{name}.weight"].T), tensors[f"{name}.bias"]


def _norm_of(tensors: Tensors, name: str) -> tuple[Floats, Floats]:
    return tensors[f"{name}.weight"], tensors[f"{name}.bias"]
