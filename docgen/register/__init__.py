"""发文登记簿: every 发文字号 that was given, by whoever, and the chain of manifests. Transactional; used once, ever."""

from docgen.register.complaints import REMARK
from docgen.register.model import (
    Entry,
    Event,
    IssuedFile,
    Particulars,
    RegisterBusy,
    RegisterConflict,
    RegisterUnusable,
    Source,
    State,
    Wanted,
)
from docgen.register.place import is_named
from docgen.register.register import Register, open_register

__all__ = [
    "REMARK",
    "Entry",
    "Event",
    "IssuedFile",
    "Particulars",
    "Register",
    "RegisterBusy",
    "RegisterConflict",
    "RegisterUnusable",
    "Source",
    "State",
    "Wanted",
    "is_named",
    "open_register",
]
