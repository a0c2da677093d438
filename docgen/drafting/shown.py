"""What a template sees: values that can be printed, asked whether there are any, compared and gone through.

A `Shown` is all that a template can reach; the objects behind it stay out of its sight. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from datetime import date
from decimal import Decimal

from docgen.figures import shown, shown_number
from docgen.figures.figure import Figure, part_name
from docgen.gongwen import chinese_date
from docgen.gongwen.numerals import percent, working_days
from docgen.records import SETTINGS_SHEET
from docgen.settings import Settings

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")

ATTRIBUTES = {"名称": "label", "数": "number", "项数": "count", "分项合计": "sum_of_parts"}
"""What stands behind a dot in a template, and the property of `Shown` that it reads."""


@dataclass(frozen=True, eq=False)
class Shown:
    """A printable value; `parts` are its terms. Control characters never reach the page.

    `value` decides comparisons and, when there are no parts, truth.
    """

    text: str
    value: int | Decimal | str
    parts: tuple[Shown, ...] = ()
    label: str = ""
    number: str = ""
    source: str = ""
    """Where the value comes from, as `docgen trace` names it: 投保单位数, 分行业投保单位数/医药, 发文信息/整改期限."""
    aspect: str = ""
    """What stood behind the dot when this is not the value itself: 数, 项数, 分项合计."""

    def __post_init__(self) -> None:
        for name in ("text", "label", "number", "source"):
            object.__setattr__(self, name, _CONTROL.sub("", getattr(self, name)))

    def __str__(self) -> str:
        return self.text

    def __bool__(self) -> bool:
        return bool(self.value)

    def __iter__(self) -> Iterator[Shown]:
        return iter(self.parts)

    def __eq__(self, other: object) -> bool:
        return bool(self.value == (other.value if isinstance(other, Shown) else other))

    def __hash__(self) -> int:
        return hash(self.value)

    def __lt__(self, other: object) -> bool:
        mine, its = self._numbers(other)
        return mine < its

    def __le__(self, other: object) -> bool:
        mine, its = self._numbers(other)
        return mine <= its

    def __gt__(self, other: object) -> bool:
        mine, its = self._numbers(other)
        return mine > its

    def __ge__(self, other: object) -> bool:
        mine, its = self._numbers(other)
        return mine >= its

    @property
    def count(self) -> int:
        """How many parts there are (项数)."""
        return len(self.parts)

    @property
    def sum_of_parts(self) -> Shown:
        """Add the parts up (分项合计): more than the value when something counts in two of them."""
        return number_shown(sum(int(part.value) for part in self.parts))

    def behind_dot(self, attribute: str) -> Shown | str:
        """Give one of `ATTRIBUTES`, knowing what it is an aspect of; a label (名称) states nothing."""
        found = getattr(self, ATTRIBUTES[attribute])
        if attribute == "名称":
            return str(found)
        value = found.value if isinstance(found, Shown) else found
        return Shown(str(found), value, number=str(found), source=self.source, aspect=attribute)

    def _numbers(self, other: object) -> tuple[Decimal, Decimal]:
        mine, its = self.value, other.value if isinstance(other, Shown) else other
        if isinstance(mine, str) or not isinstance(its, int | float | Decimal):
            raise TypeError(f"“{mine}”与“{its}”不能比较大小")
        return Decimal(mine), Decimal(str(its))


def figure_shown(figure: Figure, whole: str = "") -> Shown:
    """Show a figure with its unit and, when doubtful, 【待核】; `number` is the same without the unit.

    `whole` names the figure that this is a part of.
    """
    number = shown_number(figure) + ("【待核】" if figure.doubts else "")
    source = part_name(whole, figure.name) if whole else figure.name
    parts = tuple(figure_shown(part, source) for part in figure.parts)
    return Shown(shown(figure), figure.value, parts, figure.name, number, source)


def number_shown(value: int) -> Shown:
    """Show a bare number."""
    return Shown(str(value), value, number=str(value))


def text_shown(text: str, name: str) -> Shown:
    """Show a text, or 【待补：name】 when it is empty."""
    return Shown(text or missing(name), text, label=name)


def from_source(value: Shown, source: str) -> Shown:
    """Give the same value and its parts, knowing where they come from."""
    parts = tuple(from_source(part, source) for part in value.parts)
    return replace(value, parts=parts, source=source)


def list_shown(texts: tuple[str, ...], name: str) -> Shown:
    """Show a list, its items parted by 、, or 【待补：name】 when it is empty."""
    parts = tuple(Shown(text, text, label=text) for text in texts)
    return Shown("、".join(texts) or missing(name), "、".join(texts), parts, name)


def missing(name: str) -> str:
    """Mark where a setting is missing."""
    return f"【待补：{name}】"


def settings_shown(settings: Settings) -> dict[str, Shown]:
    """Show every setting by its item name: dates as 2024年8月9日, shares as 20%, days as 五个工作日."""
    shown_settings = {}
    for field in fields(settings):
        name = field.metadata["item"]
        shown_settings[name] = _setting_shown(name, getattr(settings, field.name))
    shown_settings["反馈期限"] = Shown(working_days(settings.objection_days), settings.objection_days)
    return {
        name: from_source(value, part_name(SETTINGS_SHEET, name)) for name, value in shown_settings.items()
    }


SETTING_NAMES = frozenset(field.metadata["item"] for field in fields(Settings))


def _setting_shown(name: str, value: object) -> Shown:
    if value is None or isinstance(value, str):
        return text_shown(value or "", name)
    if isinstance(value, date):
        written = "" if value == date.min else chinese_date(value)
        return text_shown(written, name)
    if isinstance(value, tuple):
        return list_shown(tuple(_item(item) for item in value), name)
    if isinstance(value, Decimal):
        return Shown(percent(value), value, label=name)
    if isinstance(value, bool):
        return Shown("是" if value else "否", int(value), label=name)
    return Shown(str(value), int(str(value)), label=name)


def _item(item: object) -> str:
    if isinstance(item, date):
        return chinese_date(item)
    return "=".join(item) if isinstance(item, tuple) else str(item)
