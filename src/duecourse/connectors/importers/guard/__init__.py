"""The guard stands before every parser: size caps, bombs, and files that are not what they say."""

from duecourse.connectors.importers.guard.admit import Kind, admit
from duecourse.connectors.importers.guard.caps import Caps

__all__ = ["Caps", "Kind", "admit"]
