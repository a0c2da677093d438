"""Change every byte of a manifest, one at a time: python -m tests.torture.manifest_bytes RUN

Whatever byte of manifest.json is another, `docgen verify` names the file: it is no manifest any more, or not as written.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from docgen.errors import Unreadable
from docgen.issuing.batch_manifest import MANIFEST
from docgen.issuing.opened import open_as_it_is


def unnamed(run: Path, places: Iterable[int]) -> Iterator[int]:
    """Change the byte at each place, by one bit that goes round; give the places of which nothing was told."""
    path = run / MANIFEST
    content = path.read_bytes()
    try:
        for place in places:
            changed = bytearray(content)
            changed[place] ^= 1 << place % 8
            path.write_bytes(changed)
            if not _is_named(run):
                yield place
    finally:
        path.write_bytes(content)


def _is_named(run: Path) -> bool:
    try:
        return MANIFEST in [note.where for note in open_as_it_is(run).notes]
    except Unreadable as error:
        return MANIFEST in error.message


def main() -> int:
    """Sweep a copy of the manifests of a run."""
    run = Path(sys.argv[1])
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "批次"
        shutil.copytree(run, copy)
        size = (copy / MANIFEST).stat().st_size
        missed = list(unnamed(copy, range(size)))
    print(f"{size} bytes of {MANIFEST}: {size - len(missed)} named")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
