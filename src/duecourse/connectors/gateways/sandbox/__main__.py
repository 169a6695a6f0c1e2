"""Run the sandbox gateway. This file is where its clock is read."""

from __future__ import annotations

import argparse
import signal
import sys
import threading
from datetime import UTC, datetime
from pathlib import Path

from duecourse.connectors.gateways.sandbox.keys import secret_in
from duecourse.connectors.gateways.sandbox.server import Sandbox


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m duecourse.connectors.gateways.sandbox", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: this machine only)")
    parser.add_argument("--port", type=int, required=True, help="port to listen on; 0 takes a free one")
    parser.add_argument("--home", type=Path, required=True, help="folder that keeps the state")
    parser.add_argument("--webhook", required=True, help="address that events are sent to")
    parser.add_argument("--secret-file", type=Path, required=True, help="shared secret; made where missing")
    parser.add_argument("--base", default="", help="address of the pages for payers (default: host and port)")
    parser.add_argument(
        "--first-pause", type=float, default=1.0, help="seconds until a webhook is tried again; doubles"
    )
    wanted = parser.parse_args()
    try:
        sandbox = Sandbox(
            (wanted.host, wanted.port),
            home=wanted.home,
            webhook=wanted.webhook,
            secret=secret_in(wanted.secret_file),
            clock=lambda: datetime.now(UTC),
            base=wanted.base,
            first_pause=wanted.first_pause,
        )
    except OSError as error:
        mend = f"{error.strerror}. Choose another --port."
        sys.stderr.write(f"The sandbox gateway cannot start on port {wanted.port}: {mend}\n")
        return 1
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: threading.Thread(target=sandbox.end).start())
    sys.stdout.write(f"Sandbox gateway on {sandbox.base}\n")
    sys.stdout.flush()
    sandbox.serve_forever()
    return 0


if __name__ == "__main__":
    sys.exit(main())
