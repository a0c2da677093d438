"""Strings that break careless programs, and an input that holds each of them in every text column.

A cell is the string with a mark behind it that names string and column, such as 记07丙: by the mark it is found
again in the papers, wherever it was printed.
"""

from __future__ import annotations

import csv
import json
import re
from dataclasses import dataclass
from pathlib import Path

from stdnum.cn import uscc


@dataclass(frozen=True)
class Hostile:
    """A string, and how it is printed: `printed` when that differs, with the `code` of the problem that says so."""

    name: str
    typed: str
    printed: str = ""
    code: str = ""

    @property
    def expected(self) -> str:
        """The string as the papers must show it."""
        return self.printed or self.typed


_CONTROL, _BREAK, _WIDE, _NO_GLYPH = "control-character", "line-break", "full-width", "no-glyph"
STRINGS = (
    Hostile("markup", "A&B <公司>"),
    Hostile("cdata-end", "]]>"),
    Hostile("template", "{{7*7}}"),
    Hostile("template-tag", "{% raw %}"),
    Hostile("template-comment", "{# 注 #}"),
    Hostile("formula", "=cmd|' /C calc'!A0"),
    Hostile("plus", "+1+1"),
    Hostile("at", "@SUM(A1)"),
    Hostile("minus", "-2+3"),
    Hostile("apostrophe", "'=1+1"),
    Hostile("hyperlink", "http://example.invalid/?a=1&b=2"),
    Hostile("right-to-left", "甲\u202e乙", "甲〓乙", _CONTROL),
    Hostile("joiner", "甲\u200d乙", "甲〓乙", _CONTROL),
    Hostile("non-joiner", "甲\u200c乙", "甲〓乙", _CONTROL),
    Hostile("zero-width-space", "甲\u200b乙", "甲〓乙", _CONTROL),
    Hostile("byte-order-mark", "甲\ufeff乙", "甲〓乙", _CONTROL),
    Hostile("nul", "甲\x00乙", "甲〓乙", _CONTROL),
    Hostile("bell", "甲\x07\x1b乙", "甲〓〓乙", _CONTROL),
    Hostile("delete", "甲\x7f\x85乙", "甲〓〓乙", _CONTROL),
    Hostile("noncharacter", "甲\ufdd0乙", "甲〓乙", _CONTROL),
    Hostile("private-use", "甲\ue000乙", "甲〓乙", _NO_GLYPH),
    Hostile("extension-b", "𠮷野"),
    Hostile("extension-g", "甲\U00030000乙", "甲〓乙", _NO_GLYPH),
    Hostile("emoji", "甲😀乙", "甲〓乙", _NO_GLYPH),
    Hostile("combined", "cafe\u0301"),
    Hostile("arabic", "甲عربي乙", "甲〓〓〓〓乙", _NO_GLYPH),
    Hostile("long-hanzi", "长" * 60),
    Hostile("long-latin", "Ab1" * 16),
    Hostile("half-width-brackets", "示例(苏州)有限公司"),
    Hostile("full-width-brackets", "示例（苏州）有限公司"),
    Hostile("two-blanks", "两  格"),
    Hostile("ideographic-blank", "全　角"),
    Hostile("leading-blanks", " \u3000前", "前"),
    Hostile("tab", "制\t表", "制 表", _BREAK),
    Hostile("newline", "换\n行", "换 行", _BREAK),
    Hostile("windows-newline", "换\r\n行", "换 行", _BREAK),
    Hostile("line-separator", "换\u2028行", "换 行", _BREAK),
    Hostile("soft-hyphen", "软\u00ad连"),
    Hostile("no-break-blank", "不\u00a0断"),
    Hostile("geta", "甲〓乙"),
    Hostile("own-mark", "【待核】甲【待补：标题】"),
    Hostile("full-width-digits", "－１２３", "－123", _WIDE),
    Hostile("entities", "&amp;&#39;&lt;b&gt;"),
    Hostile("word-markup", "<w:t>甲</w:t>"),
    Hostile("excel-escape", "_x0041_"),
    Hostile("excel-break", "_x000D_"),
    Hostile("excel-escaped", "_x005F_x0041_"),
    Hostile("percent", "%s%(a)s{0}"),
    Hostile("shell", "$(id)`id`\\n"),
    Hostile("terminal", "[red]红[/]"),
    Hostile("path", "../../甲"),
    Hostile("quotes", "“甲”'乙'\"丙\""),
)
OF_A_LETTER = ("markup", "template", "right-to-left", "extension-b", "excel-escape")
"""The strings whose insurer gets a letter, each of them its own; the others' problems are the first insurer's."""

PLAIN_INSURER = "甲山财险"
COLUMNS = {
    ("保险公司", "简称"): "子",
    ("保险公司", "全称"): "丑",
    ("保险公司", "主送名称"): "寅",
    ("保险公司", "系统内名称"): "卯",
    ("保险公司", "联系人"): "辰",
    ("保险公司", "联系电话"): "巳",
    ("保单", "保单号"): "午",
    ("保单", "批单号"): "未",
    ("保单", "被保险单位"): "申",
    ("问题", "问题编号"): "酉",
    ("问题", "问题小类"): "戌",
    ("问题", "情况说明"): "亥",
    ("问题", "整改要求"): "角",
    ("问题", "检查人"): "亢",
    ("未上传保单", "保单号"): "氐",
    ("未上传保单", "被保险单位"): "房",
    ("服务费用核查", "服务记录编号"): "心",
    ("服务费用核查", "服务项目"): "尾",
    ("应保未保", "单位名称"): "箕",
    ("应保未保", "截止日后情况"): "斗",
    ("未全员投保", "单位名称"): "牛",
    ("应保单位名册", "单位名称"): "女",
    ("应保单位名册", "曾用名"): "虚",
}
"""Every free text column, and the sign that its marks bear."""
IDS = frozenset({"保单号", "批单号", "问题编号", "服务记录编号"})


def mark(number: int, sheet: str, header: str) -> str:
    """Name string and column behind a cell's string: 记07丙."""
    return f"记{number:02d}{COLUMNS[sheet, header]}"


def typed(number: int, sheet: str, header: str) -> str:
    """Give the cell as the clerk's file holds it."""
    return STRINGS[number].typed + mark(number, sheet, header)


def tables() -> dict[str, list[list[str]]]:
    """Make every sheet, a row for each string."""
    made: dict[str, list[list[str]]] = {
        "保险公司": [
            ["简称", "全称", "主送名称", "系统内名称", "联系人", "联系电话"],
            [PLAIN_INSURER, "甲山财产保险股份有限公司甲市分公司", "", "", "", ""],
        ],
        "保单": [[
            "保单号", "批单号", "承保保险公司", "被保险单位", "统一社会信用代码", "属地", "行业类别", "从业人员数",
            "投保人数", "保费（元）", "保险起期", "保险止期",
        ]],
        "抽查": [["保单号"]],
        "问题": [[
            "问题编号", "保单号", "承保保险公司", "问题类别", "问题小类", "情况说明", "整改要求", "检查人",
        ]],
        "未上传保单": [["保单号", "承保保险公司", "被保险单位", "统一社会信用代码", "属地", "保险起期"]],
        "服务费用核查": [["服务记录编号", "保单号", "承保保险公司", "服务项目", "系统填报金额（元）", "核实金额（元）"]],
        "应保未保": [[
            "单位名称", "统一社会信用代码", "属地", "行业类别", "从业人员数", "原承保保险公司", "截止日后情况",
        ]],
        "未全员投保": [[
            "单位名称", "统一社会信用代码", "属地", "行业类别", "承保保险公司", "从业人员数", "投保人数",
        ]],
        "应保单位名册": [["单位名称", "曾用名", "统一社会信用代码", "属地", "行业类别", "状态"]],
    }
    for number in range(len(STRINGS)):
        for sheet, row in _rows(number).items():
            made[sheet].append(row)
    return made


def _rows(number: int) -> dict[str, list[str]]:
    def of(sheet: str, header: str) -> str:
        return typed(number, sheet, header)

    insurer, policy = of("保险公司", "简称"), of("保单", "保单号")
    reproached = insurer if STRINGS[number].name in OF_A_LETTER else PLAIN_INSURER
    return {
        "保险公司": [of("保险公司", header) for header in ("简称", "全称", "主送名称", "系统内名称", "联系人", "联系电话")],
        "保单": [
            policy, of("保单", "批单号"), reproached, of("保单", "被保险单位"), code(number), "昆山市", "其他", "20",
            "15", "3600.50", "2024-01-01", "2024-12-31",
        ],
        "抽查": [policy],
        "问题": [
            of("问题", "问题编号"), policy, reproached, "未明确约定事故预防服务", of("问题", "问题小类"),
            of("问题", "情况说明"), of("问题", "整改要求"), of("问题", "检查人"),
        ],
        "未上传保单": [
            of("未上传保单", "保单号"), PLAIN_INSURER, of("未上传保单", "被保险单位"), code(200 + number), "常熟市",
            "2024-02-01",
        ],
        "服务费用核查": [
            of("服务费用核查", "服务记录编号"), policy, reproached, of("服务费用核查", "服务项目"), "800", "600",
        ],
        "应保未保": [
            of("应保未保", "单位名称"), code(400 + number), "太仓市", "其他", "30", insurer,
            of("应保未保", "截止日后情况"),
        ],
        "未全员投保": [
            of("未全员投保", "单位名称"), code(600 + number), "吴江区", "其他", PLAIN_INSURER, "40", "30",
        ],
        "应保单位名册": [
            of("应保单位名册", "单位名称"), of("应保单位名册", "曾用名"), code(800 + number), "吴中区", "其他", "生产",
        ],
    }


def code(serial: int) -> str:
    """Make a valid 统一社会信用代码, invented like the rest."""
    digits = f"91320500MA{serial:06d}0"
    return digits + str(uscc.calc_check_digit(digits))


LISTS = ("抄送机关", "函抄送机关")
"""The settings of many texts that are printed one behind the other."""
TEXTS = ("标题", "主送机关", "印发机关", "统计期间", "联系人", "联系电话", "函标题")
"""The settings of one text; each is given a few of the strings."""


def setting_mark(number: int, item: str) -> str:
    """Name string and item behind a setting's string."""
    return f"记{number:02d}{'奎娄胃昴毕觜参井鬼'[(*LISTS, *TEXTS).index(item)]}"


def settings() -> dict[str, object]:
    """Make the settings: every string in each list, and each in one of the single texts."""
    made: dict[str, object] = {
        "发文机关": ["甲市应急管理局", "甲市金融监管分局"], "机关代字": "甲应急", "年份": 2024, "序号": 132,
        "数据截止日期": "2024-08-09", "成文日期": "2024-08-15", "印发日期": "2024-08-15", "整改期限": "2024-09-13",
    }
    for item in LISTS:
        made[item] = [f"{string.typed}{setting_mark(number, item)}" for number, string in enumerate(STRINGS)]
    for turn, item in enumerate(TEXTS):
        own = list(enumerate(STRINGS))[turn :: len(TEXTS)]
        made[item] = "，".join(f"{string.typed}{setting_mark(number, item)}" for number, string in own)
    return made


def write_folder(folder: Path) -> Path:
    """Write every sheet as a CSV file, and the settings as TOML."""
    folder.mkdir(parents=True)
    for name, rows in tables().items():
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(rows)
    lines = (f'"{item}" = {json.dumps(content).replace(chr(0x7F), _DELETE)}' for item, content in settings().items())
    (folder / "发文.toml").write_text(_CODE_UNITS.sub(_as_toml, "\n".join(lines)), encoding="utf-8")
    return folder


_DELETE = "\\u007f"
_CODE_UNITS = re.compile(r"\\u(d[89ab]..)\\u(d[c-f]..)")
"""A character beyond the first plane as JSON writes it; TOML writes one number of eight digits."""


def _as_toml(pair: re.Match[str]) -> str:
    high, low = (int(half, 16) for half in pair.groups())
    return f"\\U{0x10000 + (high - 0xD800 << 10) + low - 0xDC00:08x}"
