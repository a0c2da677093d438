"""A draft: the paper's text from a template, with everything that is wrong or still missing. Pure."""

from __future__ import annotations

import traceback
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache

from jinja2 import Template, TemplateError

from docgen.drafting.checking import check_template
from docgen.drafting.language import ClerkEnvironment, render
from docgen.drafting.prose import missing_setting, paragraphs, prose_problems
from docgen.drafting.shown import Shown, missing
from docgen.errors import Place, Problem, Severity
from docgen.gongwen import Document, Paragraph
from docgen.gongwen.levels import heading_problems
from docgen.records import SETTINGS_SHEET

_TEMPLATES_KEPT = 8
"""A run has one template for the circular and one for all its letters."""


@dataclass(frozen=True)
class Draft:
    """A drafted paper and its problems; `document` is None when one of them is 阻断."""

    document: Document | None
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class Body:
    """The body of a paper; it has no paragraphs when a problem is 阻断."""

    paragraphs: tuple[Paragraph, ...]
    problems: tuple[Problem, ...]


def draft_body(
    template: str, template_name: str, names: Mapping[str, Shown], must_use: Collection[str]
) -> Body:
    """Check the template, fill it in and read its paragraphs, each with its level and template line."""
    problems = _checked(template, template_name, tuple(names), tuple(must_use))
    if problems:
        return Body((), problems)
    try:
        text = render(_compiled(template), names)
    except (TemplateError, TypeError) as error:  # TypeError: text compared with a number
        return Body((), (_failed(error, template_name),))
    body = paragraphs(text)
    problems = (*heading_problems(body, template_name), *prose_problems(body, template_name))
    if not body:
        problems = (_says_nothing(template_name),)
    return Body(() if is_barred(problems) else body, problems)


@lru_cache(_TEMPLATES_KEPT)
def _checked(
    template: str, template_name: str, names: tuple[str, ...], must_use: tuple[str, ...]
) -> tuple[Problem, ...]:
    return check_template(template, template_name, names, must_use)


@lru_cache(_TEMPLATES_KEPT)
def _compiled(template: str) -> Template:
    return ClerkEnvironment().from_string(template)


def is_barred(problems: Collection[Problem]) -> bool:
    """Tell whether a problem keeps the paper from being made."""
    return any(problem.severity is Severity.BARRING for problem in problems)


class Gaps:
    """Collect the settings that a paper prints as 【待补：…】."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def fill(self, text: str, name: str) -> str:
        """Give the text of a setting, or its mark, noting the gap."""
        if text:
            return text
        self.problems.append(missing_setting(name, Place(file=SETTINGS_SHEET)))
        return missing(name)


def with_colon(addressees: str) -> str:
    """End 主送机关 with its full-width colon (GB/T 9704-2012, 7.3.2), typed or not."""
    return addressees.strip().rstrip("：:") + "："


def _failed(error: TemplateError | TypeError, template_name: str) -> Problem:
    """Say why rendering stopped, at the template line that Jinja names in the traceback."""
    frames = traceback.extract_tb(error.__traceback__)
    line = next((frame.lineno for frame in reversed(frames) if frame.filename == "<template>"), None)
    return Problem(
        "template-syntax", Severity.BARRING, Place(file=template_name, line=line),
        f"该行不能填写（{error}）", "数与数比较，“.名称”“.数”“.项数”“.分项合计”只用于数字名称",
        "修改该行的条件或循环",
    )


def _says_nothing(template_name: str) -> Problem:
    return Problem(
        "empty-template", Severity.BARRING, Place(file=template_name), "模板没有生成任何文字",
        "模板写有正文", "补上正文，或重新指定模板",
    )
