"""The rules of which paper goes where (条例 8, 15–17), as far as the names of the agencies tell."""

from __future__ import annotations

import re
from collections.abc import Iterator

from docgen.check.catalogue import rule
from docgen.check.finding import Found, Grade
from docgen.check.rules.text.reading import bare, joined, title_of, whole
from docgen.check.rules.text.titles import genre_of
from docgen.check.seen import Paper

_UPWARD = ("请示", "报告")
_DOWNWARD = ("决定", "命令", "令", "通报", "通知", "批复")
_WEIGHTY = ("决定", "命令", "令", "通报")
_ASKS = re.compile(r"(?:妥否|当否|可否|是否妥当)[，,]?请|请(?:予)?(?:批示|审批|批准|批复)")
_BRANCH = re.compile(r"国家|总局|中国|银保监|海关|分局|办事处|专员|公司|银行|集团")
"""What stands under another line of command than its place's name tells."""
_GOVERNMENT = re.compile(r"(?:人民政府|党委|[省市县区]委)$")
_STATE = re.compile(r"国务院|中共中央|中央|全国人大|中华人民共和国|应急管理部")
_PLACE = re.compile(r"[^省市县区]{0,8}?(?:(?P<province>省|自治区)|(?P<city>(?<!城)市(?!场))|(?P<county>[县区]))")
_MUNICIPALITIES = ("北京市", "上海市", "天津市", "重庆市")


def rank(agency: str) -> int | None:
    """Rank an agency by the place its name begins with: 4 the state, 3 省, 2 市, 1 县区; None when that does not tell."""
    if _STATE.match(agency):
        return 4
    if _BRANCH.search(agency):
        return None
    found, at = None, 0
    while match := _PLACE.match(agency, at):
        is_province = match["province"] or match[0] in _MUNICIPALITIES
        found, at = 3 if is_province else 2 if match["city"] else 1, match.end()
    return found


def _issuers(paper: Paper) -> list[str]:
    marks = [re.sub(r"文件$", "", bare(element.text)) for element in paper.of("发文机关标志")]
    return [mark for mark in marks if mark] or [bare(element.text) for element in paper.of("署名")]


def _listed(text: str) -> list[str]:
    """Part a list of agencies; what stands in brackets parts nothing."""
    return [name for name in re.split(r"[、，,；;：:。]", re.sub(r"（[^）]*）", "", bare(text))) if name]


def request_has_one_addressee(paper: Paper) -> Iterator[Found]:
    """条例 15(1)(4): 请示只写一个主送机关；报告不得夹带请示事项。"""
    genre = genre_of(paper)
    addressees = paper.first("主送机关")
    if genre == "请示" and addressees is not None and len(_listed(addressees.text)) > 1:
        yield whole(addressees, f"请示有 {len(_listed(addressees.text))} 个主送机关", "只主送一个上级机关，其余抄送", "留一个主送机关")
    if genre == "报告":
        for element in paper.of("正文"):
            asks = _ASKS.search(bare(element.text))
            if asks and not element.annex:
                yield whole(element, f"报告里有请示的话：“{asks[0]}”", "报告不夹带请示事项", "另行请示，或改用请示")


def genre_goes_its_way(paper: Paper) -> Iterator[Found]:
    """条例 8: 请示、报告适用于上级机关；决定、通知、通报、批复等不发给上级机关；信函格式不用于请示、报告。"""
    genre, addressees, issuers = genre_of(paper), paper.first("主送机关"), _issuers(paper)
    if paper.is_letter and genre in _UPWARD:
        title = paper.of("标题")[-1]
        yield whole(title, f"{genre}用了信函格式", "请示、报告用文件格式，标注签发人", "改用文件格式")
    own = rank(issuers[0]) if issuers else None
    if addressees is None or own is None:
        return
    others = {name: rank(name) for name in _listed(addressees.text)}
    if genre in _DOWNWARD and any(place is not None and place > own for place in others.values()):
        above = next(name for name, place in others.items() if place is not None and place > own)
        yield whole(addressees, f"{genre}主送上级机关“{above}”", "向上级行文用请示、报告或意见", "改文种，或把它改为抄送")
    if genre in _UPWARD and any(place is not None and place < own for place in others.values()):
        below = next(name for name, place in others.items() if place is not None and place < own)
        yield whole(addressees, f"{genre}主送下级机关“{below}”", "请示、报告主送上级机关", "改文种或主送机关")


def government_is_told_by_report(paper: Paper) -> Iterator[Found]:
    """条例 8: 通报、通知不单发给上级政府；向上级行文用报告、请示。"""
    genre, addressees, issuers = genre_of(paper), paper.first("主送机关"), _issuers(paper)
    own = rank(issuers[0]) if issuers else None
    if genre in ("通报", "通知") and addressees is not None and own is not None:
        listed = _listed(addressees.text)
        if listed and all(_is_government_above(name, own, issuers[0]) for name in listed):
            yield whole(
                addressees, f"{genre}只主送上级政府“{'、'.join(listed)}”", "向上级行文用报告、请示", "改文种，或改主送机关", Grade.WARNING
            )


def _is_government_above(name: str, own: int, issuer: str) -> bool:
    """Tell whether a name is the government that an agency serves; one above it by rank has its own rule."""
    return rank(name) == own and _GOVERNMENT.search(name) is not None and _GOVERNMENT.search(issuer) is None


def joint_issuers_are_equals(paper: Paper) -> Iterator[Found]:
    """条例 17: 同级机关才可以联合行文。"""
    ranks = {name: rank(name) for name in _issuers(paper)}
    known = {place for place in ranks.values() if place is not None}
    mark = next(iter(paper.of("发文机关标志", "署名")), None)
    if len(known) > 1 and mark is not None:
        yield whole(mark, f"联合行文的机关不同级：{'、'.join(ranks)}", "同级的机关联合行文", "核对联合行文的机关")


def superior_gets_a_copy(paper: Paper) -> Iterator[Found]:
    """条例 16(1): 重要行文应当同时抄送发文机关的直接上级机关。"""
    genre, issuers = genre_of(paper), _issuers(paper)
    own = rank(issuers[0]) if issuers else None
    copies = _listed(joined(paper, "抄送").removeprefix("抄送"))
    place = next(iter(paper.of("抄送", "印发机关")), None)
    if genre not in _WEIGHTY or own is None or place is None:
        return
    to = _listed(joined(paper, "主送机关"))
    if any((rank(name) or 0) > own or name.startswith("上级") or _is_government_above(name, own, issuers[0]) for name in to):
        return
    if not any((rank(name) or 0) > own or _BRANCH.search(name) for name in copies):
        yield whole(
            place, f"{genre}没有抄送上级机关" if title_of(paper) else "没有抄送上级机关",
            "重要的下行文抄送直接上级机关", "确属重要行文的，加抄送", Grade.INFO,
        )


RULES = (
    rule("GENRE-FIT", request_has_one_addressee),
    rule("GENRE-FIT", genre_goes_its_way),
    rule("GENRE-FIT", government_is_told_by_report),
    rule("JOINT-LEVEL", joint_issuers_are_equals),
    rule("CC-SUPERIOR", superior_gets_a_copy),
)
