"""Know which characters a font draws by one glyph: a PDF tells of a glyph, not which of its characters was meant.

Text copied from elsewhere holds such characters: radicals for hanzi (⼀ for 一), dots of other scripts, hyphens that
do not break. Once a paper holds both, its PDF gives one of them for either. Only true twins are here, as the faces
that are shipped or looked for have them: 10² is not drawn as 102, nor ① as 1.
"""

from __future__ import annotations

import unicodedata

SOFT_HYPHEN = "\u00ad"
_RADICALS = (
    "⺂⺃⺅⺇⺉⺍⺎⺏⺐⺒⺓⺔⺕⺖⺘⺙⺛⺞⺟⺠⺡⺣⺦⺨⺩⺫⺲⺭⺯⺰⺱⺹⺺⺽⺾⺿⻀⻁⻂⻃⻅⻆⻇⻈⻉⻋⻌⻐⻑⻒⻓⻔⻕⻖⻘⻙⻚⻛⻜⻝⻞⻟⻠⻡⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻮⻯⻰⻱⻲⻳⼾",
    "乛乚亻𠘨刂𭕄兀尣尢巳幺彑彐忄扌攵旡歺母民氵灬丬犭𤣩罒罒礻糹纟罓耂肀𦥑艹艹艹虎衤覀见角𧢲讠贝车辶钅長镸长门𨸏阝青韦页风飞食𩙿飠饣𩠐马骨鬼鱼鸟卤麦黄黾斉齐齿竜龙龜亀龟户",
)
"""CJK Radicals Supplement, of which Unicode equates two; ⼾, which Unicode equates with 戶."""
_KANGXI = range(0x2F00, 0x2FD6)
_LIGATURES = range(0xFB00, 0xFB07)
"""ﬀ to ﬆ, which a reader of PDF spells out."""
_TWINS = (
    {chr(code): unicodedata.normalize("NFKC", chr(code)) for code in (*_KANGXI, *_LIGATURES)}
    | dict(zip(*_RADICALS, strict=True))
    | dict(zip("➀➁➂➃➄➅➆➇➈➉➊➋➌➍➎➏➐➑➒➓", "①②③④⑤⑥⑦⑧⑨⑩❶❷❸❹❺❻❼❽❾❿", strict=True))
    | dict.fromkeys("•・‧", "·")
    | dict.fromkeys("‐‑\u00ad", "-")
    | {"⋯": "…", "‒": "–", "∕": "／", "〜": "～", "⮕": "➡"}
)
_TABLE = str.maketrans(_TWINS)


def alike(text: str) -> str:
    """Give the same for texts that are drawn alike: letters with marks composed, compatibility hanzi as hanzi."""
    return unicodedata.normalize("NFC", text).translate(_TABLE)


def are_drawn_alike(found: str, expected: str) -> bool:
    """Whether what is found may be the expected text; a soft hyphen within a line is not drawn at all."""
    if found == expected:
        return True
    return alike(found) in (alike(expected), alike(expected.replace(SOFT_HYPHEN, "")))
