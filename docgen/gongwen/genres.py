"""The kinds of official paper, with which their titles end (条例 8)."""

from __future__ import annotations

GENRES = (
    "决议", "决定", "命令", "公报", "公告", "通告", "意见", "通知", "通报", "报告", "请示", "批复", "议案", "纪要",
    "令", "函",
)
"""文种 (条例 8); 命令 is written 令 too."""
