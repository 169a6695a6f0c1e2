"""Sentence vectors from the packaged MiniLM model, in plain numpy: `find_model`, `Encoder.encode`. No network, no torch."""

from duecourse.connectors.embedding.encoder import Encoder
from duecourse.connectors.embedding.model_files import NoModel, find_model, load_encoder

__all__ = ["Encoder", "NoModel", "find_model", "load_encoder"]
