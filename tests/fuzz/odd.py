"""Odd texts and numbers, as damaged and hostile files hold them."""

from __future__ import annotations

from random import Random

NUMBERS = (
    "", " ", "-1", "-0", "0", "1", "4294967296", "99999999", "-99999999", "1e308", "-1e308", "1e400", "NaN", "nan",
    "INF", "-INF", "1E+17", "0.1E-400", "2958466", "2958465.9999999", "36525.5", "60", "59.5", "0x10", "1,5", "１２",
    "3.141592653589793238", "+5", "--5", "1_000", "9" * 400, "TRUE", "#N/A", "甲", "1e", "." , "2024-08-09",
    "9223372036854775808", "18446744073709551616", "45000", "123456789012345678",
)
TEXTS = (
    "", " ", "　", "A&B <公司>", "]]>", "{{7*7}}", "{% raw %}", "=cmd|' /C calc'!A0", "+1+1", "@SUM(A1)", "-2+3",
    "\u202e倒写", "甲\u200d乙\u200c丙\u200b丁", "\ufeff开头", "𠮷野家", "e\u0301", "👩‍👩‍👧", "示例(苏州)有限公司", " 前后 ",
    "两  格", "制\t表", "换\n行", "软\u00ad连", "عربي", "〓", "【待核】", "【待补：标题】", "－１２３", "&amp;&#39;",
    "<w:t>", "'撇号", "_x0041_", "_xD800_", "_x000D_", "_x0000_", "合计", "小计", "总计：", "保单号", "#N/A", "#REF!",
    "1.2E+17", "2024.2.30", "2024-13-45", "5/6/2024", "24年8月", "0", "-5", "1e308", "nan", "inf", "TRUE", "12%",
    "￥1,234.56", "9" * 50, "甲" * 400, "长" * 40_000, "a" * 100_000, "CON", "a/b\\c:d*e?f", "..", "../../甲", "[red]红[/]",
    "[/]", "%s%n", "${x}", "`id`", "\x00", "\x07\x1b[31m", "\ud800", "\udfff甲", "\ufffe", "\U0010ffff", "；；；", "=",
    "甲山财险；乙山财险", "\r\n", "\u2028", "\u0085", "١٢٣", "²", "½", "Ⅷ", "〇", "一二三", "2024年８月９日",
)


def number(rng: Random) -> str:
    """Choose an odd number, or make one."""
    return rng.choice(NUMBERS) if rng.random() < 0.8 else str(rng.uniform(-1, 1) * 10 ** rng.randrange(-20, 40))


def text(rng: Random) -> str:
    """Choose an odd text, or make one of odd characters."""
    if rng.random() < 0.7:
        return rng.choice(TEXTS)
    ranges = ((0, 0x20), (0x20, 0x7F), (0x80, 0x2FF), (0x2000, 0x2070), (0x4E00, 0x9FFF), (0xD800, 0xE000), (0x1F300, 0x30000))
    first, last = rng.choice(ranges)
    return "".join(chr(rng.randrange(first, last)) for _ in range(rng.randrange(1, 30)))
