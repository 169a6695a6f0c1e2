"""`python -m tests`: everything that must hold, one heading each, the quick ones first; the first failure ends it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parent.parent
BIN = Path(sys.executable).parent

STEPS = {
    "Lint": [BIN / "ruff", "check", "."],
    "Format": [BIN / "ruff", "format", "--check", "."],
    "Types of the core": [BIN / "mypy"],
    "Import contracts": [BIN / "lint-imports", "--no-cache"],
}

# Two halves of about the same length, side by side: each has its own data folder and its own database.
FIRST_HALF = ["tests/actions", "tests/architecture", "tests/cli", "tests/records", "tests/site"]


def main() -> int:
    install_chromium()
    for heading, command in STEPS.items():
        print(f"\n=== {heading}", flush=True)
        began = time.monotonic()
        code = subprocess.run(command, cwd=ROOT, stdin=subprocess.DEVNULL, check=False).returncode
        if code:
            print(f"=== {heading} failed (exit {code})", flush=True)
            return 1
        print(f"=== {heading} took {time.monotonic() - began:.0f} s", flush=True)
    return run_tests()


def run_tests() -> int:
    """The second half is shown when it is through, so that its lines do not mix with those of the first."""
    print("\n=== Tests, in two halves side by side", flush=True)
    pytest = [sys.executable, "-m", "pytest", "--durations=10"]
    others = ["tests", *(f"--ignore={folder}" for folder in FIRST_HALF)]
    with tempfile.TemporaryFile() as kept:
        second = subprocess.Popen(
            [*pytest, *others], cwd=ROOT, stdin=subprocess.DEVNULL, stdout=kept, stderr=subprocess.STDOUT
        )
        first = subprocess.run([*pytest, *FIRST_HALF], cwd=ROOT, stdin=subprocess.DEVNULL, check=False).returncode
        then = second.wait()
        kept.seek(0)
        print("\n=== The second half", flush=True)
        shutil.copyfileobj(kept, sys.stdout.buffer)
        sys.stdout.flush()
    if first or then:
        print(f"=== Tests failed (exit {first} and {then})", flush=True)
    return 1 if first or then else 0


def install_chromium() -> None:
    """Browser tests need Debian's Chromium; without it they are skipped, and fail where CI is set."""
    if shutil.which("chromium"):
        return
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        print(
            "Chromium is missing, so browser tests are left out.\nInstall it: sudo apt-get install chromium", flush=True
        )
        return
    print("\n=== Installing Chromium for the browser tests", flush=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (
        ["apt-get", "update", "-q"],
        ["apt-get", "install", "-q", "-y", "--no-install-recommends", "chromium", "fonts-dejavu-core"],
    ):
        done = subprocess.run(command, env=environment, stdin=subprocess.DEVNULL, capture_output=True, check=False)
        if done.returncode:
            print((done.stdout + done.stderr).decode(errors="replace")[-2000:])
            print("Chromium could not be installed, so browser tests cannot run.", flush=True)
            return


if __name__ == "__main__":
    sys.exit(main())
