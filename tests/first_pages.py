"""First pages to compose and open: every element of 版头, one issuer and many, upward papers."""

from __future__ import annotations

from docgen.gongwen import Document, DocumentNumber, Masthead, Signatures
from tests.papers import BUREAU, FINDINGS, REGULATOR, TITLE, paper

AGENCIES = ("甲山市应急管理局", "甲山市公安局", "甲山市住房和城乡建设局", "甲山市消防救援支队", "甲山市财政局", "甲山市司法局")
LONG_TITLE = "关于进一步做好重点行业领域工矿企业安全生产责任保险承保投保和事故预防技术服务工作问题整改情况的通报"
NUMBER = DocumentNumber("甲应急", 2024, 132)


def first_page(
    *issuers: str, title: str = "关于开展安全生产检查的通知", addressees: str = "各县（市、区）应急管理局：", **parts: object
) -> Document:
    """A paper whose first page is of interest: its issuers, and other parts of its 版头."""
    return paper(
        FINDINGS * 2,
        masthead=Masthead(issuers, NUMBER, **parts),  # type: ignore[arg-type]
        title=title,
        addressees=addressees,
        signatures=Signatures(issuers[:3], "2024年8月15日"),
    )


FIRST_PAGES = {
    "单一机关": first_page(AGENCIES[0]),
    "单一机关不加文件": first_page("甲山市人民政府", suffix=""),
    "名称与版心同宽": first_page("甲山市住房和城乡建设局"),
    **{f"{count} 个机关": first_page(*AGENCIES[:count]) for count in range(2, 7)},
    "两个机关不加文件": first_page(BUREAU, REGULATOR, suffix=""),
    "名称长短悬殊": first_page(REGULATOR, "甲市公安局", BUREAU, title=TITLE),
    "五个机关和长标题": first_page(*AGENCIES[:5], title=LONG_TITLE),
    "六个短名称和长标题": first_page(
        *(f"甲山市{name}局" for name in ("公安", "财政", "司法", "民政", "教育", "统计")),
        title=LONG_TITLE,
        addressees="各县（市、区）应急管理局、公安局、财政局、司法局、民政局、教育局、统计局，各财产保险公司，有关单位：",
    ),
    "份号密级紧急": first_page(AGENCIES[0], copy_number="000001", secrecy="机密★1年", urgency="特急"),
    "只有密级": first_page(AGENCIES[0], secrecy="机密"),
    "只有紧急程度": first_page(AGENCIES[0], urgency="加急"),
    "上行文一人": first_page(AGENCIES[0], signers=("青某",)),
    "上行文二人": first_page(*AGENCIES[:2], signers=("青某", "白某某")),
    "上行文三人": first_page(*AGENCIES[:3], signers=("青某", "白某某", "玄某"), copy_number="000012", urgency="特急"),
    "上行文五人": first_page(*AGENCIES[:5], signers=("青某", "白某某", "玄某", "朱某某", "黄某")),
    "上行文三人有复姓": first_page(*AGENCIES[:3], signers=("青某某", "白某某", "欧阳某某")),
    "上行文长姓名": first_page(*AGENCIES[:2], signers=("阿某某·买某某提", "白某某")),
    "没有主送机关": first_page(AGENCIES[0], addressees=""),
}
