"""Hears what an inbound message means: `listen`. Sure rules first, a learned head second, a person where unsure."""

from duecourse.core.language.listen.hear import listen
from duecourse.core.language.listen.heard import Evidence, Heard
from duecourse.core.language.listen.label import Label

__all__ = ["Evidence", "Heard", "Label", "listen"]
