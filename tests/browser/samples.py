"""All sample pages by name."""

from tests.browser.samples_portal import PORTAL

SAMPLES = {**PORTAL}
