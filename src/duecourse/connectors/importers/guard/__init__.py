"""The guard stands before every parser: size caps, bombs, and files that are not what they say."""

from duecourse.connectors.importers.guard.admit import Kind, admit
from duecourse.connectors.importers.guard.caps import STANDARD, Caps

__all__ = ["STANDARD", "Caps", "Kind", "admit"]
