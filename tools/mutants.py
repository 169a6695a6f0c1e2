"""Does a test fail when the law engine is changed? One small change at a time, in a copy.

    .venv/bin/python tools/mutants.py                      # every comparison of core/law
    .venv/bin/python tools/mutants.py --kinds all --sample 120 --seed 7

A comparison moves its edge or turns round, `&` and `|` change places, `~` goes, a number grows by one, True becomes False.
A change that some test of tests/core/law notices is killed; the others are printed: they need a case, or mean the same.
The working tree is not touched. A change costs five to forty seconds of one core.
"""

from __future__ import annotations

import argparse
import ast
import os
import random
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
LAW = Path("src/duecourse/core/law")
OTHERS = {"exam", "statements"}  # readers of exam cases, and texts
SUITES = (
    ("test_exam_us.py", "test_exam_us_duties.py", "test_exam_states_and_abroad.py", "test_exam_worded_otherwise.py", "test_exam.py"),
    ("test_three_cases.py", "test_windows.py", "test_house.py", "test_gate.py", "test_rulebook.py", "test_words.py", "test_changes.py",
     "test_edges.py", "test_examples.py", "test_telling.py", "test_required.py",
     "test_oracle.py::test_gate_and_oracle_agree_on_every_contact"),
)  # fmt: skip
SWAPS = {ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
         ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.In: ast.NotIn, ast.NotIn: ast.In}  # fmt: skip
PATIENCE = 4  # a change that makes the tests so many times slower counts as noticed: something became endless


@dataclass(frozen=True)
class Mutant:
    """`before` at `line` and `column` of a file becomes `after`."""

    file: Path
    line: int
    column: int
    end_line: int
    end_column: int
    kind: str
    before: str
    after: str

    def __str__(self) -> str:
        return f"{self.file.relative_to(LAW)}:{self.line} [{self.kind}] {self.before}  →  {self.after}"


def mutants(file: Path, text: str) -> Iterator[Mutant]:
    """Every change of one file."""
    tree = ast.parse(text)
    docs = {id(node.body[0].value) for node in ast.walk(tree) if isinstance(node, (ast.Module, ast.FunctionDef, ast.ClassDef)) and node.body
            and isinstance(node.body[0], ast.Expr)}  # fmt: skip
    for node in ast.walk(tree):
        found: list[tuple[str, ast.expr]] = []
        if isinstance(node, ast.Compare) and len(node.ops) == 1 and type(node.ops[0]) in SWAPS:
            found.append(("comparison", ast.Compare(node.left, [SWAPS[type(node.ops[0])]()], node.comparators)))
        elif isinstance(node, ast.BinOp) and isinstance(node.op, (ast.BitAnd, ast.BitOr)):
            turned = ast.BitOr() if isinstance(node.op, ast.BitAnd) else ast.BitAnd()
            found.append(("boolean", ast.BinOp(node.left, turned, node.right)))
        elif isinstance(node, ast.BoolOp):
            turned_ = ast.Or() if isinstance(node.op, ast.And) else ast.And()
            found.append(("boolean", ast.BoolOp(turned_, node.values)))
        elif isinstance(node, ast.UnaryOp) and isinstance(node.op, (ast.Invert, ast.Not)):
            found.append(("boolean", node.operand))
        elif isinstance(node, ast.Constant) and id(node) not in docs:
            if isinstance(node.value, bool):
                found.append(("boolean", ast.Constant(not node.value)))
            elif isinstance(node.value, int):
                found.append(("number", ast.Constant(node.value + 1)))
        for kind, new in found:
            before = ast.get_source_segment(text, node) or ""
            after = ast.unparse(ast.fix_missing_locations(new))
            yield Mutant(
                file,
                node.lineno,
                node.col_offset,
                node.end_lineno or 0,
                node.end_col_offset or 0,
                kind,
                before,
                f"({after})",
            )


def changed(text: str, mutant: Mutant) -> str:
    """The file's text with the change. Columns count bytes."""
    lines = text.encode().splitlines(keepends=True)
    start = sum(map(len, lines[: mutant.line - 1])) + mutant.column
    end = sum(map(len, lines[: mutant.end_line - 1])) + mutant.end_column
    raw = text.encode()
    return (raw[:start] + mutant.after.encode() + raw[end:]).decode()


def noticed(copy: Path, limit: float) -> bool:
    """Do the tests fail against this copy, or take more than `limit` seconds? In a child that has the libraries already."""
    child = os.fork()
    if child == 0:
        os.setsid()
        void = os.open(os.devnull, os.O_WRONLY)
        os.dup2(void, 1)
        os.dup2(void, 2)
        sys.path.insert(0, str(copy / "src"))
        os.chdir(copy)
        import pytest

        status = 0
        for suite in SUITES:
            files = [
                f"tests/core/law/{name}" for name in suite if (copy / "tests/core/law" / name.split("::")[0]).exists()
            ]
            status = status or pytest.main(["-x", "-q", "-p", "no:cacheprovider", "--no-header", *files])
        os._exit(int(bool(status)))
    began = time.monotonic()
    while time.monotonic() - began < limit:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            return status != 0
        time.sleep(0.1)
    os.killpg(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return True


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--kinds", choices=["comparison", "boolean", "number", "all"], default="comparison")
    asked.add_argument("--sample", type=int, help="So many, drawn by --seed, instead of every one.")
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--only", default="", help="Files whose path contains this.")
    asked.add_argument("--list", action="store_true", help="Only list them.")
    given = asked.parse_args()
    files = [
        f.relative_to(ROOT)
        for f in sorted((ROOT / LAW).rglob("*.py"))
        if not OTHERS & set(f.relative_to(ROOT / LAW).parts)
    ]
    every = [m for f in files if given.only in str(f) for m in mutants(f, (ROOT / f).read_text("utf-8"))]
    chosen = [m for m in every if given.kinds in ("all", m.kind)]
    if given.sample and given.sample < len(chosen):
        chosen = random.Random(given.seed).sample(chosen, given.sample)
    print(f"{len(chosen)} of {len(every)} changes, kinds {given.kinds}, seed {given.seed}", flush=True)
    if given.list:
        print("\n".join(map(str, chosen)))
        return 0
    import holidays  # noqa: F401 - once for all children
    import polars  # noqa: F401
    import pytest  # noqa: F401

    survived: list[Mutant] = []
    with tempfile.TemporaryDirectory(prefix="mutants-") as folder:
        copy = Path(folder)
        for part in ("src", "tests"):
            shutil.copytree(ROOT / part, copy / part, ignore=shutil.ignore_patterns("__pycache__"))
        shutil.copy(ROOT / "pyproject.toml", copy)
        began = time.monotonic()
        if noticed(copy, 3600):
            print("The tests fail before any change. Mend them first.")
            return 2
        limit = PATIENCE * (time.monotonic() - began)
        for n, mutant in enumerate(chosen, 1):
            target = copy / mutant.file
            text = target.read_text("utf-8")
            target.write_text(changed(text, mutant), "utf-8")
            if not noticed(copy, limit):
                survived.append(mutant)
                print(f"{n}/{len(chosen)} survived {mutant}", flush=True)
            elif n % 20 == 0:
                print(f"{n}/{len(chosen)}", flush=True)
            target.write_text(text, "utf-8")
    kinds = Counter(m.kind for m in chosen)
    left = Counter(m.kind for m in survived)
    for kind, count in kinds.items():
        print(f"{kind}: {count - left[kind]} of {count} killed")
    print(f"score {100 * (1 - len(survived) / max(1, len(chosen))):.1f} %")
    return 1 if survived else 0


if __name__ == "__main__":
    sys.exit(main())
