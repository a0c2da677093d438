"""Text as a list of findings may have it: figures, codes, dates, brackets and marks, close together. Seeded."""

from __future__ import annotations

import re
from random import Random

from docgen.gongwen import Document
from tests.papers import paper

_HANZI = "安全生产责任保险检查情况通报企业单位全市承保服务问题整改要求落实监管应急管理局金融数据系统上传"
_SEED = 9704
_PARAGRAPHS = 150


def dense_paper() -> Document:
    """A paper of random paragraphs."""
    rng = Random(_SEED)
    return paper(*(_paragraph(rng) for _ in range(_PARAGRAPHS)))


def _paragraph(rng: Random) -> str:
    text = _hanzi(rng, 2) + "".join(_piece(rng) for _ in range(rng.randint(20, 60)))
    text = re.sub("([，、。；：])[，、。；：]+", r"\1", text)
    return re.sub("([（“《])[，、。；：]+", r"\1", text) + "。"


def _piece(rng: Random) -> str:
    draw = rng.random()
    if draw < 0.45:
        return _hanzi(rng, rng.randint(1, 6))
    if draw < 0.75:
        return _figure(rng)
    if draw < 0.9:
        return rng.choice("，、。；：")
    inside = _hanzi(rng, rng.randint(1, 4))
    return rng.choice((f"（{inside}{_figure(rng)}）", f"（{inside}）", f"“{inside}”", f"《{inside}》"))


def _hanzi(rng: Random, count: int) -> str:
    return "".join(rng.choice(_HANZI) for _ in range(count))


def _figure(rng: Random) -> str:
    small, large = rng.randint(1, 99), rng.randint(1000, 99999)
    return rng.choice(
        (
            f"{small}", f"{large}", f"{small}.{small:02d}", f"{small}%", f"{large // 1000},{large % 1000:03d}",
            f"PZDB2024{large:05d}", f"2024年{small % 12 + 1}月{small % 28 + 1}日", f"甲应急〔2024〕{small}号",
            f"{small}%～{small + 7}%", "2024—2026年", f"XN-{small}", f"A{small % 9}级", f"0000-{large:08d}",
        )
    )
