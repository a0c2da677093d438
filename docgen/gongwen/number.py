"""发文字号 (GB/T 9704-2012, 7.2.5): agency code, year in 〔〕, serial, 号."""

from __future__ import annotations

import re
from dataclasses import dataclass

_FORM = re.compile(r"(?P<code>[一-鿿]{1,12})〔(?P<year>20[0-9]{2})〕(?P<serial>[1-9][0-9]{0,8})号")


@dataclass(frozen=True)
class DocumentNumber:
    """A document number; `serial` is None in a 送审稿, which prints a blank where the number will stand."""

    agency_code: str
    year: int
    serial: int | None = None

    @classmethod
    def parse(cls, text: str) -> DocumentNumber:
        """Read “苏应急〔2024〕132号”; raise ValueError in the clerk's words otherwise."""
        match = _FORM.fullmatch(text)
        if match is None:
            raise ValueError(
                f"发文字号应写作“机关代字〔年份〕序号号”，如“苏应急〔2024〕132号”，不是“{text}”"
            )
        return cls(match["code"], int(match["year"]), int(match["serial"]))

    def __str__(self) -> str:
        serial = "　" if self.serial is None else str(self.serial)
        return f"{self.agency_code}〔{self.year}〕{serial}号"
