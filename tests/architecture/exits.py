"""Every way in which something can leave, and whether the contact gate stands before it: read from the syntax tree.

An exit is a call that hands a message over, prints a batch of letters, passes a file to an agency, writes a contact that we
began, or removes records. It is gated where, in its function or in every chain of callers, the gate is asked earlier.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

GATES = {"duecourse.core.decide.recheck.recheck", "duecourse.actions.pass_gate.pass_gate"}
DRAWERS = {"agencies", "bureaus", "courts"}
"""Drawers of connectors whose every function hands something to somebody else."""
HANDING_OVER = {"send", "send_message", "sendmail", "print_batch", "dial", "deliver", "submit"}
WIRES = "smtplib ftplib socket ssl http.client http.server urllib.request requests httpx subprocess asyncio django.core.mail".split()

Function = tuple[str, str]


@dataclass
class Unit:
    """One function: its calls (name as resolved, line), what it hands to the gate, and its exits (what, line)."""

    calls: list[tuple[str, int]] = field(default_factory=list)
    exits: list[tuple[str, int]] = field(default_factory=list)


@dataclass
class House:
    """All functions of the modules, by full name; `let_through` are handed to the gate and run only where it says yes."""

    units: dict[str, Unit] = field(default_factory=dict)
    let_through: set[str] = field(default_factory=set)
    methods: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, sources: Mapping[str, str]) -> House:
        """From module name → source."""
        house = cls()
        for module, source in sources.items():
            _Reader(house, module, ast.parse(source)).read()
        return house

    def ungated(self) -> list[str]:
        """`function:line: what` of every exit that something reaches without the gate."""
        return sorted(
            f"{name}:{line}: {what}"
            for name, unit in self.units.items()
            for what, line in unit.exits
            if not self._covered(name, line, frozenset())
        )

    def _covered(self, name: str, line: int, seen: frozenset[str]) -> bool:
        if name in self.let_through:
            return True
        if any(at < line and self._asks(called, frozenset()) for called, at in self.units[name].calls):
            return True
        callers = [
            (n, at)
            for n, unit in self.units.items()
            for called, at in unit.calls
            if n != name and self._may_be(called, name)
        ]
        return bool(callers) and name not in seen and all(self._covered(n, at, seen | {name}) for n, at in callers)

    def _may_be(self, called: str, name: str) -> bool:
        """Is `name` what is called? A method of an object that we cannot tell may be any method of that name."""
        alike = called.rpartition(".")[2] == name.rpartition(".")[2]
        return called == name or (alike and name in self.methods and "." in called and called not in self.units)

    def _asks(self, name: str, seen: frozenset[str]) -> bool:
        if name in GATES:
            return True
        if name in seen or name not in self.units:
            return False
        return any(self._asks(called, seen | {name}) for called, _ in self.units[name].calls)


class _Reader:
    def __init__(self, house: House, module: str, tree: ast.Module) -> None:
        self.house, self.module, self.tree = house, module, tree
        self.names: dict[str, str] = {}
        self.methods: dict[str, str] = {}

    def read(self) -> None:
        for node in ast.walk(self.tree):
            if isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
                self.names |= {a.asname or a.name: f"{node.module}.{a.name}" for a in node.names}
            elif isinstance(node, ast.Import):
                self.names |= {a.asname or a.name: a.name for a in node.names}
        functions = dict(_functions(self.tree, self.module))
        classes = {f"{self.module}.{n.name}" for n in ast.walk(self.tree) if isinstance(n, ast.ClassDef)}
        self.house.methods |= {full for full in functions if full.rpartition(".")[0] in classes}
        self.names |= {full.rpartition(".")[2]: full for full in functions}
        self.house.units.setdefault(f"{self.module}.<module>", Unit())
        for full, node in functions.items():
            self.house.units[full] = unit = Unit()
            for inner in _own(node):
                self._call(unit, inner)

    def _call(self, unit: Unit, node: ast.AST) -> None:
        if not isinstance(node, ast.Call):
            return
        name = self._resolve(node.func)
        unit.calls.append((name, node.lineno))
        handed = [self._resolve(a) for a in (*node.args, *(k.value for k in node.keywords)) if isinstance(a, ast.Name)]
        if name in GATES:
            self.house.let_through |= {h for h in handed if h.startswith("duecourse.")}
        else:
            unit.calls += [(h, node.lineno) for h in handed if h.startswith(f"{self.module}.")]
        what = exit_of(node, name)
        if what:
            unit.exits.append((what, node.lineno))

    def _resolve(self, node: ast.expr) -> str:
        """The full name of what is called: an import, a function of this module, or the last word of a method."""
        if isinstance(node, ast.Name):
            return self.names.get(node.id, node.id)
        if isinstance(node, ast.Attribute):
            owner = self._resolve(node.value)
            if owner in ("self", "cls"):
                return self.names.get(node.attr, node.attr)
            return f"{owner}.{node.attr}"
        return f"{self._resolve(node.func)}()" if isinstance(node, ast.Call) else ""


def exit_of(call: ast.Call, name: str) -> str:
    """What leaves by this call; empty where nothing does."""
    owner, _, last = name.rpartition(".")
    if last in HANDING_OVER and owner:
        return f"hands over: {name}"
    drawer = name.removeprefix("duecourse.connectors.").partition(".")[0]
    if name.startswith("duecourse.connectors.") and drawer in DRAWERS:
        return f"passes on: {name}"
    words = {k.arg: ast.unparse(k.value) for k in call.keywords}
    first = call.args[0].value if call.args and isinstance(call.args[0], ast.Constant) else None
    begun = "'out'" in words.get("direction", "") or "'direction': 'out'" in words.get("constants", "")
    if begun and (owner.endswith("Contact.objects") or last == "Contact" or first == "contact"):
        return "writes a contact that we began"
    if last == "delete" and owner:
        return f"removes rows: {owner}"
    if isinstance(first, str) and first.lstrip().upper().startswith(("DELETE FROM", "TRUNCATE")):
        return "removes rows by SQL"
    return ""


def wires(source: str) -> set[str]:
    """Modules by which bytes can leave the process, as far as this source imports them."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found |= {a.name for a in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            found |= {node.module, *(f"{node.module}.{a.name}" for a in node.names)}
    return {wire for wire in WIRES if any(name == wire or name.startswith(f"{wire}.") for name in found)}


def _functions(tree: ast.AST, prefix: str) -> Iterator[tuple[str, ast.AST]]:
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            inside = f"{prefix}.{node.name}"
            if not isinstance(node, ast.ClassDef):
                yield inside, node
            yield from _functions(node, inside)
        else:
            yield from _functions(node, prefix)


def _own(function: ast.AST) -> Iterator[ast.AST]:
    """The nodes of a function without those of the functions inside it, in the order they stand."""
    for node in ast.iter_child_nodes(function):
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node
            yield from _own(node)
