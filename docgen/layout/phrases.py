"""Break titles and names between words, in a shape that reads well (GB/T 9704-2012, 7.3.1: 梯形或菱形)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import combinations, pairwise
from math import comb

from docgen.layout.words import STAYS_WITH_LAST, STAYS_WITH_NEXT, Bond, bonds, words_within

_MOST_NAME_LINES = 3
_MOST_SHAPES = 20_000


def pieces(text: str, fits: Callable[[str], bool], weakest: Bond, firmest: Bond) -> Iterator[str]:
    """Cut a text where bonds are no firmer than the weakest; what no line holds is cut where that tears least."""
    held = bonds(text)

    def cut(start: int, end: int, bond: Bond) -> Iterator[str]:
        edges = [start, *(at for at in range(start + 1, end) if held[at] <= bond), end]
        for a, b in pairwise(edges):
            if bond == firmest or fits(text[a:b]):
                yield text[a:b]
            else:
                yield from cut(a, b, Bond(bond + 1))

    if text:
        yield from cut(0, len(text), weakest)


def shape_lines(text: str, fits: Callable[[str], bool]) -> tuple[str, ...]:
    """Set a text on as few lines as fit, broken between words, in the best shape.

    A line break in the text is kept as it is. A word that no line holds is cut where it must be; so long a text
    that its shapes are beyond counting is filled line by line.
    """
    if "\n" in text:
        typed = (line.strip() for line in text.split("\n"))
        return tuple(part for line in typed if line for part in shape_lines(line, fits))
    if fits(text):
        return (text,)
    loose, tight = (tuple(pieces(text, fits, bond, Bond.PHRASE)) for bond in (Bond.OBJECT, Bond.NOTHING))
    filled = tuple(_filled(loose, fits))
    rectangle: tuple[str, ...] = ()
    for count in range(2, len(filled) + 2):
        for words in (tight, loose):
            shapes = [lines for lines in _splits(words, count) if all(map(fits, lines))]
            best = min(shapes, key=_cost, default=())
            if best and len({_visible(line) for line in best}) > 1:
                return best
            rectangle = rectangle or best
    return rectangle or filled


def _filled(words: Sequence[str], fits: Callable[[str], bool]) -> Iterator[str]:
    """Fill line by line; a word that no line holds is cut."""
    line = ""
    for word in words:
        if line and not fits(line + word):
            yield line
            line = ""
        *whole, line = _cut(line + word, fits)
        yield from whole
    yield line


def _splits(words: Sequence[str], count: int) -> Iterator[tuple[str, ...]]:
    """Every way of setting words on so many lines; none where the ways are beyond counting."""
    if comb(len(words) - 1, count - 1) > _MOST_SHAPES:
        return
    for cuts in combinations(range(1, len(words)), count - 1):
        edges = (0, *cuts, len(words))
        yield tuple("".join(words[a:b]) for a, b in pairwise(edges))


def _cost(lines: Sequence[str]) -> tuple[float, tuple[float, ...]]:
    """Prefer a trapezium that grows downwards, then a lozenge, then one that narrows; no stub, no rectangle."""
    lengths = [_visible(line) for line in lines]
    spread = max(lengths) - min(lengths)
    grows = lengths == sorted(lengths)
    narrows = lengths == sorted(lengths, reverse=True)
    middle = lengths.index(max(lengths))
    bulges = lengths[: middle + 1] == sorted(lengths[: middle + 1]) and lengths[middle:] == sorted(
        lengths[middle:], reverse=True
    )
    cost = 0.0 if grows else 1.0 if bulges and not narrows else 2.0 if narrows else 20.0
    cost += 6.0 if spread == 0 else 0.0
    cost += abs(spread - 4) * 0.5
    cost += 10.0 * sum(length < 4 for length in lengths)
    return cost, tuple(lengths)


def _visible(line: str) -> float:
    """How many characters wide a line is: two Latin ones are as wide as a Chinese one."""
    return sum(0.5 if char.isascii() else 1 for char in line)


def _cut(text: str, fits: Callable[[str], bool]) -> Iterator[str]:
    """Cut a text where a line is full, a character earlier where its neighbour would be torn off."""
    line = ""
    for char in text:
        if line and not fits(line + char):
            torn = char in STAYS_WITH_LAST or line[-1] in STAYS_WITH_NEXT
            kept = line[-1] if torn and len(line) > 1 else ""
            yield line.removesuffix(kept)
            line = kept
        line += char
    yield line


def shape_name(name: str, fits: Callable[[str], bool]) -> tuple[str, ...]:
    """Set an agency's name on one line, or on two or three lines of like length broken at a word.

    A word that no line holds stands on lines of its own, broken at a word within it; a name that has none is cut
    where it must be.
    """
    words = list(pieces(name, fits, Bond.NAME, Bond.NAME))
    wide = [word for word in words if not fits(word)]
    finer = [part for word in words for part in (words_within(word) if word in wide else [word])]
    for parts in (words, finer):
        for count in range(1, _MOST_NAME_LINES + 1):
            splits = [
                lines
                for lines in _splits(parts, count)
                if all(map(fits, lines)) and all(_stands_apart(word, lines) for word in wide)
            ]
            if splits:
                return min(splits, key=_unlike)
    return tuple(_cut(name, fits))


def _stands_apart(word: str, lines: Sequence[str]) -> bool:
    """Whether some of the lines hold this word and nothing else."""
    edges = range(len(lines) + 1)
    return any("".join(lines[start:end]) == word for start, end in combinations(edges, 2))


def _unlike(lines: Sequence[str]) -> tuple[int, list[int]]:
    """How unlike in length lines are; of two ways the one that puts more on the first lines."""
    lengths = [len(line) for line in lines]
    return max(lengths) - min(lengths), [-length for length in lengths]
