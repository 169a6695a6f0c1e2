"""Reads the safetensors format: a length, a JSON table of names, types, shapes and places, then the bytes."""

from __future__ import annotations

import json
import mmap
import struct
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Tensors = dict[str, NDArray[np.float32]]
_MOST_HEADER = 10_000_000


class BadTensors(ValueError):
    """The file is not what its table says it is."""


def read_tensors(path: Path) -> Tensors:
    """Every float tensor of the file by name. The file is mapped, so that what is not used is not read.

    Raises BadTensors where the table and the bytes disagree.
    """
    with path.open("rb") as file:
        try:
            whole = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        except ValueError:
            raise BadTensors(f"{path.name} is empty") from None
    if len(whole) < 8:
        raise BadTensors(f"{path.name} is too short")
    (size,) = struct.unpack("<Q", whole[:8])
    if size > min(_MOST_HEADER, len(whole) - 8):
        raise BadTensors(f"{path.name} has no readable table")
    try:
        table = json.loads(whole[8 : 8 + size])
    except ValueError:
        raise BadTensors(f"{path.name} has no readable table") from None
    found: Tensors = {}
    for name, entry in table.items():
        if name == "__metadata__" or entry["dtype"] != "F32":
            continue
        start, end = entry["data_offsets"]
        shape = tuple(entry["shape"])
        if (end - start) != 4 * int(np.prod(shape)) or 8 + size + end > len(whole):
            raise BadTensors(f"{path.name}: {name} has another size than the table says")
        values = np.frombuffer(whole, dtype="<f4", count=(end - start) // 4, offset=8 + size + start)
        found[name] = values.reshape(shape)
    return found
