"""Hold the 序号 that the settings state against the register: it must be free, or this paper's own."""

from __future__ import annotations

from datetime import datetime

from docgen.gongwen import DocumentNumber
from docgen.settings import Settings


def check_stated_number(settings: Settings) -> None:
    """Raise RegisterConflict where the circular's number is another paper's or 作废; a register that is not there knows none.

    A look at a paper takes no number and enters nothing.
    """
    if settings.serial is None:
        return
    from docgen.register import RegisterConflict, State, open_register
    from docgen.register.place import register_place

    place = register_place(None)
    if place.path is not None and not place.path.is_file():
        return
    number = DocumentNumber(settings.agency_code, settings.year, settings.serial)
    with open_register(None, "", datetime.now, must_exist=True) as register:
        entry = register.find(number)
    if entry is None or entry.is_free:
        return
    if entry.state is State.VOID or entry.particulars.title != settings.title:
        raise RegisterConflict(
            [f"发文信息写的序号 {settings.serial}，登记簿里 {number} 是：{entry}"],
            "核对“序号”；还没有取号的，删去“序号”，出的就是送审稿",
        )
