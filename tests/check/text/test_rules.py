"""Each rule of text is silent on a sound paper and finds the one that is broken in its way."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import pytest

from docgen.check.rules.text import RULES
from docgen.check.seen import Paper, SeenTable, SeenWord
from docgen.gongwen import (
    Annex,
    AnnexNote,
    Document,
    DocumentNumber,
    Format,
    Imprint,
    Level,
    Masthead,
    Paragraph,
    Signatures,
)

from .seen_papers import changed, element, ending, found, grave, ids, seen_paper, without

BUREAU = "苏州市应急管理局"
SOUND_WORDS = (
    "为贯彻落实《中华人民共和国安全生产法》和《安全生产治本攻坚三年行动实施方案（2024—2026年）》，推动安全生产责任保险"
    "（以下简称“安责险”）服务事故预防，市应急管理局对2024年1—6月的情况进行了检查。现将有关情况通报如下：",
    "截至2024年8月9日，全市有2649家单位投保安责险（金属冶炼467、加油站1892、其他290），其中张家港市447家、常熟市355家；"
    "由21家保险公司承保，每家抽查50～80份，占63%～68%，覆盖从业人员25.93万余人。",
    "查出问题保单141份，其中甲类77份、乙类49份、丙类15份。近10年来——特别是2020年以来——投保8:00—9:00受理，联系电话"
    "0512-00000132，按GB/T 9704-2012编排；“甲‘乙’丙”《甲〈乙〉丙》，详见《某办法》（苏应急〔2024〕8号）。",
)
SOUND = Document(
    Masthead((BUREAU, "苏州市公安局"), DocumentNumber("苏应急", 2024, 132), copy_number="000001", secrecy="机密★1年", urgency="特急"),
    "关于安全生产责任保险检查情况的通报",
    "各县（市、区）应急管理局，各财产保险公司：",
    (
        Paragraph(SOUND_WORDS[0]),
        Paragraph("一、检查情况", Level.FIRST),
        Paragraph(SOUND_WORDS[1]),
        Paragraph("二、存在问题", Level.FIRST),
        Paragraph("（一）承保不规范", Level.SECOND),
        Paragraph(SOUND_WORDS[2]),
        Paragraph("（二）服务不到位", Level.SECOND),
        Paragraph("1.逐项核对", Level.THIRD),
        Paragraph("（1）逐份核对", Level.FOURTH),
    ),
    AnnexNote(("各地一览表", "各公司一览表"), "（附件数据截至2024年8月9日）"),
    Signatures((BUREAU, "苏州市公安局"), "2024年8月15日"),
    Imprint(("江苏省应急管理厅", "市政府办公室"), "苏州市应急管理局办公室", "2024年8月16日印发"),
    (Annex(1, "各地一览表", (Paragraph("以下数据由各地上报。"),)), Annex(2, "各公司一览表", (Paragraph("以下数据由各公司上报。"),))),
    note="此件公开发布",
)
PAPER = seen_paper(SOUND, as_docx=True)
REQUEST = seen_paper(
    replace(
        SOUND, title="关于增加检查经费的请示", addressees="江苏省应急管理厅：",
        masthead=Masthead((BUREAU,), DocumentNumber("苏应急", 2024, 7), signers=("李示例",)),
        signatures=Signatures((BUREAU,), "2024年8月15日"),
    ),
    as_docx=True,
)
LETTER = seen_paper(
    replace(
        SOUND, title="关于反馈检查问题的函", format=Format.LETTER, addressees="甲山财产保险股份有限公司：",
        masthead=Masthead((BUREAU,), DocumentNumber("苏应急函", 2024, 3), suffix=""),
        signatures=Signatures((BUREAU,), "2024年8月15日"),
    ),
    as_docx=True,
)


@pytest.mark.parametrize("paper", [PAPER, REQUEST, LETTER, seen_paper(SOUND)], ids=["通报", "请示", "函", "无段落"])
def test_a_sound_paper_has_no_fault(paper: Paper) -> None:
    assert [f"{finding.rule.id}: {finding.at.found}" for finding in found(paper)] == []


BROKEN: list[tuple[str, Paper]] = [
    ("HEAD-COPYNO", changed(PAPER, "份号", "0001")),
    ("HEAD-COPYNO", without(PAPER, "份号")),
    ("HEAD-SECRET", changed(PAPER, "密级", "机密*1年")),
    ("HEAD-SECRET", changed(PAPER, "密级", "内部")),
    ("HEAD-URGENT", changed(PAPER, "紧急程度", "紧急")),
    ("HEAD-URGENT", replace(PAPER, elements=(PAPER.elements[2], *PAPER.elements[:2], *PAPER.elements[3:]))),
    ("HEAD-MARK-ORDER", changed(changed(PAPER, "发文机关标志", f"{BUREAU}文件"), "发文机关标志", "苏州市公安局文件", 1)),
    *(
        ("DOCNO-FORM", changed(PAPER, "发文字号", number))
        for number in (
            "苏应急[2024]132号", "苏应急（2024）132号", "苏应急〔2024〕第132号", "苏应急〔2024〕032号", "苏应急〔24〕132号",
            "苏应急〔2024〕132", "苏应急〔2024〕 132号", "〔2024〕132号",
        )
    ),
    ("DOCNO-FORM", without(PAPER, "发文字号")),
    ("DOCNO-FORM", changed(PAPER, "发文字号", "苏应急〔2023〕132号")),
    ("SIGNER-UP", without(REQUEST, "签发人")),
    ("SIGNER-UP", changed(REQUEST, "签发人", "签发人:李示例")),
    ("TITLE-GENRE", changed(PAPER, "标题", "关于安全生产责任保险检查情况")),
    ("TITLE-GENRE", changed(PAPER, "标题", "安全生产责任保险管理办法")),
    ("TITLE-PUNCT", changed(PAPER, "标题", "关于安全生产责任保险检查情况的通报。")),
    ("TITLE-PUNCT", changed(PAPER, "标题", "关于安全生产，责任保险检查情况的通报")),
    ("TO-COLON", changed(PAPER, "主送机关", "各县（市、区）应急管理局，各财产保险公司:")),
    ("TO-COLON", changed(PAPER, "主送机关", "各县（市、区）应急管理局，各财产保险公司")),
    ("TO-PUNCT", changed(PAPER, "主送机关", "各县（市、区）应急管理局；各财产保险公司：")),
    ("LEVEL-FORM", changed(PAPER, "一级标题", "三、存在问题", 1)),
    ("LEVEL-FORM", changed(PAPER, "二级标题", "(二)服务不到位", 1)),
    ("LEVEL-FORM", changed(PAPER, "二级标题", "（一）服务不到位", 1)),
    ("LEVEL-FORM", changed(PAPER, "三级标题", "1、逐项核对")),
    ("LEVEL-FORM", without(PAPER, "三级标题")),
    ("ANX-NOTE-FORM", changed(PAPER, "附件说明", "附件:1.各地一览表")),
    ("ANX-NOTE-FORM", changed(PAPER, "附件说明", "附件：1、各地一览表")),
    ("ANX-NOTE-FORM", changed(PAPER, "附件说明", "附件：1.各地一览表；")),
    ("ANX-NOTE-FORM", changed(PAPER, "附件说明", "3.各公司一览表", 1)),
    ("ANX-MATCH", changed(PAPER, "附件说明", "附件：1.各地情况一览表")),
    ("ANX-MATCH", changed(PAPER, "附件标题", "各公司情况一览表", 1)),
    ("ANX-MATCH", changed(PAPER, "附件", "附件1", 1)),
    ("ANX-MATCH", without(PAPER, "附件说明")),
    ("ANX-MATCH", ending(PAPER, "各地情况见附件6。")),
    ("ANX-MATCH", ending(PAPER, "各地投保情况（附件6）已核对。")),
    ("ANX-MATCH", ending(PAPER, "清单详见附件三。")),
    ("ANX-LABEL", changed(PAPER, "附件", "附件1：")),
    ("ANX-DETACHED", changed(PAPER, "附件", "苏应急[2024]132号附件1")),
    ("ANX-DETACHED", changed(PAPER, "附件", "苏应急〔2024〕133号附件1")),
    ("SIG-DATE", changed(PAPER, "成文日期", "2024年08月15日")),
    ("SIG-DATE", changed(PAPER, "成文日期", "二〇二四年八月十五日")),
    ("SIG-DATE", changed(PAPER, "成文日期", "2024年8月")),
    ("SIG-DATE", changed(PAPER, "成文日期", "2024年2月30日")),
    ("SIG-DATE", without(PAPER, "成文日期")),
    ("SIG-NAME", changed(PAPER, "署名", "苏州市教育局", 1)),
    ("SIG-NAME", changed(changed(PAPER, "署名", "苏州市公安局"), "署名", BUREAU, 1)),
    ("NOTE-FORM", changed(PAPER, "附注", "此件公开发布")),
    ("NOTE-FORM", changed(PAPER, "附注", "(此件公开发布)")),
    ("IMP-CC", changed(PAPER, "抄送", "抄送：江苏省应急管理厅，市政府办公室")),
    ("IMP-CC", changed(PAPER, "抄送", "抄送:江苏省应急管理厅，市政府办公室。")),
    ("IMP-CC", changed(PAPER, "抄送", "抄送：江苏省应急管理厅,市政府办公室。")),
    ("IMP-PRINT", changed(PAPER, "印发日期", "2024年8月16日")),
    ("IMP-PRINT", changed(PAPER, "印发日期", "2024年08月16日印发")),
    ("IMP-PRINT", changed(PAPER, "印发日期", "2024年8月14日印发")),
    ("IMP-PRINT", without(PAPER, "印发日期")),
    ("IMP-LETTER", replace(LETTER, elements=(*LETTER.elements, element("印发机关", "苏州市应急管理局办公室")))),
    ("IMP-TO", replace(PAPER, elements=(*PAPER.elements, element("版记主送", "主送：各县应急管理局。")))),
    ("GENRE-FIT", changed(REQUEST, "主送机关", "江苏省应急管理厅，江苏省财政厅：")),
    ("GENRE-FIT", changed(REQUEST, "主送机关", "吴江区应急管理局：")),
    ("GENRE-FIT", changed(PAPER, "主送机关", "江苏省应急管理厅：")),
    ("GENRE-FIT", changed(PAPER, "主送机关", "苏州市人民政府：")),
    ("TXT-TWICE", ending(PAPER, SOUND_WORDS[0])),
    ("TXT-DATE", changed(PAPER, "附件说明", "（附件数据截至2024年6月31日）", 2)),
    ("GENRE-FIT", replace(without(changed(REQUEST, "标题", "关于检查情况的报告"), "印发机关", "印发日期"), is_letter=True)),
    ("GENRE-FIT", ending(changed(REQUEST, "标题", "关于检查情况的报告"), "妥否，请批示。")),
    ("JOINT-LEVEL", changed(changed(PAPER, "发文机关标志", "吴江区公安局", 1), "署名", "吴江区公安局", 1)),
    ("CC-SUPERIOR", changed(PAPER, "抄送", "抄送：苏州市财政局。")),
    ("PLACEHOLDER", ending(PAPER, "联系人【待补：联系人】。")),
    ("PLACEHOLDER", changed(PAPER, "成文日期", "2024年　月　日")),
]


@pytest.mark.parametrize(("rule", "paper"), BROKEN, ids=[f"{rule}-{number}" for number, (rule, _) in enumerate(BROKEN)])
def test_a_paper_broken_in_one_way_is_found_by_its_rule(rule: str, paper: Paper) -> None:
    assert ids(paper) == {rule}


SENTENCES = {
    "TXT-DASH": [
        "按2024-2026年方案执行。", "按2024～2026年方案执行。", "1-6月检查两次。", "8月1日－5日检查。", "每家抽查50-80份。",
        "每家抽查50—80份。", "近年来--特别是今年--有所好转。", "8月1日至5日–11日检查。",
    ],
    "TXT-FULLW": [
        "经检查,问题较多。", "问题如下:一是不规范。", "应保未保(含未续保)较多。", "查出141 份保单。", "截至 2024年8月9日。",
        "情况较好.下一步继续。",
    ],
    "TXT-QUOTE": [
        "推动“安责险工作。", "按照《办法执行。", "按照《关于印发《办法》的通知》执行。", '落实"安责险"工作。', "（一并考虑。",
        "见《办法）》。",
    ],
    "TXT-YEAR": ["24年上半年检查两次。", "截至24年8月9日。", "按2024—26年方案执行。", "23年底前完成。"],
    "TXT-PCT": ["参保率为63～68%。", "参保率为63.5至68%。", "参保率为63％。"],
    "TXT-DATE": [
        "于9月31日前完成。", "于2024年8月35日前完成。", "截至2023年2月29日。", "于13月5日前完成。", "截至2024.8.9，全部完成。",
        "截至2024-08-09，全部完成。", "截至2024年08月09日。", "于08月9日前完成。",
    ],
    "TXT-SERIES": ["一是查。二是改。四是报。", "一是查；二是改；二是报。"],
    "TXT-NUM": ["覆盖从业人员25.93万人余。", "涉及30家多，已整改。"],
    "TXT-CITE": [
        "按照苏应急〔2024〕8号《关于开展检查的通知》执行。", "按照《关于开展检查的通知》苏应急〔2024〕8号执行。",
        "按照《检查办法》（苏应急[2024]8号）执行。",
    ],
    "TXT-SUM": [
        "全市有2649家单位投保，其中金属冶炼467家、加油站1892家、其他280家。",
        "全市2649家单位已投保（金属冶炼468、加油站1892、其他290），承保公司21家。",
        "查出问题保单141份，其中甲类77份、乙类49份、丙类16份。",
        "甲类77份、乙类49份、丙类15份，共142份。",
        "甲类、乙类、丙类分别为77份、49份、15份，合计140份。",
        "全市有2649家单位投保，其中国有800家，其余1848家为民营。",
        "收保费12.5万元，其中甲公司7.5万元、乙公司5.5万元。",
    ],
    "TXT-NAME": ["市应急局负责检查。", "安责保险要及时投保。", "安全生产责任保险要投、安全生产责任保险要管" * 2 + "。"],
}


@pytest.mark.parametrize(("rule", "sentence"), [(rule, one) for rule, all_of_it in SENTENCES.items() for one in all_of_it])
def test_a_sentence_that_is_wrong_in_one_way_is_found_by_its_rule(rule: str, sentence: str) -> None:
    assert ids(ending(PAPER, sentence)) == {rule}


@pytest.mark.parametrize(
    "sentence",
    [
        "全市有2649家单位投保，其中金属冶炼467家、危险化学品449家。",
        "查出问题保单141份，其中甲类100份、乙类60份（同一保单存在多类问题的，各类分别计数）。",
        "抽查保单1448份，其中141份有问题，占9.7%，涉及67家单位。",
        "查出问题12个，于2024年9月13日前完成整改（其中3个问题在清单中另有期限，按所列期限完成）。",
        "2649家单位投保，由21家公司承保，其中金属冶炼467家、加油站1892家、其他290家。",
        "参保率为60.0%，其中甲地占30%、乙地占40%。",
        "覆盖从业人员25.93万余人，其中甲地12万余人、乙地14万余人。",
        "甲类77份、乙类49份，共涉及15家公司。",
        "甲山财险、太初洋填报的服务费用数据共有139条与核实情况不符（甲山财险70条、太初洋69条）。",
        "77份保单未执行；49份保单没有约定；15份保单不一致，共141份。",
        "8月9日检查3次，查出5个问题，6月1日至7日为安全生产周。",
        "用了20年，已满10年，近30年来投保10年以上，10年期保单。",
        "第3—5条，附件1—3，电话025-83330000，编号GB 18218-2018、AQ-2011，A-1型，每周一—周五。",
        "在市、县应急局和区应急管理局之间，市应急管理部门要配合。",
        "安责险事故预防服务、《安全生产责任保险实施办法》《安全生产责任保险事故预防技术服务规范》。",
        "1.5万元，投保3年，3个工作日，2至3个月，比例为1:2。",
        "企业（含个体工商户（已登记的））要投保，即：一是自查；二是整改。",
        "印发《关于贯彻〈安全生产法〉的意见（试行）》（苏应急〔2024〕8号）。",
        "单位共3家，分别为甲厂、乙厂、丙厂。",
        "查处甲、乙、丙三类问题分别为77份、49份、15份。",
        "一是查。二是改。对此，一是报；二是改。",
        "详见附件2，另见《检查办法》附件6，编号为2024.8.9.1，按《2024.8.9会议纪要》和2024年2月29日的要求办理。",
        "到场的30人多次提出，覆盖25.93万余人、30余家，收保费12.5万元余下的待收。",
        "保费合计1000000.00元，事故预防服务费合计188500.50元，占保费的18.8%，低于规定的20%，相差11499.50元。",
        "上半年投保300家，全市共2649家。",
        "问题保单141份（甲山财险77份、太初洋49份），未上传保单68份。",
    ],
)
def test_a_true_sentence_is_let_be(sentence: str) -> None:
    assert ids(ending(PAPER, sentence)) == set()


@pytest.mark.parametrize("addressee", ["苏州市人民政府：", "江苏省应急管理厅：", "苏州市人民政府，江苏省应急管理厅："])
def test_a_paper_that_goes_to_the_superior_needs_no_copy_to_it(addressee: str) -> None:
    paper = changed(changed(PAPER, "主送机关", addressee), "抄送", "抄送：苏州市财政局。")

    assert "CC-SUPERIOR" not in {finding.rule.id for finding in found(paper)}


def test_a_government_may_be_told_with_others() -> None:
    assert "GENRE-FIT" not in ids(changed(PAPER, "主送机关", "苏州市人民政府，各县（市、区）应急管理局："))


def table_paper(*rows: tuple[str, ...], note: str = "") -> Paper:
    """A sound paper with a table in its first annex, as a DOCX has it."""
    cells = "\t".join("\t".join(row) for row in rows)
    table = element("表", cells, 1, 200, in_table=1)
    return replace(
        PAPER, elements=(*PAPER.elements, table, *([element("表注", note, 1, 201)] if note else ())),
        word=SeenWord((), (), (SeenTable(1, rows, head_rows=1),)),
    )


HEAD = ("属地", "单位数（家）", "保费（元）", "占比")
TOWNS = (("张家港市", "12", "1,200.50", "60%"), ("常熟市", "8", "—", "40%"))


def totals_found(paper: Paper) -> list[str]:
    return [finding.at.found for finding in found(paper) if finding.rule.id == "TXT-SUM"]


def test_a_total_of_a_table_is_the_sum_of_its_column() -> None:
    assert totals_found(table_paper(HEAD, *TOWNS, ("合计", "20", "1200.50", "50%"))) == []
    assert totals_found(table_paper(HEAD, ("合计", "20", "1200.50", "50%"), *TOWNS)) == []
    assert totals_found(table_paper(HEAD, *TOWNS, ("合计", "21", "1200.50", "50%"))) == ["“单位数（家）”各行之和是 20，合计写的是 21"]
    assert totals_found(table_paper(HEAD, *TOWNS, ("合计", "20", "1200.05", "50%"))) == [
        "“保费（元）”各行之和是 1200.50，合计写的是 1200.05"
    ]


@pytest.mark.parametrize(
    "paper",
    [
        table_paper(HEAD, *TOWNS, ("合计", "19", "1200.50", "50%"), note="单位数（家）各地相加为20，合计按单位去重。"),
        table_paper(HEAD, *TOWNS, ("小计", "20", "1200.50", "50%"), ("吴江区", "1", "0", "5%"), ("合计", "21", "1200.50", "50%")),
        table_paper(HEAD, ("张家港市", "12家", "", ""), ("常熟市", "8", "", ""), ("合计", "21", "", "")),
        table_paper(("属地", "投保率", "排名"), ("张家港市", "12", "1"), ("常熟市", "8", "2"), ("合计", "11", "1")),
    ],
    ids=["表注", "小计", "文字", "比率"],
)
def test_a_total_that_is_counted_otherwise_is_let_be(paper: Paper) -> None:
    assert totals_found(paper) == []


def test_days_in_a_table_are_days_of_the_calendar() -> None:
    assert ids(table_paper(("属地", "日期"), ("张家港市", "2024-02-30"))) == {"TXT-DATE"}
    assert ids(table_paper(("属地", "日期"), ("张家港市", "2024-02-29"))) == set()


def test_what_is_open_in_a_draft_is_no_fault_and_is_said() -> None:
    draft = changed(ending(changed(PAPER, "成文日期", "2024年　月　日"), "3家【待核】。"), "发文字号", "苏应急〔2024〕　号")

    assert grave(draft) == []
    assert [finding.at.found.partition("：")[0] for finding in found(draft)] == ["发文字号还空着", "还有“【待核】”", "成文日期还空着"]


def test_a_name_signed_in_two_lines_beside_a_short_one_is_one_name() -> None:
    branch = "国家金融监督管理总局苏州监管分局"
    paper = changed(changed(PAPER, "发文机关标志", branch, 1), "署名", "国家金融监督管理总局", 1)
    names = [place for place, one in enumerate(paper.elements) if one.name == "署名"]
    order = [paper.elements[names[1]], paper.elements[names[0]], element("署名", "苏州监管分局", number=98)]
    elements = (*paper.elements[: names[0]], *order, *paper.elements[names[1] + 1 :])

    assert ids(replace(paper, elements=elements)) == set()


def test_a_mark_that_shows_only_the_lead_agency_is_signed_by_all() -> None:
    lead_only = replace(SOUND, masthead=replace(SOUND.masthead, issuers=(BUREAU,)))  # type: ignore[type-var]

    assert ids(seen_paper(lead_only)) == set()


def test_a_sum_is_told_with_both_values_and_its_words() -> None:
    (finding,) = found(ending(PAPER, "甲类77份、乙类49份、丙类15份，共142份。"))

    assert finding.at.found == "“77份、乙类49份、丙类15份，共142份”：各项之和 77＋49＋15＝141份，合计写的是 142份"


def test_the_words_around_a_place_are_quoted() -> None:
    (finding,) = found(ending(PAPER, "为做好这项工作，经检查,问题较多，请各单位整改。"))

    assert finding.at.quote == "…这项工作，经检查,问题较多，请各单…"


def test_numbering_goes_on_beyond_ten() -> None:
    numbers = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二"]
    body = tuple(Paragraph(f"{number}、检查情况", Level.FIRST) for number in numbers)
    sound = seen_paper(replace(SOUND, body=(Paragraph("现通报如下："), *body)))

    assert ids(sound) == set()
    assert ids(changed(sound, "一级标题", "十三、检查情况", 11)) == {"LEVEL-FORM"}


def test_a_number_that_word_sets_counts_as_typed() -> None:
    automatic = [
        element("一级标题", text, number=number, numbering=mark)
        for number, (mark, text) in enumerate((("一、", "检查情况"), ("三、", "存在问题")), 50)
    ]
    kept = [one for one in PAPER.elements if "标题" not in one.name or one.name in ("标题", "附件标题")]

    assert ids(replace(PAPER, elements=(*kept, *automatic))) == {"LEVEL-FORM"}


def test_headings_in_a_table_are_not_counted() -> None:
    cell = element("正文", "三、其他", number=90, in_table=1)

    assert ids(replace(PAPER, elements=(*PAPER.elements, cell))) == set()


def test_an_annex_alone_is_told_that_it_needs_a_number_when_bound_apart() -> None:
    alone = Paper(tuple(one for one in PAPER.elements if one.annex == 1))

    assert [(finding.rule.id, finding.grade.value) for finding in found(alone)] == [("ANX-DETACHED", "I")]
    assert found(changed(alone, "附件", "苏应急〔2024〕132号附件1")) == []


@pytest.mark.parametrize("look", [rule.look for rule in RULES], ids=lambda look: look.__name__)
def test_each_look_says_which_clause_it_rests_on(look: Callable[..., object]) -> None:
    assert re.match(r"(?:\d+\.\d|条例 \d|GB/T 15|实务)", look.__doc__ or "")


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_no_look_trips_over_an_empty_paper(rule: object) -> None:
    empty = Paper(())
    blank = Paper(tuple(element(name, "", annex) for name in sorted({one.name for one in PAPER.elements}) for annex in (0, 1)))

    assert list(rule.look(empty)) == []  # type: ignore[attr-defined]
    list(rule.look(blank))  # type: ignore[attr-defined]
