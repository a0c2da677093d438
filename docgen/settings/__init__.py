"""The settings of a run (发文信息): one frozen `Settings`, whether it came from 发文.toml or from the sheet.

Both sources hold the same flat items, named as the office names them; the metadata of each field name it.
"""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import Field, dataclass, field, fields, replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from docgen.errors import Place, Problem, Severity, Unreadable
from docgen.settings.contradictions import contradictions
from docgen.settings.forms import FORMS, Form, day_of_serial, parse_day, parse_share
from docgen.settings.problems import SettingCode, missing, shown, wrong
from docgen.settings.toml_faults import toml_faults

__all__ = [
    "DAY_ITEMS",
    "PUBLISHED",
    "SHARED_NUMBER",
    "ReadSettings",
    "SettingCode",
    "Settings",
    "day_of_serial",
    "is_blank",
    "mean_the_same",
    "parse_day",
    "parse_items",
    "parse_settings",
    "parse_share",
    "read_toml",
    "toml_lines",
    "wrong_setting",
]

PUBLISHED = "主动公开"
"""公开属性: the paper is published without being asked for."""
SHARED_NUMBER = "同号分送"
"""函编号方式: one number and one text for all insurers, each with annexes of its own."""


def _item(
    name: str, *, required: bool = False, choices: tuple[str, ...] = (), form: str = ""
) -> dict[str, object]:
    """Say what the office calls a field, whether it must be written, and what it may hold.

    `form` names the form in which it is read where its type alone does not say it.
    """
    return {"item": name, "required": required, "choices": choices, "form": form}


@dataclass(frozen=True, kw_only=True)
class Settings:
    """Everything that is decided outside the inspection's rows. Lists keep the order of printing."""

    issuers: tuple[str, ...] = field(
        default=(),
        metadata=_item("发文机关", required=True),
    )
    issuer_short_names: tuple[str, ...] = field(default=(), metadata=_item("发文机关简称"))
    agency_code: str = field(default="", metadata=_item("机关代字", required=True, form="机关代字"))
    year: int = field(default=0, metadata=_item("年份", required=True))
    serial: int | None = field(default=None, metadata=_item("序号"))
    title: str = field(default="", metadata=_item("标题", required=True))
    addressees: str = field(default="", metadata=_item("主送机关", required=True))
    signing_date: date | None = field(default=None, metadata=_item("成文日期"))
    signatory: tuple[str, ...] = field(default=(), metadata=_item("签发人"))
    signed_on: tuple[date, ...] = field(default=(), metadata=_item("签发日期"))
    printing_office: str = field(default="", metadata=_item("印发机关"))
    printing_date: date | None = field(default=None, metadata=_item("印发日期"))
    copy_to: tuple[str, ...] = field(default=(), metadata=_item("抄送机关"))
    copies: int | None = field(default=None, metadata=_item("份数"))
    publicity: str = field(default="", metadata=_item("公开属性", choices=(PUBLISHED, "依申请公开", "不予公开")))
    copy_number: str = field(default="", metadata=_item("份号", form="份号"))
    secrecy: str = field(default="", metadata=_item("密级", form="密级"))
    urgency: str = field(default="", metadata=_item("紧急程度", choices=("特急", "加急")))
    direction: str = field(default="下行文", metadata=_item("行文方向", choices=("下行文", "平行文", "上行文")))
    mark_form: str = field(default="联合", metadata=_item("标志形式", choices=("联合", "主办机关")))
    """Whether the mark of a joint paper shows every issuer or the lead agency alone."""
    sealing: str = field(
        default="加盖印章", metadata=_item("用印方式", choices=("加盖印章", "不加盖印章", "签名章"))
    )
    signing_posts: tuple[str, ...] = field(default=(), metadata=_item("签发人职务"))
    seal_diameter: int | None = field(default=None, metadata=_item("印章直径"))
    note: str = field(default="", metadata=_item("附注"))
    profile: str = field(default="", metadata=_item("版式"))
    """A profile of the stylesheet; empty for the standard's own."""
    annexes: tuple[str, ...] = field(default=(), metadata=_item("通报附件", form="通报附件"))
    """Which of the circular's annexes it bears, by their numbers: all when empty, none when 无."""
    annex_binding: str = field(default="合订", metadata=_item("附件装订", choices=("合订", "单独装订")))
    """Whether the circular's annexes are bound with it, or each is a paper by itself."""
    cutoff: date = field(default=date.min, metadata=_item("数据截止日期", required=True))
    period: str = field(default="", metadata=_item("统计期间", required=True))
    in_force_rule: str = field(
        default="截止日在保",
        metadata=_item("在保口径", choices=("截止日在保", "期间内起保")),
    )
    """截止日在保, or 期间内起保: then 期间起日 and 期间止日 are needed."""
    period_start: date | None = field(default=None, metadata=_item("期间起日"))
    period_end: date | None = field(default=None, metadata=_item("期间止日"))
    kinds: tuple[str, ...] = field(
        default=(
            "未规范使用保险方案及费率机制",
            "未明确约定事故预防服务",
            "保额与投保企业人数不匹配",
            "数据录入不规范",
        ),
        metadata=_item("问题类别"),
    )
    subkinds: tuple[str, ...] = field(default=(), metadata=_item("问题小类"))
    faulty_kinds: tuple[str, ...] = field(
        default=("未规范使用保险方案及费率机制", "未明确约定事故预防服务", "保额与投保企业人数不匹配"),
        metadata=_item("计入问题保单"),
    )
    industries: tuple[str, ...] = field(
        default=(
            "金属冶炼", "危险化学品", "烟花爆竹批发", "医药", "加油站", "使用危化的其他重点企业",
            "粉尘企业", "其他",
        ),
        metadata=_item("行业类别"),
    )
    areas: tuple[str, ...] = field(
        default=(
            "张家港市", "常熟市", "太仓市", "昆山市", "吴江区", "吴中区", "相城区", "姑苏区", "苏州工业园区",
            "苏州高新区（虎丘区）",
        ),
        metadata=_item("属地"),
    )
    area_aliases: tuple[tuple[str, str], ...] = field(
        default=(
            ("昆山开发区", "昆山市"), ("昆山高新区", "昆山市"), ("张家港保税区", "张家港市"),
            ("常熟高新区", "常熟市"), ("吴江开发区", "吴江区"), ("虎丘区", "苏州高新区（虎丘区）"),
            ("园区", "苏州工业园区"),
        ),
        metadata=_item("属地别名"),
    )
    """Written “昆山开发区=昆山市” in the sources."""
    ambiguous_areas: tuple[str, ...] = field(
        default=("开发区", "高新区"),
        metadata=_item("属地待核"),
    )
    mend_by: date | None = field(default=None, metadata=_item("整改期限"))
    objection_days: int = field(default=5, metadata=_item("反馈期限"))
    """Working days within which an insurer may object."""
    contact: str = field(default="", metadata=_item("联系人"))
    phone: str = field(default="", metadata=_item("联系电话"))
    service_fee_share: Decimal = field(
        default=Decimal("0.20"),
        metadata=_item("服务费提取比例"),
    )
    shows_sampling: bool = field(default=False, metadata=_item("附件2列抽查"))
    """Whether annex 2 also shows 抽查保单数 and 问题保单数."""
    letter_agency_code: str = field(default="苏应急函", metadata=_item("函机关代字", form="机关代字"))
    letter_title: str = field(default="关于反馈安全生产责任保险检查问题的函", metadata=_item("函标题"))
    letter_copy_to: tuple[str, ...] = field(default=(), metadata=_item("函抄送机关"))
    letter_numbering: str = field(
        default="一函一号",
        metadata=_item("函编号方式", choices=("一函一号", SHARED_NUMBER)),
    )
    letter_addressees: str = field(default="各有关保险公司", metadata=_item("函主送机关"))
    """Whom the one text of 同号分送 is addressed to."""


def read_toml(path: Path) -> Mapping[str, object]:
    """Read 发文.toml: flat items, Chinese names in quotes, lists as arrays. Raise `Unreadable`."""
    text = _toml_text(path)
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # a number of thousands of digits, lists nested as deep
        faults = toml_faults(text, str(error))
        lines = "\n".join(f"第 {fault.line} 行{fault.why}：{fault.text}" for fault in faults)
        raise Unreadable(
            f"{path.name} " + (lines if len(faults) == 1 else f"有 {len(faults)} 行不合写法：\n{lines}"),
            "；".join(dict.fromkeys(fault.remedy for fault in faults)) + "。改正前整个文件读不了",
        ) from error


def toml_lines(path: Path) -> Mapping[str, int]:
    """Say on which line of 发文.toml each item stands, from 1."""
    lines = _toml_text(path).splitlines()
    starts = (re.match(r"""\s*["']([^"']+)["']\s*=""", line) for line in lines)
    return {start[1]: number for number, start in enumerate(starts, 1) if start}


def _toml_text(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Unreadable(f"{path.name} 不是 UTF-8 编码，读不了", "用记事本另存，编码选 UTF-8") from error
    except OSError as error:
        raise Unreadable(f"{path.name} 打不开", "确认文件在原处，且有读取权限") from error


@dataclass(frozen=True)
class ReadSettings:
    """The items of a run as they were read: settings, None when a problem bars, and what may still be used of them.

    `items` holds every item that is well formed, the defaults for the others; `faulty` are those whose content
    cannot be used, so that nobody judges by a default what the office wrote otherwise.
    """

    settings: Settings | None
    items: Settings
    faulty: frozenset[str]
    problems: tuple[Problem, ...]


def parse_settings(
    items: Mapping[str, object], where: Place, places: Mapping[str, Place] | None = None
) -> tuple[Settings | None, tuple[Problem, ...]]:
    """Turn the flat items of either source into `Settings`, or say all that is wrong with them.

    `where` is the source; `places` holds the cell or line of single items, by name. An empty item counts as
    not written. The settings are None when any of the problems is 阻断.
    """
    read = parse_items(items, where, places)
    return read.settings, read.problems


def parse_items(
    items: Mapping[str, object], where: Place, places: Mapping[str, Place] | None = None
) -> ReadSettings:
    """Read the items as `parse_settings` does, and keep those that are well formed though others bar."""
    at = places or {}
    problems: list[Problem] = []
    values: dict[str, Any] = {}
    stated: set[str] = set()
    faulty: set[str] = set()
    for name, content in items.items():
        place = at.get(name, where)
        spec = _ITEMS.get(name.strip())
        if spec is None:
            problems.append(_unknown(name, place))
        elif not is_blank(content):
            stated.add(name.strip())
            try:
                values[spec.name] = _read(spec, content)
                problems += _serials(spec.metadata["item"], content, place)
            except ValueError:
                faulty.add(name.strip())
                problems.append(wrong(spec.metadata["item"], shown(content), _right(spec), place))
    lacking = [name for name, spec in _ITEMS.items() if spec.metadata["required"] and name not in stated]
    problems += (missing(name, _right(_ITEMS[name]), where) for name in lacking)
    settings = Settings(**values)
    if "area_aliases" not in values:
        known = tuple(alias for alias in settings.area_aliases if alias[1] in settings.areas)
        settings = replace(settings, area_aliases=known)
    malformed = frozenset(faulty)
    for item, problem in contradictions(settings, values.keys(), where, at):
        if _HELD_AGAINST.get(item) not in malformed:
            problems.append(problem)
            if problem.severity is Severity.BARRING:
                faulty.add(item)
    is_barred = any(problem.severity is Severity.BARRING for problem in problems)
    return ReadSettings(
        None if is_barred else settings, settings, frozenset(faulty.union(lacking)), tuple(problems)
    )


_EXAMPLES = {
    "标题": "关于某某工作情况的通报",
    "主送机关": "各县（市、区）应急管理局",
    "统计期间": "2024年上半年",
}
_HELD_AGAINST = {"属地别名": "属地", "计入问题保单": "问题类别"}
"""Items whose content is judged by another's: not by its default when what is written there cannot be read."""
_ITEMS: Mapping[str, Field[Any]] = {spec.metadata["item"]: spec for spec in fields(Settings)}


DAY_ITEMS = frozenset(item for item, spec in _ITEMS.items() if "date" in str(spec.type))
"""The items that hold days."""


def _form(spec: Field[Any]) -> Form:
    return FORMS[spec.metadata["form"] or str(spec.type)]


def _read(spec: Field[Any], content: object) -> object:
    value = _form(spec).read(content)
    if isinstance(value, str) and spec.name != "title":
        value = value.replace("\n", "")
    choices = spec.metadata["choices"]
    if choices and value not in choices:
        raise ValueError(content)
    return value


def _right(spec: Field[Any]) -> str:
    choices = spec.metadata["choices"]
    if choices:
        return "或".join(f"“{choice}”" for choice in choices)
    example = _EXAMPLES.get(spec.metadata["item"])
    return _form(spec).right + (f"，如 {example}" if example else "")


def is_blank(content: object) -> bool:
    """Tell whether nothing is written; a list of nothing but blanks and separators is nothing."""
    if isinstance(content, list):
        return all(map(is_blank, content))
    return content is None or (isinstance(content, str) and not content.strip("；; \t\r\n\u3000"))


def mean_the_same(item: str, content: object, other: object) -> bool:
    """Tell whether two contents of an item are the same once they are read; unreadable ones are as written."""
    spec = _ITEMS.get(item)
    if spec is None:
        return content == other
    try:
        return _read(spec, content) == _read(spec, other)
    except ValueError:
        return content == other


def _serials(item: str, content: object, place: Place) -> Iterator[Problem]:
    """Say that a day came as a spreadsheet's number."""
    day = day_of_serial(content)
    if day is not None and item in DAY_ITEMS:
        yield Problem(
            SettingCode.DATE_FORM,
            Severity.NOTICE,
            place,
            f"“{item}”存成了数字 {content:g}，已按 {day.isoformat()} 采用",
            "日期格式，如 2024-08-09",
            "核对无误可不处理；把单元格格式设为“日期”就能看到日期",
        )


def wrong_setting(name: str, found: object, right: str, place: Place) -> Problem:
    """Say that an item holds what is not right; for what only a later room can tell."""
    return wrong(name, shown(found), right, place)


def _unknown(name: str, place: Place) -> Problem:
    nearest = difflib.get_close_matches(name.strip(), _ITEMS, n=1, cutoff=0.4)
    hint = f"最接近的项目名是“{nearest[0]}”" if nearest else "项目名见说明书的发文信息表"
    return Problem(
        SettingCode.UNKNOWN, Severity.NOTICE, place, f"不认识的项目“{name}”，没有采用", hint,
        "写错了就改成规范的项目名，用不着就删去",
    )
