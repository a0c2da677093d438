"""Check a template before it is rendered: all that is wrong with it at once, each with its line. Pure."""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Iterator

from jinja2 import TemplateSyntaxError, nodes

from docgen.drafting.language import HELPERS, LOOP_ATTRIBUTES, ClerkEnvironment
from docgen.drafting.prose import paragraphs
from docgen.drafting.shown import ATTRIBUTES
from docgen.errors import Place, Problem, Severity
from docgen.gongwen import Level
from docgen.gongwen.levels import heading_problems

_ALLOWED = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Const, nodes.Getattr,
    nodes.If, nodes.For, nodes.CondExpr, nodes.Compare, nodes.Operand, nodes.And, nodes.Or, nodes.Not,
)
_OFFERED = frozenset(ATTRIBUTES) | LOOP_ATTRIBUTES
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029]")
_PLAIN_NAME = re.compile(r"\{\{-?\s*(\w+)\s*-?\}\}")


def check_template(
    source: str, name: str, known: Collection[str], must_use: Collection[str] = ()
) -> tuple[Problem, ...]:
    """Find every problem of a template, in the order of its lines; all are 阻断.

    `known` are the names it may use, `must_use` those of them that it must print somewhere (a condition alone
    does not state a figure). Codes: template-syntax, control-character, forbidden-construct, unknown-name,
    unused-figure, heading-order, heading-form, heading-runs-on.
    """
    check = _Check(name, frozenset(known) | frozenset(HELPERS))
    problems = sorted(check.of(source, must_use), key=lambda problem: problem.where.line or 0)
    return tuple(dict.fromkeys(problems))


class _Check:
    def __init__(self, file: str, known: frozenset[str]) -> None:
        self._file = file
        self._known = known

    def of(self, source: str, must_use: Collection[str]) -> Iterator[Problem]:
        yield from self._control_characters(source)
        try:
            tree = ClerkEnvironment().parse(_CONTROL.sub("", source), self._file)
        except TemplateSyntaxError as error:
            yield self._syntax(error)
            yield from self._unknown_in_text(source)
            return
        yield from self._forbidden(tree)
        yield from self._unknown(tree)
        yield from self._unused(tree, must_use)
        yield from self._headings(tree)

    def _control_characters(self, source: str) -> Iterator[Problem]:
        for line, text in enumerate(source.split("\n"), start=1):
            if _CONTROL.search(text):
                found = "该行有看不见的控制字符"
                yield self._problem("control-character", line, found, "只有可见文字", "重新键入该行")

    def _syntax(self, error: TemplateSyntaxError) -> Problem:
        return self._problem(
            "template-syntax", error.lineno, _plain(error.message or ""),
            "{{ 名称 }}、{% if 名称 %}…{% endif %}、{% for 部分 in 名称 %}…{% endfor %}、{# 说明 #} 成对写全",
            "检查该行及其以前的括号和结束标记",
        )

    def _forbidden(self, tree: nodes.Template) -> Iterator[Problem]:
        expected = "只用名称、条件、比较、循环和“.名称”“.数”“.项数”“.分项合计”"
        for node in tree.find_all(nodes.Node):
            if isinstance(node, nodes.Getattr) and node.attr not in _OFFERED:
                found = f"模板中不能使用“.{node.attr}”"
            elif isinstance(node, nodes.For) and (node.recursive or not isinstance(node.target, nodes.Name)):
                found = "循环只能写作 {% for 部分 in 名称 %}"
            elif not isinstance(node, _ALLOWED):
                found = f"模板中不能使用这种写法（{type(node).__name__}）"
            else:
                continue
            yield self._problem("forbidden-construct", node.lineno, found, expected, "删去该写法")

    def _unknown(self, tree: nodes.Template) -> Iterator[Problem]:
        for node in _read_names(tree, self._known):
            yield self._unknown_name(node.name, node.lineno)

    def _unknown_in_text(self, source: str) -> Iterator[Problem]:
        """Look for unknown names in a template that cannot be parsed, outside its loops' own names."""
        of_loops = frozenset(re.findall(r"\{%-?\s*for\s+(\w+)\s+in\b", source))
        for line, text in enumerate(source.split("\n"), start=1):
            for found in _PLAIN_NAME.findall(text):
                if found not in self._known | of_loops:
                    yield self._unknown_name(found, line)

    def _unknown_name(self, found: str, line: int) -> Problem:
        near = difflib.get_close_matches(found, sorted(self._known), n=1, cutoff=0.3)
        remedy = f"改为“{near[0]}”，或删去" if near else "删去，或改用已有的名称"
        expected = "数字名称或发文信息的项目名" + (f"，最接近的是“{near[0]}”" if near else "")
        return self._problem("unknown-name", line, f"不认识的名称“{found}”", expected, remedy)

    def _unused(self, tree: nodes.Template, must_use: Collection[str]) -> Iterator[Problem]:
        printed = frozenset(_printed(tree))
        for figure in must_use:
            if figure not in printed:
                yield self._problem(
                    "unused-figure", None, f"模板没有写出“{figure}”", f"正文写有 {{{{ {figure} }}}}",
                    "在相应的句子里补上，数为零时可用 {% if … %} 略去",
                )

    def _headings(self, tree: nodes.Template) -> Iterator[Problem]:
        """Verify the headings, unless some stand under a condition: then only the finished text can tell."""
        always = "".join(_text(node) for node in tree.body if isinstance(node, nodes.Output))
        conditional = "".join(_text(node) for node in tree.body if not isinstance(node, nodes.Output))
        if all(paragraph.level is Level.BODY for paragraph in paragraphs(conditional)):
            yield from heading_problems(paragraphs(always), self._file)

    def _problem(self, code: str, line: int | None, found: str, expected: str, remedy: str) -> Problem:
        return Problem(code, Severity.BARRING, Place(file=self._file, line=line), found, expected, remedy)


def _read_names(node: nodes.Node, bound: frozenset[str]) -> Iterator[nodes.Name]:
    """Find the names that are read and not bound; `loop` is bound only in a loop, and only before a dot."""
    if isinstance(node, nodes.Name):
        if node.ctx == "load" and (node.name not in bound or node.name == "loop"):
            yield node
    elif isinstance(node, nodes.Getattr) and isinstance(node.node, nodes.Name) and node.node.name == "loop":
        if "loop" not in bound:
            yield node.node
    elif isinstance(node, nodes.For):
        target = frozenset({node.target.name} if isinstance(node.target, nodes.Name) else ())
        yield from _read_names(node.iter, bound)
        for child in node.body:
            yield from _read_names(child, bound | target | {"loop"})
        for child in [*node.else_, *([node.test] if node.test else [])]:
            yield from _read_names(child, bound | target)
    else:
        for child in node.iter_child_nodes():
            yield from _read_names(child, bound)


def _text(node: nodes.Node) -> str:
    return "".join(data.data for data in node.find_all(nodes.TemplateData))


def _printed(node: nodes.Node) -> Iterator[str]:
    """Name what is printed or gone through; what only a condition looks at is not."""
    for field, value in node.iter_fields():
        if field == "test":
            continue
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, nodes.Name):
                yield child.name
            if isinstance(child, nodes.Node):
                yield from _printed(child)


_SYNTAX = (
    (re.compile(r"[Uu]nexpected end of template"), "有 {% if … %} 或 {% for … %} 没有写结束标记"),
    (re.compile(r"unknown tag '(.+?)'"), "不认识的标记“{}”"),
    (re.compile(r"Missing end of (?:comment|raw)"), "{# 没有对应的 #}"),
    (re.compile(r"unexpected '(.+?)'"), "多余或不成对的“{}”"),
    (re.compile(r"unexpected char '(.+?)'"), "不能使用的符号“{}”"),
    (re.compile(r"expected token '.+?', got '(.+?)'"), "“{}”处写法不对"),
)


def _plain(message: str) -> str:
    """Say a parser's message in the clerk's words."""
    for pattern, words in _SYNTAX:
        match = pattern.search(message)
        if match is not None:
            return words.format(*match.groups()) if match.groups() else words
    return "模板写法有误"
