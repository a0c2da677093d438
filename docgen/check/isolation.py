"""Whether a recipient's files tell of nobody else: all of its own policy numbers, its addressee, none of another's. Pure.

Tokens are whole (P-1 is not in P-10), the longest name counts (太初洋 is not 太初), cell lines are joined. Everybody
is known by one index, made once; a letter is then looked through once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from docgen.check.known_words import KnownWords, Span, folded_name, folded_number, is_telling
from docgen.check.pieces import FILE_NAME, UNREAD, Piece, pieces_of
from docgen.intake.ordinary_words import OrdinaryWords

_LISTING = ("docx", "pdf", "xlsx")
_ADDRESSED = ("docx", "pdf")


@dataclass(frozen=True)
class Recipient:
    """One whom letters go to: by which names it is known, and its policies.

    `listed` are the policy numbers that its own letter lists, `policy_numbers` all of it in the whole input.
    """

    short_name: str
    full_name: str
    addressee: str
    other_names: tuple[str, ...] = ()
    """Branches, former names, names in other systems."""
    listed: frozenset[str] = frozenset()
    policy_numbers: frozenset[str] = frozenset()

    @property
    def names(self) -> tuple[str, ...]:
        """All its names."""
        return tuple(name for name in (self.short_name, self.full_name, self.addressee, *self.other_names) if name)


@dataclass(frozen=True)
class Leak:
    """One reason to keep a recipient's files back: the file, where in it, and what is wrong, in words."""

    file: str
    where: str
    what: str

    def __str__(self) -> str:
        return "，".join(part for part in (f"“{self.file}”{self.where}", self.what) if part)


class Everybody:
    """All recipients, indexed once for all letters."""

    def __init__(self, recipients: Iterable[Recipient]) -> None:
        everyone = tuple(recipients)
        self.names = KnownWords(
            (folded_name(name), one.short_name) for one in everyone for name in one.names
        )
        self.numbers = KnownWords(
            (folded_number(number), one.short_name)
            for one in everyone
            for number in one.policy_numbers | one.listed
        )


def leaks(
    recipient: Recipient, files: Mapping[str, bytes], everybody: Everybody, permitted: Iterable[str] = ()
) -> tuple[Leak, ...]:
    """Look through the finished files (path → bytes) of one recipient; empty where they may go out.

    `permitted` are words of its own rows in which another's name may stand, such as the name of an insured unit; one
    that is just such a name may stand in a table's cell by itself, and nowhere else.
    Raise Unreadable for a file that cannot be read.
    """
    look = _Look(recipient, everybody, tuple(map(folded_name, permitted)))
    found = [leak for path, content in files.items() for leak in look.through(path, content)]
    return tuple(dict.fromkeys((*found, *look.missing())))


class _Look:
    """One recipient's files while they are looked through."""

    def __init__(self, recipient: Recipient, everybody: Everybody, permitted: tuple[str, ...]) -> None:
        self._own = recipient
        self._everybody = everybody
        self._permitted = permitted
        self._there: dict[str, set[str]] = {}
        self._addressed: set[str] = set()
        self._known: dict[tuple[str, ...], tuple[tuple[Span, ...], tuple[Span, ...]]] = {}
        self._paths: dict[str, list[str]] = {}

    def through(self, path: str, content: bytes) -> Iterator[Leak]:
        """Look through a file for what is another's; keep in mind what of its own is there."""
        kind = path.rpartition(".")[2].lower()
        self._paths.setdefault(kind, []).append(path)
        for piece in pieces_of(path, content):
            if piece.wheres == (UNREAD,):
                yield Leak(path, "", f"{UNREAD}“{piece.lines[0]}”没有读，不能确认里面没有别家的内容")
                continue
            yield from self._numbers_in(piece, path, kind)
            yield from self._names_in(piece, path, kind)

    def _numbers_in(self, piece: Piece, path: str, kind: str) -> Iterator[Leak]:
        for span in self._found(piece.lines)[0]:
            if not is_telling(span.word) and not piece.is_number:
                continue
            if self._own.short_name in span.owners:
                if piece.wheres[0] != FILE_NAME:
                    self._there.setdefault(kind, set()).add(span.word)
                continue
            yield Leak(path, piece.wheres[span.line], f"出现{'、'.join(span.owners)}的保单号“{span.word}”")

    def _names_in(self, piece: Piece, path: str, kind: str) -> Iterator[Leak]:
        others = self._found(piece.lines)[1]
        is_asked = kind in _ADDRESSED and kind not in self._addressed and piece.wheres[0] != FILE_NAME
        if not (others or is_asked):
            return
        text = "".join(map(folded_name, piece.lines))
        if is_asked and self._is_addressed(text, others):
            self._addressed.add(kind)
        words = OrdinaryWords(text, self._permitted) if others else None
        for span in others:
            if not (self._is_permitted(text, span, piece) or (words is not None and words.hold(span.start, span.end))):
                yield Leak(path, piece.wheres[span.line], f"出现{'、'.join(span.owners)}的名称“{span.word}”")

    def _found(self, lines: tuple[str, ...]) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
        """Find policy numbers, and names of others, in a text; what many cells say is looked through once."""
        if lines not in self._known:
            names = self._everybody.names.names(lines)
            others = tuple(span for span in names if self._own.short_name not in span.owners)
            self._known[lines] = tuple(self._everybody.numbers.tokens(lines)), others
        return self._known[lines]

    def _is_addressed(self, text: str, others: Iterable[Span]) -> bool:
        """Whether the addressee stands in a text, and not as a part of another's name."""
        wanted = folded_name(self._own.addressee)
        at = text.find(wanted)
        while at >= 0:
            if not any(span.start <= at and at + len(wanted) <= span.end for span in others):
                return True
            at = text.find(wanted, at + 1)
        return False

    def _is_permitted(self, text: str, span: Span, piece: Piece) -> bool:
        for word in self._permitted:
            if word == span.word:
                if piece.is_cell and text == word:
                    return True
                continue
            inside = word.find(span.word)
            while inside >= 0:
                if text.startswith(word, span.start - inside) and span.start >= inside:
                    return True
                inside = word.find(span.word, inside + 1)
        return False

    def missing(self) -> Iterator[Leak]:
        """Name what of its own is in no file of a format."""
        for kind, paths in self._paths.items():
            file = "”“".join(paths)
            there = self._there.get(kind, set())
            for number in sorted(self._own.listed) if kind in _LISTING else ():
                if folded_number(number) not in there:
                    yield Leak(file, "", f"缺{self._own.short_name}自己的保单号“{number}”")
            if kind in _ADDRESSED and kind not in self._addressed:
                yield Leak(file, "", f"没有主送机关“{self._own.addressee}”")
