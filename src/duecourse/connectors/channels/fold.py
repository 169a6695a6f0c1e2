"""A template made ready for many messages: what is the same in all of them is rendered once.

A letter says the same name, address, tone and free help to every customer of a batch. `fold` renders those places and
takes the branches that they decide; what depends on the customer stays. The output is the same to the byte.

>>> from liquid import Environment
>>> source = "{% assign kind = 'note' %}A {{ kind }} from {{ creditor.name }} to {{ name }}."
>>> ready = fold(Environment(), source, {"creditor": {"name": "Ann"}})
>>> [str(node) for node in ready.nodes]
['A note from Ann to ', '{{ name }}', '.']
>>> ready.render(creditor={"name": "Ann"}, name="Bo")
'A note from Ann to Bo.'
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from io import StringIO

from liquid import BoundTemplate, Environment, RenderContext
from liquid.ast import BlockNode, Node
from liquid.builtin.content import ContentNode
from liquid.builtin.expressions import LoopExpression, Path
from liquid.builtin.output import OutputNode
from liquid.builtin.tags.assign_tag import AssignNode
from liquid.builtin.tags.case_tag import CaseNode, MultiExpressionBlockNode
from liquid.builtin.tags.comment_tag import CommentNode
from liquid.builtin.tags.for_tag import ForNode
from liquid.builtin.tags.if_tag import IfNode
from liquid.exceptions import LiquidError
from liquid.expression import Expression

_PURE = (ContentNode, OutputNode, IfNode, CaseNode, CommentNode, ForNode, BlockNode, MultiExpressionBlockNode)
"""Nodes whose output follows from the names they read, and that change nothing."""


def fold(environment: Environment, source: str, known: Mapping[str, object]) -> BoundTemplate:
    """The template of `source` with everything rendered that `known` decides. Each `render` is given all names as ever.

    A name that the template itself assigns is known only where it is assigned once, at the top, from what is known.
    Raises LiquidError where the source cannot be read.
    """
    template = environment.from_string(source)  # fresh: its nodes are changed below
    assigned = Counter(name for node in template.nodes for name in _assigned(node))
    folder = _Folder(template, {name: value for name, value in known.items() if not assigned[name]})
    once = {name for name, times in assigned.items() if times == 1}
    nodes = _joined(folder.nodes(template.nodes, once=once))
    read = {name for node in nodes for name in _all_names(node)}
    spare = [n for n in nodes if isinstance(n, AssignNode) and n.name in folder.settled and n.name not in read]
    return type(template)(environment, _joined(n for n in nodes if n not in spare), template.name)


class _Folder:
    """Folds the nodes of one template; `known` grows as constant assignments are met, whose names are in `settled`."""

    def __init__(self, template: BoundTemplate, known: dict[str, object]) -> None:
        self.settled: set[str] = set()
        self._known = known
        self._context = RenderContext(template, globals=known)

    def nodes(self, nodes: Iterable[Node], *, once: Collection[str] = ()) -> Iterator[Node]:
        for node in nodes:
            if isinstance(node, AssignNode) and node.name in once:
                self._assign(node)
            if not isinstance(node, CommentNode):
                yield from self._one(node)

    def _assign(self, node: AssignNode) -> None:
        if self._reads_known([node.expression]):
            with suppress(LiquidError):  # it is for the message to fail, should it ever come this far
                self._known[str(node.name)] = node.expression.evaluate(self._context)
                self.settled.add(str(node.name))

    def _one(self, node: Node) -> Iterator[Node]:
        if isinstance(node, ContentNode):
            yield node
            return
        text = self._rendered(node)
        if text is not None:
            yield ContentNode(node.token, text)
            return
        chosen = self._branch(node) if isinstance(node, IfNode) else None
        if chosen is not None and not chosen.blank:
            yield from self.nodes(chosen.nodes)
            return
        for block in _blocks(node):
            block.nodes = _joined(self.nodes(block.nodes))
        yield node

    def _rendered(self, node: Node) -> str | None:
        """What a node writes, where that is decided; None where it is not, or would fail."""
        if not _is_pure(node) or not _names(node) <= self._known.keys():
            return None
        buffer = StringIO()
        try:
            node.render(self._context, buffer)
        except LiquidError:
            return None
        return buffer.getvalue()

    def _branch(self, node: IfNode) -> BlockNode | None:
        """The branch that a decided condition takes."""
        tests = [(node.condition, node.consequence), *((a.expression, a.block) for a in node.alternatives)]
        for test, block in tests:
            if not self._reads_known([test]):
                return None
            try:
                if test.evaluate(self._context):
                    return block
            except LiquidError:
                return None
        return node.default

    def _reads_known(self, expressions: Iterable[Expression]) -> bool:
        return _read(expressions) <= self._known.keys()


def _is_pure(node: Node) -> bool:
    return isinstance(node, _PURE) and all(_is_pure(child) for child in _children(node))


def _children(node: Node) -> list[Node]:
    if isinstance(node, IfNode):
        rest = [node.default] if node.default else []
        return [node.consequence, *(a.block for a in node.alternatives), *rest]
    if isinstance(node, ForNode):
        return [node.block, *([node.default] if node.default else [])]
    if isinstance(node, CaseNode):
        return list(node.blocks)
    if isinstance(node, MultiExpressionBlockNode):
        return [node.block]
    return list(node.nodes) if isinstance(node, BlockNode) else []


def _blocks(node: Node) -> Iterator[BlockNode]:
    """The blocks below a node that stays."""
    for child in _children(node):
        if isinstance(child, BlockNode):
            yield child
        else:
            yield from _blocks(child)


def _names(node: Node) -> set[str]:
    """The names that a pure node reads and does not bind itself; a name that cannot be told is "?"."""
    names: set[str] = set()
    if isinstance(node, IfNode):
        names |= _read([node.condition, *(a.expression for a in node.alternatives)])
    elif isinstance(node, MultiExpressionBlockNode):
        names |= _read([node.expression, node.expression.left])
    else:
        names |= _read(node.expressions())
    for child in _children(node):
        names |= _names(child)
    if isinstance(node, ForNode):
        names -= {str(node.expression.identifier), "forloop"}
        names |= _read([node.expression.iterable])
    return names


def _read(expressions: Iterable[Expression]) -> set[str]:
    names: set[str] = set()
    for expression in expressions:
        if isinstance(expression, Path):
            head = expression.head()
            names.add(head if isinstance(head, str) else "?")
        if isinstance(expression, LoopExpression):
            parts = [expression.iterable, expression.limit, expression.offset, expression.cols]
            names |= _read(part for part in parts if part is not None)
        else:
            names |= _read(expression.children())
    return names


def _all_names(node: Node) -> Iterator[str]:
    """Every name that a node of any kind, or anything below it, reads."""
    yield from _read(node.expressions())
    if isinstance(node, MultiExpressionBlockNode):
        yield from _read([node.expression.left])
    for child in node.children(None, include_partials=False):  # type: ignore[arg-type]
        yield from _all_names(child)


def _assigned(node: Node) -> Iterator[str]:
    """Every name that a node or anything below it assigns."""
    yield from (str(name) for name in node.template_scope())
    yield from (str(name) for name in node.block_scope())
    for child in node.children(None, include_partials=False):  # type: ignore[arg-type]
        yield from _assigned(child)


def _joined(nodes: Iterable[Node]) -> list[Node]:
    """Neighbouring pieces of fixed text as one."""
    joined: list[Node] = []
    for node in nodes:
        if isinstance(node, ContentNode) and joined and isinstance(joined[-1], ContentNode):
            joined[-1] = ContentNode(joined[-1].token, joined[-1].text + node.text)
        else:
            joined.append(node)
    return joined
