"""Papers that end in every way in which a paper is signed: sealed, unsealed or stamped, by one to six agencies."""

from __future__ import annotations

from docgen.gongwen import AnnexNote, Document, Sealing, Signatures
from tests.papers import BUREAU, REGULATOR, lines_of_hanzi, paper

AGENCIES = (
    BUREAU,
    REGULATOR,
    "苏州市公安局",
    "苏州市财政局",
    "苏州市住房和城乡建设局",
    "苏州市市场监督管理局",
)
POSTS = ("苏州市应急管理局局长", "国家金融监督管理总局苏州监管分局局长", "苏州市公安局局长")
DATE = "2024年8月15日"
TITLES = tuple(
    f"第{number}类生产经营单位投保情况一览表" + "以及各有关保险公司承保情况核对说明" * (number % 4 == 2)
    for number in range(1, 13)
)


def signed(
    names: tuple[str, ...],
    sealing: Sealing = Sealing.SEALED,
    diameter: int | None = None,
    *,
    lines: int = 2,
    date: str = DATE,
    **more: object,
) -> Document:
    """A paper of so many lines that is signed in this way."""
    return paper(lines_of_hanzi(lines), signatures=Signatures(names, date, sealing, diameter), **more)


_NOTE = AnnexNote(("问题清单", "整改情况反馈表"), "（以上附件数据截至2024年8月9日）")


def noted(lines: int, note: AnnexNote = _NOTE) -> Document:
    """A paper of so many lines of text and one more, with 附件说明."""
    return paper(lines_of_hanzi(lines), "特此函告。", annex_note=note)


CLOSINGS = {
    **{
        f"sealed by {count}, {diameter} mm": signed(AGENCIES[:count], diameter=diameter)
        for count in range(1, 7)
        for diameter in (30, 42, 45, 50, 60)
    },
    "sealed by the regulator": signed((REGULATOR,)),
    "sealed, regulator first": signed((REGULATOR, BUREAU)),
    "unsealed": signed((BUREAU,), Sealing.UNSEALED),
    "unsealed, short name": signed(("甲山市人民政府",), Sealing.UNSEALED, date="2024年12月25日"),
    **{f"unsealed by {count}": signed(AGENCIES[:count], Sealing.UNSEALED) for count in range(2, 7)},
    "unsealed by two short names": signed(("甲山市发改委", "甲山市人社局"), Sealing.UNSEALED),
    **{f"stamped by {count}": signed(POSTS[:count], Sealing.STAMPED) for count in (1, 2, 3)},
    "annex note of one": signed((BUREAU,), annex_note=AnnexNote(TITLES[1:2])),
    "annex note of twelve": signed((BUREAU,), lines=1, annex_note=AnnexNote(TITLES)),
    "note": signed((BUREAU,), note="此件公开发布"),
    "long note": signed(
        AGENCIES[:5],
        note="联系人：青某某，联系电话：000-00000000，传真：000-00000001，电子邮箱：示例；此件发至县级",
    ),
    "unsealed note": signed((BUREAU,), Sealing.UNSEALED, note="此件公开发布"),
    "stamped note": signed(POSTS[:1], Sealing.STAMPED, note="此件公开发布"),
}
