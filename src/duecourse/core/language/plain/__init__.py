"""The gate for words that leave the house: is this text plain, kind, true and whole? `check`, `mend`."""

from duecourse.core.language.plain.check import Checked, check
from duecourse.core.language.plain.fault import Fault, Kind
from duecourse.core.language.plain.mend import mend

__all__ = ["Checked", "Fault", "Kind", "check", "mend"]
