"""Drawing lots without a generator: the same id, purpose and seed give the same number, whatever was drawn before.

So two runs that differ in one thing draw alike in everything else (common random numbers), and a customer's arm in an
experiment can be worked out again from the id alone. Source: the finaliser of SplitMix64 (Steele, Lea and Flood, 2014).
"""

from __future__ import annotations

import zlib
from typing import Final

import numpy as np
import numpy.typing as npt

Ids = npt.NDArray[np.int64]
Lots = npt.NDArray[np.float64]

_GOLDEN: Final = np.uint64(0x9E3779B97F4A7C15)
_ONE: Final = np.uint64(0xBF58476D1CE4E5B9)
_TWO: Final = np.uint64(0x94D049BB133111EB)


def lot(ids: Ids, what: str, *, seed: Ids | int = 0, turn: Ids | int = 0) -> Lots:
    """A number in [0, 1) for each id: of this purpose, seed and turn (the how-manieth time the same thing is drawn).

    >>> lot(np.array([7, 8]), "arm").round(3).tolist()
    [0.732, 0.792]
    >>> bool((lot(np.array([7]), "arm", seed=1) == lot(np.array([7]), "arm", seed=2)).any())
    False
    """
    salt = np.uint64(zlib.crc32(what.encode()) << 32) | (np.asarray(seed) & 0xFFFFFFFF).astype(np.uint64)
    with np.errstate(over="ignore"):
        mixed = _mix(ids.astype(np.uint64) * _GOLDEN + _mix(salt + np.asarray(turn).astype(np.uint64) * _TWO))
    return (mixed >> np.uint64(11)).astype(np.float64) / float(1 << 53)


def _mix(x: npt.NDArray[np.uint64] | np.uint64) -> npt.NDArray[np.uint64]:
    x = np.asarray(x, dtype=np.uint64)
    x = (x ^ (x >> np.uint64(30))) * _ONE
    x = (x ^ (x >> np.uint64(27))) * _TWO
    return x ^ (x >> np.uint64(31))
