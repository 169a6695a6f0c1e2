"""What core may not do, read from the syntax tree: clock, files, network, logs, unseeded sampling."""

from __future__ import annotations

import ast
from collections.abc import Iterator

FORBIDDEN_MODULES = set(
    """asyncio concurrent ctypes django fcntl ftplib getpass glob http io locale logging multiprocessing os pathlib
    platform psycopg requests secrets select shelve shutil signal smtplib socket sqlite3 ssl structlog subprocess sys
    syslog tempfile threading time urllib""".split()
)
CLOCK = {"now", "today", "utcnow"}
FILES = {"open", "read_text", "read_bytes", "write_text", "write_bytes"}
FRAMES = {"pl", "polars", "pq", "np"}
FRAME_FILES = ("read_", "scan_", "write_", "sink_")
SAMPLING = {"sample", "shuffle"}
UNSEEDED = {"default_rng", "Generator", "Random", "RandomState", "PCG64", "SeedSequence"}
IDS = {"uuid1", "uuid4"}


def faults(source: str) -> list[str]:
    """`line: what` for each thing in `source` that core may not do.

    >>> faults("from datetime import date\\nday = date.today()")
    ['2: reads the clock: today']
    """
    tree = ast.parse(source)
    packaged = any(_imports(node, "importlib") for node in ast.walk(tree))
    return [f"{node.lineno}: {what}" for node in ast.walk(tree) for what in _faults_of(node, packaged)]


def _faults_of(node: ast.AST, packaged: bool) -> Iterator[str]:
    for name in _modules(node):
        if name.split(".")[0] in FORBIDDEN_MODULES:
            yield f"imports {name}"
        elif name.split(".")[0] == "random" and isinstance(node, ast.ImportFrom):
            yield "imports from random: write random.Random(seed)"
    if not isinstance(node, ast.Call):
        return
    owner, name = _called(node)
    if owner and name in CLOCK:
        yield f"reads the clock: {name}"
    elif name in {"open", "print", "input"} and not owner:
        yield f"talks to the world: {name}"
    elif (owner and name in FILES and not packaged and not _of_a_class_of_ours(owner)) or (
        owner in FRAMES and name.startswith(FRAME_FILES)
    ):
        yield f"reads or writes a file: {name}"
    elif owner and name.startswith(("write_", "sink_")) and not _to_memory(node):
        yield f"writes a file: {name}"
    elif name in IDS:
        yield f"draws an id: {name}"
    elif name in UNSEEDED and not (node.args or node.keywords):
        yield f"draws without a seed: {name}"
    elif owner in {"random", "np.random", "numpy.random"} and name not in UNSEEDED:
        yield f"draws from the shared generator: {name}"
    elif owner in {"pl", "polars"} and name == "set_random_seed":
        yield "sets the shared seed: pass one instead"
    elif owner and name in SAMPLING and "rng" not in owner and not any(k.arg == "seed" for k in node.keywords):
        yield f"draws without a seed: {name}"


def _of_a_class_of_ours(owner: str) -> bool:
    """`Docket.open(...)` makes a docket; `Path` cannot be imported, and an instance is written in small letters."""
    return owner.isidentifier() and owner[0].isupper() and owner != "Path"


def _to_memory(node: ast.Call) -> bool:
    """`frame.write_ipc(None)` and `frame.write_ndjson()` return what they wrote and touch no file."""
    return not node.args or (isinstance(node.args[0], ast.Constant) and node.args[0].value is None)


def _modules(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    return [node.module] if isinstance(node, ast.ImportFrom) and node.module and not node.level else []


def _imports(node: ast.AST, package: str) -> bool:
    return any(name.split(".")[0] == package for name in _modules(node))


def _called(node: ast.Call) -> tuple[str, str]:
    """Owner and name of a call: `pl.read_csv(...)` is ("pl", "read_csv"), `open(...)` is ("", "open")."""
    if isinstance(node.func, ast.Attribute):
        return ast.unparse(node.func.value), node.func.attr
    return "", node.func.id if isinstance(node.func, ast.Name) else ""
