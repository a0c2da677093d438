"""Find the names of places and agencies in a text that is cut into words: by how they begin and how they end."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

Range = tuple[int, int]
"""A stretch of text: its first character, and the one behind its last."""

_DIVISION = "省市县区州盟旗镇乡村"
_PLACE = re.compile(f"[一-鿿]{{2,3}}?[{_DIVISION}](?:[一-鿿]{{2,3}}?[{_DIVISION}])*")
_BODY = re.compile(
    "(局|厅|部门|委员会|常委会|政府|公司|中心|协会|学会|联合会|工会|指挥部|小组|法院|检察院|银行|大学|学院|研究院|医院|"
    "集团|[省市县区]委|街道|开发区|园区|新区|高速公路|大桥|水库)$"
)
_OFFICE = re.compile("(办公室|办公厅|办事处|委员会|管委会|支队|大队|总队|中心)$")
"""What may be part of the body named before it: 甲山市人民政府办公室."""
_BRANCH = re.compile("(分局|支局|分公司|支公司|分行|支行)$")
"""What is part of the body named before it, with another place in between: 国家某某总局甲山分局."""
_STARTS = frozenset(("国家", "全国", "中共", "中国", "中央"))
_TAGS = ("n", "vn", "an", "j", "l", "i", "s", "b", "m", "q", "r")
_MOST_WORDS = 14
_UNPLACED = 3
"""How many words before its last are of a body's name that begins with no known place."""


@dataclass(frozen=True)
class Word:
    """A word as it stands in its text, with jieba's part of speech."""

    start: int
    text: str
    tag: str

    @property
    def end(self) -> int:
        """The place behind its last character."""
        return self.start + len(self.text)


def places(text: str, words: Sequence[Word]) -> list[Range]:
    """Find places: a noun with 市、县 or the like behind it, and those that follow it, as 甲山市青禾区."""
    found = []
    for word in words:
        match = _PLACE.match(text, word.start) if word.tag[0] == "n" or word.tag == "r" else None
        if match is not None and _is_division(text, match, word):
            found.append(match.span())
        elif word.tag == "ns":
            found.append((word.start, word.end))
    return found


def _is_division(text: str, match: re.Match[str], word: Word) -> bool:
    """Whether the noun is the place's name, with its division as last character or as the next one."""
    end = word.end if word.text[-1] in _DIVISION else word.end + 1
    return 3 <= end - word.start <= 4 and end <= match.end() and text[end - 1] in _DIVISION


def bodies(words: Sequence[Word], known_places: Sequence[Range]) -> Iterator[Range]:
    """Find agencies and companies, from the place they begin with to the word they end with."""
    for number, word in enumerate(words):
        if any(kind.search(word.text) for kind in (_BODY, _OFFICE, _BRANCH)):
            yield _start(words, number, known_places), word.end


def _start(words: Sequence[Word], last: int, known_places: Sequence[Range]) -> int:
    """Go back over what names are made of, to the place furthest back, else over a word or two."""
    is_branch, is_office = (bool(kind.search(words[last].text)) for kind in (_BRANCH, _OFFICE))
    start = words[last].start
    has_place = crossed = False
    at = last
    while at > 0 and last - at < _MOST_WORDS:
        before = words[at - 1]
        ends_body = bool(_BODY.search(before.text))
        place = next((a for a, b in known_places if a < before.end and before.start < b), None)
        if place is None and not _may_join(before, is_next=at == last):
            break
        if ends_body and (crossed or not (is_branch or (is_office and not has_place))):
            break
        crossed |= ends_body
        at -= 1
        if place is not None or before.tag in ("ns", "nt") or before.text in _STARTS:
            start, has_place = before.start if place is None else place, True
        if before.text in _STARTS:
            break
    return start if has_place else words[max(at, last - _UNPLACED)].start


def _may_join(word: Word, *, is_next: bool) -> bool:
    return word.tag.startswith(_TAGS) or word.text in ("和", "及", "与") or (is_next and word.tag == "v")
