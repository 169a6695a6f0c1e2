"""Write the golden versions of the library, after the words were read over."""

from __future__ import annotations

import json

from duecourse.connectors.channels.words_file import names, packaged
from duecourse.core.law.statements import LANGUAGES
from tests.connectors.channels.test_library import GOLDEN

if __name__ == "__main__":
    versions = {f"{language}/{name}": packaged(name, language).version for language in LANGUAGES for name in names()}
    GOLDEN.write_text(json.dumps(versions, indent=1) + "\n")
