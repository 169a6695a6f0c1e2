"""The web server: granian in this process, whose workers die with it. Run as `python -m duecourse.site.web PORT`."""

from __future__ import annotations

import os
import sys

from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server

HOST = "127.0.0.1"


def serve(port: int) -> None:
    """Serves until SIGTERM or Ctrl-C."""
    os.environ["DUECOURSE_TIED"] = str(os.getpid())  # read by site.wsgi in each worker
    Server(
        "duecourse.site.wsgi:application",
        address=HOST,
        port=port,
        interface=Interfaces.WSGI,
        workers=max(1, min(4, os.cpu_count() or 1)),
        blocking_threads=4,
        websockets=False,
        respawn_failed_workers=True,
        workers_kill_timeout=1,
        log_level=LogLevels.warning,
    ).serve()


if __name__ == "__main__":
    serve(int(sys.argv[1]))
