"""Items of the settings that are well formed, each by itself, but not together. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from docgen.errors import Place, Problem, Severity
from docgen.settings.problems import SettingCode, missing, shown, wrong

if TYPE_CHECKING:
    from docgen.settings import Settings

_SIGNERS = "李示例；王示例"
_DAYS = "2024-08-14；2024-08-15"
_POSTS = "甲市应急管理局局长；甲市公安局局长"
_MAY_REPEAT = ("signatory", "signed_on")
"""One person may sign for two agencies, and two agencies on one day."""

Contradiction = tuple[str, Problem]
"""An item, and what is wrong with it beside the others."""


class _Places(NamedTuple):
    """Where the items stand."""

    source: Place
    places: Mapping[str, Place]

    def of(self, item: str) -> Place:
        return self.places.get(item, self.source)

    def wrong(self, item: str, found: str, right: str) -> Contradiction:
        return item, wrong(item, found, right, self.of(item))

    def missing(self, item: str, right: str) -> Contradiction:
        return item, missing(item, right, self.source)


def contradictions(
    settings: Settings, stated: Iterable[str], where: Place, at: Mapping[str, Place]
) -> Iterator[Contradiction]:
    """Yield what does not fit together, each with its item. `stated` are the fields that were written."""
    given, places = frozenset(stated), _Places(where, at)
    yield from _of_the_year_and_the_period(settings, given, places)
    yield from _of_signing(settings, places)
    yield from _of_the_form(settings, places)
    yield from _written_twice(settings, given, places)
    yield from _of_order(settings, places)
    yield from _of_lists(settings, given, places)


def _of_the_year_and_the_period(
    settings: Settings, given: frozenset[str], places: _Places
) -> Iterator[Contradiction]:
    if "year" in given and settings.year not in range(2000, 2100):
        yield places.wrong("年份", str(settings.year), "四位年份，如 2024")
    if settings.in_force_rule == "期间内起保":
        for item, day in (("期间起日", settings.period_start), ("期间止日", settings.period_end)):
            if day is None:
                yield places.missing(item, "“在保口径”是“期间内起保”时须写明，如 2024-01-01")
    if settings.period_start and settings.period_end and settings.period_start > settings.period_end:
        end = settings.period_end.isoformat()
        yield places.wrong("期间止日", end, f"不早于期间起日 {settings.period_start}")


def _of_signing(settings: Settings, places: _Places) -> Iterator[Contradiction]:
    """GB/T 9704-2012, 7.2.6, 7.3.5.3: every agency of a joint paper has its signer, and its 签名章."""
    if settings.direction == "上行文":
        when, signers = "“行文方向”是“上行文”时", tuple(settings.signatory)
        if not signers:
            yield places.missing("签发人", f"{when}须写明，各机关一人，如 {_SIGNERS}")
        yield from _one_each(settings, places, "签发人", signers, f"{when}各发文机关一人", _SIGNERS)
        days = tuple(day.isoformat() for day in settings.signed_on)
        yield from _one_each(settings, places, "签发日期", days, f"{when}各发文机关一个", _DAYS)
    if settings.sealing == "签名章":
        when, posts = "“用印方式”是“签名章”时", settings.signing_posts
        if not posts:
            yield places.missing("签发人职务", f"{when}须写明职务全称，各机关一项，如 {_POSTS}")
        yield from _one_each(settings, places, "签发人职务", posts, f"{when}各发文机关一项职务全称", _POSTS)


def _one_each(
    settings: Settings, places: _Places, item: str, written: Sequence[str], rule: str, example: str
) -> Iterator[Contradiction]:
    """Say that an item has more or fewer entries than there are agencies."""
    needed = len(settings.issuers)
    if written and needed and len(written) != needed:
        example = example if needed > 1 else example.partition("；")[0]
        order = "，先后与发文机关一致" if needed > 1 else ""
        right = f"{rule}{order}，应写 {needed} 项，写了 {len(written)} 项，如 {example}"
        yield places.wrong(item, shown(written), right)


def _of_the_form(settings: Settings, places: _Places) -> Iterator[Contradiction]:
    if settings.secrecy and not settings.copy_number:
        right = "涉密公文应当标注份号（公文处理工作条例第九条），六位数字（GB/T 9704-2012 第 7.2.1 条），如 000001"
        yield "份号", missing("份号", right, places.of("密级"), Severity.DOUBTFUL)
    if settings.seal_diameter is not None and settings.seal_diameter not in range(30, 61):
        yield places.wrong("印章直径", str(settings.seal_diameter), "30 到 60 之间的毫米数，如 42")


def _written_twice(settings: Settings, given: frozenset[str], places: _Places) -> Iterator[Contradiction]:
    for spec in fields(settings):
        value = getattr(settings, spec.name)
        if spec.name not in given or spec.name in _MAY_REPEAT or not isinstance(value, tuple):
            continue
        if twice := _repeated(value):
            right = f"每项只写一次，如 {twice[0]}"
            if spec.name == "signing_posts":
                right = f"每项只写一次；两个机关的职务连同机关名称写，如 {_POSTS}"
            yield places.wrong(spec.metadata["item"], shown([*twice, *twice]), right)


def _repeated(value: tuple[Any, ...]) -> list[str]:
    """Name the items that stand more than once; of aliases, the left sides."""
    keys = [str(part[0] if isinstance(part, tuple) else part) for part in value]
    return [key for key in dict.fromkeys(keys) if keys.count(key) > 1]


def _of_order(settings: Settings, places: _Places) -> Iterator[Contradiction]:
    for item, day in (("整改期限", settings.mend_by), ("成文日期", settings.signing_date)):
        if day is not None and day < settings.cutoff:
            yield item, _out_of_order(item, day, settings.cutoff, places.of(item))


def _of_lists(settings: Settings, given: frozenset[str], places: _Places) -> Iterator[Contradiction]:
    strange = [kind for kind in settings.faulty_kinds if kind not in settings.kinds]
    if strange and given & {"kinds", "faulty_kinds"}:
        right = f"“问题类别”里有的类别：{'、'.join(settings.kinds)}"
        yield places.wrong("计入问题保单", shown(strange), right)
    astray = [f"{alias}={area}" for alias, area in settings.area_aliases if area not in settings.areas]
    if astray and "area_aliases" in given:
        right = f"等号右边是“属地”里有的地区：{'、'.join(settings.areas)}"
        yield places.wrong("属地别名", shown(astray), right)


def _out_of_order(item: str, day: date, cutoff: date, place: Place) -> Problem:
    return Problem(
        SettingCode.DATES_OUT_OF_ORDER,
        Severity.DOUBTFUL,
        place,
        f"“{item}”{day} 早于数据截止日期 {cutoff}",
        f"不早于数据截止日期的日期，如 {cutoff}",
        f"核对“{item}”和“数据截止日期”，改正写错的一个",
    )
