"""Every example in the law package's docstrings runs."""

from __future__ import annotations

import doctest
import importlib
import pkgutil

import pytest

import duecourse.core.facts.law as law_facts
import duecourse.core.law as law

MODULES = [law_facts.__name__] + [m.name for m in pkgutil.walk_packages(law.__path__, law.__name__ + ".")]


@pytest.mark.parametrize("name", MODULES)
def test_examples_run(name: str) -> None:
    assert doctest.testmod(importlib.import_module(name)).failed == 0
