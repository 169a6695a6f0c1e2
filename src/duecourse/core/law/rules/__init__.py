"""Every rule, in the order in which they are read: scope, time, frequency, media, content, acts, house."""

from __future__ import annotations

from duecourse.core.law.rule import Rule
from duecourse.core.law.rules import frequency, hours, house, medium, scope

RULES: tuple[Rule, ...] = (*scope.RULES, *hours.RULES, *frequency.RULES, *medium.RULES, *house.RULES)
