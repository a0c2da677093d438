"""What several commands take in the same words: formats, the kind of PDF."""

from __future__ import annotations

import click

FORMATS = ("docx", "pdf", "xlsx")


def read_formats(_ctx: click.Context, _param: click.Parameter, value: str) -> tuple[str, ...]:
    """Read --format. Raise BadParameter in the clerk's words."""
    chosen = tuple(part.strip().lower() for part in value.replace("，", ",").split(",") if part.strip())
    unknown = [part for part in chosen if part not in FORMATS]
    if unknown or not chosen:
        found = "、".join(unknown)
        raise click.BadParameter(
            "--format 应为 docx、pdf、xlsx 中的一种或几种，如 docx,pdf，"
            + (f"不是“{found}”。" if found else "不能是空的。")
        )
    return chosen


def read_pdf_kind(_ctx: click.Context, _param: click.Parameter, value: str) -> str:
    """Read --pdf. Raise BadParameter in the clerk's words."""
    if value.strip().lower() not in ("a", "ua"):
        raise click.BadParameter(f"--pdf 应为 a 或 ua，如 --pdf ua，不是“{value}”。")
    return value.strip().lower()
