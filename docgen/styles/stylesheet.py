"""Read `styles/gbt9704.toml`, the only place where a layout figure is written, into typed sections."""

from __future__ import annotations

import tomllib
from collections.abc import Container, Iterable
from dataclasses import dataclass, fields
from functools import cache
from typing import Any

from docgen.shipped import shipped
from docgen.units import Length, mm, pt


@dataclass(frozen=True)
class Area:
    """The 版心 on a sheet, from the sheet's top left corner."""

    left: Length
    top: Length
    width: Length
    height: Length

    @property
    def bottom(self) -> Length:
        """Its lower edge."""
        return self.top + self.height


@dataclass(frozen=True)
class Page:
    """Paper and 版心 (clauses 5.1, 5.2)."""

    width: Length
    height: Length
    top_white: Length
    binding_white: Length
    area_width: Length
    area_height: Length

    @property
    def area_bottom(self) -> Length:
        """The lower edge of the 版心, from the top of the page."""
        return self.top_white + self.area_height

    def area(self, *, is_turned: bool = False) -> Area:
        """Give the 版心; of a turned sheet as it lies, the upright sheet's left edge uppermost (clause 8)."""
        if is_turned:
            return Area(self.height - self.area_bottom, self.binding_white, self.area_height, self.area_width)
        return Area(self.binding_white, self.top_white, self.area_width, self.area_height)


@dataclass(frozen=True)
class Grid:
    """22 lines of 28 characters (5.2.3). `lead` is the white above the first line inside the text box."""

    lines: int
    chars: int
    line_pitch: Length
    lead: Length
    tracking: Length
    cjk_latin_gap: float


@dataclass(frozen=True)
class Body:
    """The body's text (7.3.3)."""

    size: Length
    indent_chars: int
    gap_lines: int


@dataclass(frozen=True)
class MastheadStyle:
    """版头 (7.2)."""

    top: Length
    max_size: Length
    joint_max_size: Length
    suffix_ratio: float
    suffix_gap_ratio: float
    name_pitch_ratio: float
    least_pitch_ratio: float
    text_lines: int
    secrecy_line: int
    spread_chars: int
    signer_columns: int
    signer_gap_chars: float
    side_chars: int
    colour: str
    number_gap_lines: int
    rule_gap: Length
    rule_weight: Length


@dataclass(frozen=True)
class LetterStyle:
    """信函格式: the mark and the two double lines, 上粗下细 under the mark and 上细下粗 at the foot (10.1)."""

    mark_top: Length
    mark_size: Length
    line_gap: Length
    line_width: Length
    foot_white: Length
    thick_weight: Length
    thin_weight: Length
    double_gap: Length
    first_gap: Length

    @property
    def double_weight(self) -> Length:
        """The height of a double line, from outer edge to outer edge."""
        return self.thick_weight + self.double_gap + self.thin_weight


@dataclass(frozen=True)
class TitleStyle:
    """标题 (7.3.1)."""

    size: Length
    line_pitch: Length
    gap_lines: int


@dataclass(frozen=True)
class AnnexNoteStyle:
    """附件说明 (7.3.4); a short one has at most `short_items` paragraphs."""

    short_items: int
    gap_lines: int


@dataclass(frozen=True)
class SignatureStyle:
    """署名、成文日期 with room for seals, without, and with 签名章 (7.3.5.1–7.3.5.3)."""

    date_right_chars: int
    date_right_give: Length
    seal_diameter: Length
    seal_gap: Length
    seal_top: Length
    row_names: int
    name_gap_chars: int
    unsealed_gap_lines: int
    unsealed_right_chars: int
    unsealed_date_chars: int
    stamp_gap_lines: int
    stamp_width: Length
    stamp_height: Length
    stamp_post_chars: int
    stamp_date_lines: int


@dataclass(frozen=True)
class AnnexStyle:
    """附件 (7.3.7)."""

    title_line: int
    title_gap: Length


@dataclass(frozen=True)
class TableStyle:
    """Tables of annexes; the small type is for those that are crowded."""

    size: Length
    line_pitch: Length
    small_size: Length
    small_pitch: Length
    short_chars: int
    narrow_chars: int
    least_lines: int
    caption_pitch: Length
    padding: Length
    small_padding: Length
    head_padding: Length
    weight: Length
    gap: Length
    easy_lines: int
    """What a cell may take, at the full size, before the table is set in the small type."""
    small_easy_lines: int
    """What a cell may take, in the small type, before the table is turned."""

    def beside(self, *, is_small: bool) -> Length:
        """The white at either side of a cell's text."""
        return self.small_padding if is_small else self.padding

    def easy(self, *, is_small: bool) -> int:
        """How many lines of a cell are easy to read."""
        return self.small_easy_lines if is_small else self.easy_lines


@dataclass(frozen=True)
class ImprintStyle:
    """版记 (7.4)."""

    size: Length
    line_pitch: Length
    row_padding: Length
    side_chars: int
    date_gap_chars: int
    outer_weight: Length
    inner_weight: Length

    @property
    def side(self) -> Length:
        """The white at either side of its lines."""
        return self.size * self.side_chars


@dataclass(frozen=True)
class PageNumberStyle:
    """页码 (7.5)."""

    size: Length
    dash_below: Length
    side_chars: int


@dataclass(frozen=True)
class CommandStyle:
    """命令 (10.2); docgen makes none, but checks them."""

    mark_top: Length


@dataclass(frozen=True)
class Tolerance:
    """How far a finished file may be off before it is said."""

    paper: Length
    edge: Length
    pitch: Length
    char_space: int
    indent: Length
    hang: Length
    rule_weight: Length
    type_size: Length
    number_side_least: Length
    number_side_most: Length
    seal_least: Length
    seal_most: Length
    drawn_size: Length
    bearing: Length
    align: Length
    one_line_least: Length
    one_line_most: Length
    two_lines_least: Length
    two_lines_most: Length
    red_rule_least: Length
    red_rule_most: Length
    date_side: Length
    annex_title_least: Length
    annex_title_most: Length
    largest_seal: Length
    table_rows: int


@dataclass(frozen=True)
class FontRole:
    """One class of type: the name a DOCX asks for, and the font files that may draw it, best first."""

    role: str
    official: str
    names: tuple[str, ...]
    official_names: int
    """How many of `names`, from the first, are the official face itself and no stand-in."""


@dataclass(frozen=True)
class Stylesheet:
    """Every layout figure of one profile."""

    page: Page
    grid: Grid
    body: Body
    masthead: MastheadStyle
    letter: LetterStyle
    title: TitleStyle
    annex_note: AnnexNoteStyle
    signature: SignatureStyle
    annex: AnnexStyle
    table: TableStyle
    imprint: ImprintStyle
    page_number: PageNumberStyle
    command: CommandStyle
    tolerance: Tolerance
    fonts: tuple[FontRole, ...]

    @property
    def text_top(self) -> Length:
        """The top of the text box: what Word calls the upper margin."""
        return self.page.top_white - self.grid.lead

    @property
    def text_bottom(self) -> Length:
        """The lower edge of the text box, from the top of the page."""
        return self.page.area_bottom + self.grid.lead

    @property
    def cell(self) -> Length:
        """The width of one of the 28 characters of a full line."""
        return self.page.area_width / self.grid.chars

    def gap(self, lines: int) -> Length:
        """空几行: so many 行 between the ink above and the ink below, of which the line boxes already hold a part."""
        return self.grid.line_pitch * lines - (self.grid.line_pitch - self.body.size)

    def font(self, role: str) -> FontRole:
        """Give one class of type by its role."""
        return next(font for font in self.fonts if font.role == role)


_SECTIONS: dict[str, type] = {
    "page": Page,
    "grid": Grid,
    "body": Body,
    "masthead": MastheadStyle,
    "letter": LetterStyle,
    "title": TitleStyle,
    "annex_note": AnnexNoteStyle,
    "signature": SignatureStyle,
    "annex": AnnexStyle,
    "table": TableStyle,
    "imprint": ImprintStyle,
    "page_number": PageNumberStyle,
    "command": CommandStyle,
    "tolerance": Tolerance,
}


@cache
def profiles() -> tuple[str, ...]:
    """Name the profiles of the stylesheet, the standard's own left out."""
    return tuple(_raw()["profile"])


def _raw() -> dict[str, Any]:
    return tomllib.loads((shipped("styles") / "gbt9704.toml").read_text(encoding="utf-8"))


@cache
def load_stylesheet(profile: str = "") -> Stylesheet:
    """Load the figures of the standard, overlaid with those of a named profile."""
    raw = _raw()
    changes = raw["profile"][profile] if profile else {}
    _refuse_unknown(f"profile.{profile}", changes, _SECTIONS)
    sections = {name: _section(kind, raw[name] | changes.get(name, {})) for name, kind in _SECTIONS.items()}
    fonts = tuple(
        FontRole(role, font["official"], tuple(font["names"]), font["official_names"])
        for role, font in raw["font"].items()
    )
    return Stylesheet(**sections, fonts=fonts)


def _refuse_unknown(where: str, values: Iterable[str], known: Container[str]) -> None:
    unknown = [name for name in values if name not in known]
    if unknown:
        raise ValueError(f"gbt9704.toml: {where} has no {'、'.join(sorted(unknown))}")


def _section(kind: type, values: dict[str, dict[str, Any]]) -> Any:
    _refuse_unknown(kind.__name__, values, {entry.name for entry in fields(kind)})
    return kind(**{name: _value(name, value) for name, value in values.items()})


def _value(name: str, value: dict[str, Any]) -> Any:
    if not value.get("clause"):
        raise ValueError(f"gbt9704.toml: {name} cites no clause")
    for unit, read in (("mm", mm), ("pt", pt), ("count", int), ("ratio", float), ("colour", str)):
        if unit in value:
            return read(value[unit])
    raise ValueError(f"gbt9704.toml: {name} has no unit")
