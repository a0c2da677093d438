"""`python -m tests.peers FOLDER`: install the other makers, let them make a circular, say which faults are found."""

from __future__ import annotations

import sys
from pathlib import Path

from tests.peers.peers import FAULTS, make, not_found


def main(folder: Path) -> int:
    """Return 1 where a fault was not found."""
    folder.mkdir(parents=True, exist_ok=True)
    missed = 0
    for name, faults in FAULTS.items():
        missing = not_found(name, make(name, folder))
        missed += len(missing)
        print(f"{name}：{len(faults) - len(missing)}/{len(faults)} 处毛病查出")
        for fault in faults:
            print(f"  {'✗ 没有查出' if fault in missing else '✓'} {fault.rule}：{fault.found}")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
