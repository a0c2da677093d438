"""Damage what a clerk damages: headers, rows, columns, cells and sheets of a sound workbook; CSV files; settings."""

from __future__ import annotations

import re
from datetime import date
from random import Random

from tests.fuzz import odd
from tests.fuzz.package import flipped
from tests.fuzz.seed import BOOK, SETTINGS_FILE, TOML, Cell, Files, Seed, Table, folder_of, workbook_of

_ENCODINGS = ("utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "utf-16-le", "big5", "utf-32", "cp1252")


def _packed(seed: Seed, tables: dict[str, Table], rng: Random) -> Files:
    """Write tables as a workbook or, now and then, as a folder of CSV files."""
    if rng.random() < 0.75:
        return {BOOK: workbook_of(tables)}
    return folder_of(tables) | {SETTINGS_FILE: TOML.encode()}


def _swapped(cell: Cell, rng: Random) -> Cell:
    """Give a cell in another type."""
    number = odd.number(rng)
    choices: tuple[Cell, ...] = (
        None, str(cell), odd.text(rng), number, 5, -5, 0.5, 1e308, float("nan"), float("inf"), 10**17, 45000, -0.0,
        date(1900, 1, 1), date(9999, 12, 31), date(2024, 2, 29), cell,
    )
    return rng.choice(choices)


def headers(seed: Seed, rng: Random) -> Files:
    """Drop, double, rename, blank, move and bury headers."""
    tables = seed.copy()
    for _ in range(rng.choice((1, 1, 2, 5))):
        rows = tables[rng.choice(sorted(tables))]
        if not rows or not rows[0]:
            continue
        header = rows[0]
        at, other = rng.randrange(len(header)), rng.randrange(len(header))
        match rng.randrange(9):
            case 0:
                for row in rows:
                    del row[at : at + 1]
            case 1:
                header[at] = header[other]
            case 2:
                header[at] = odd.text(rng)
            case 3:
                header[at] = None
            case 4:
                header[at], header[other] = header[other], header[at]
            case 5:
                rows.insert(0, [odd.text(rng)])
                rows[:0] = [[] for _ in range(rng.choice((0, 1, 5, 19, 40)))]
            case 6:
                rows.insert(rng.randrange(len(rows)), list(header))
            case 7:
                del rows[0]
            case 8:
                rows[:1] = [[cell if number % 2 else None for number, cell in enumerate(header)],
                            [None if number % 2 else cell for number, cell in enumerate(header)]]
    return _packed(seed, tables, rng)


def cells(seed: Seed, rng: Random) -> Files:
    """Put odd things and other types into cells."""
    tables = seed.copy()
    for _ in range(rng.choice((1, 3, 10, 60))):
        rows = tables[rng.choice(sorted(tables))]
        row = rng.choice(rows)
        if row:
            at = rng.randrange(len(row))
            row[at] = _swapped(row[at], rng)
    return _packed(seed, tables, rng)


def columns(seed: Seed, rng: Random) -> Files:
    """Fill a whole column with odd things, or with another column."""
    tables = seed.copy()
    rows = tables[rng.choice(sorted(tables))]
    width = max(map(len, rows), default=0)
    if width:
        at, other = rng.randrange(width), rng.randrange(width)
        is_copied, same = rng.random() < 0.3, _swapped(None, rng)
        for row in rows[1:]:
            if at < len(row):
                row[at] = row[min(other, len(row) - 1)] if is_copied else rng.choice((same, _swapped(row[at], rng)))
    return _packed(seed, tables, rng)


def order(seed: Seed, rng: Random) -> Files:
    """Shuffle rows or columns, cut rows short, double, drop and lengthen them."""
    tables = seed.copy()
    for name in rng.sample(sorted(tables), 3):
        rows = tables[name]
        match rng.randrange(7):
            case 0:
                rng.shuffle(rows)
            case 1:
                shuffled = list(range(len(rows[0])))
                rng.shuffle(shuffled)
                rows[:] = [[row[at] for at in shuffled if at < len(row)] for row in rows]
            case 2:
                rows[:] = [row[: rng.randrange(len(row) + 1)] for row in rows]
            case 3:
                rows += rows[1:]
            case 4:
                rows[:] = rows[: rng.randrange(len(rows) + 1)]
            case 5:
                rows[:] = [[*row, *(["x"] * rng.randrange(200))] for row in rows]
            case 6:
                rows[:] = [rng.choice((row, [], [None] * 30, ["合计", 5])) for row in rows]
    return _packed(seed, tables, rng)


def sheets(seed: Seed, rng: Random) -> Files:
    """Drop, rename, double, swap and add sheets."""
    tables = seed.copy()
    names = sorted(tables)
    chosen, other = rng.choice(names), rng.choice(names)
    match rng.randrange(6):
        case 0:
            for name in rng.sample(names, rng.choice((1, 3, len(names)))):
                del tables[name]
        case 1:
            tables[odd.text(rng)[:40].replace("/", "／").replace("\x00", "") or "甲"] = tables.pop(chosen)
        case 2:
            tables[rng.choice((f"{chosen} ", f"{chosen}（2）", f"{chosen}-昆山", chosen.upper(), f"　{chosen}"))] = tables[chosen]
        case 3:
            tables[chosen], tables[other] = tables[other], tables[chosen]
        case 4:
            tables[chosen] = []
        case 5:
            tables |= {f"表{number}": [["x"]] for number in range(rng.choice((3, 300)))}
    if rng.random() < 0.8:
        return {BOOK: workbook_of(tables)}
    named = {re.sub(r"[^\w（）-]", "〇", name)[:40]: rows for name, rows in tables.items()}
    return folder_of(named) | {SETTINGS_FILE: TOML.encode()}


def csv_files(seed: Seed, rng: Random) -> Files:
    """Damage CSV files: quotes, separators, line ends, encodings, NUL, long fields, odd names."""
    files = dict(seed.csv_files)
    for _ in range(rng.choice((1, 1, 3))):
        name = rng.choice([name for name in files if name.endswith(".csv")])
        text = files[name].decode("utf-8", "replace")
        at = rng.randrange(len(text) + 1)
        match rng.randrange(12):
            case 0:
                content = flipped(files[name], rng)
            case 1:
                content = (text[:at] + rng.choice(('"', '""', '",', "\x00", "\r", "\n", ",", ";", "\t")) + text[at:]).encode()
            case 2:
                content = text.encode(rng.choice(_ENCODINGS), "replace")
            case 3:
                content = text[:at].encode() + text[at:].encode("gb18030", "replace")
            case 4:
                content = text.replace(",", rng.choice((";", "\t", "，", "|"))).encode()
            case 5:
                content = text.replace("\r\n", rng.choice(("\r", "\n", "\n\r", "\u2028", ""))).encode()
            case 6:
                content = (text[:at] + "长" * rng.choice((40_000, 140_000)) + text[at:]).encode()
            case 7:
                content = (text[:at] + odd.text(rng) + text[at:]).encode("utf-8", "surrogatepass")
            case 8:
                content = rng.choice((b"", b"\xef\xbb\xbf", b"\n\n\n", b"\x00" * 5000, b"," * 20_000, b'"' * 4001))
            case 9:
                content = files[name][: rng.randrange(len(files[name]) + 1)]
            case 10:
                content = text.encode()
                name = name.replace(".csv", rng.choice(("-2.csv", "（昆山）.csv", ".CSV", " .csv", "\u202e.csv", "[red].csv")))
            case _:
                content = files.pop(name)
                name = rng.choice((f"~${name}", f".{name}", f"甲{name}", name.replace(".csv", ".xlsx"), f"{name}.txt"))
        files[name] = content
    return files


def settings(seed: Seed, rng: Random) -> Files:
    """Damage 发文.toml: its syntax, its types, its lists, and what it says."""
    lines = TOML.splitlines()
    for _ in range(rng.choice((1, 1, 3, 8))):
        at = rng.randrange(len(lines))
        key, _, value = lines[at].partition(" = ")
        text = odd.text(rng)
        quoted = '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\r", "") + '"'
        lines[at] = rng.choice((
            "", f"{key} = ", f"{key} = {odd.number(rng)}", f"{key} = {quoted}", f"{key} = [{quoted}, 5, 2024-08-09]",
            f"{key} = {{ a = {quoted} }}", f"{key} = {'[' * 900}", f"{key} = {'[' * 50}{']' * 50}", f"[{key}]", f"[[{key}]]",
            f"{lines[at]}\n{lines[at]}", f"{quoted} = {value}", value, f"{key} = 9999-12-31", f"{key} = 0001-01-01",
            f"{key} = 07:32:00", f"{key} = 2024-08-09T07:32:00Z", f"{key} = []", f"{key} = [[1]]", f"{key} = true",
            f"{key} = inf", f"{key} = 1e999", f"{key} = {'9' * 5000}", f'{key} = """{text}', f"{key}.a = 1", f"# {text}",
        ))
    content = "\n".join(lines).encode("utf-8", "surrogatepass")
    if rng.random() < 0.1:
        content = flipped(content, rng)
    if rng.random() < 0.05:
        content = content.decode("utf-8", "replace").encode(rng.choice(_ENCODINGS), "replace")
    return seed.csv_files | {SETTINGS_FILE: content}


def settings_sheet(seed: Seed, rng: Random) -> Files:
    """Damage the sheet 发文信息."""
    tables = seed.copy()
    rows = tables["发文信息"]
    for _ in range(rng.choice((1, 3, 8))):
        row = rng.choice(rows)
        match rng.randrange(4):
            case 0:
                row[-1:] = [_swapped(None, rng)]
            case 1:
                row[0] = odd.text(rng)
            case 2:
                rows.append(list(row))
            case 3:
                rows.remove(row)
        if not rows:
            break
    return {BOOK: workbook_of(tables)}
