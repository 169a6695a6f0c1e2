"""Shapes of the arrays that pass through this room."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
import numpy.typing as npt

Ints: TypeAlias = npt.NDArray[np.int64]
"""One whole number a row: days since 0001-01-01, row numbers, codes."""
Floats: TypeAlias = npt.NDArray[np.float64]
"""One number a row, or a row of numbers a row; NaN where there is none."""
Flags: TypeAlias = npt.NDArray[np.bool_]
"""One yes or no a row."""
