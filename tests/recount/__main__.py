"""Try changed copies in two processes: `python -m tests.recount [COUNT]`; exit 1 when any is neither followed nor said."""

from __future__ import annotations

import sys
import time
from itertools import chain
from multiprocessing import get_context

from tests.recount.trial import Trial, plan, try_one, try_until_rendered

COUNT = 500
RENDERED = {("messy", seed) for seed in range(0, 240, 30)} | {("2024h1", 10), ("2024h1", 60)}
"""10 of the copies are rendered to files and read back: the first that can be, from each of these seeds on."""
PROCESSES = 2


def main(count: int) -> int:
    begun = time.monotonic()
    trials: list[Trial] = []
    with get_context("fork").Pool(PROCESSES) as pool:
        rendering = pool.imap_unordered(try_until_rendered, sorted(RENDERED))
        for trial in chain(pool.imap_unordered(try_one, plan(count), chunksize=4), rendering):
            trials.append(trial)
            if trial.faults:
                print(trial.name, *trial.faults, sep="\n    ", flush=True)
    rendered = [trial for trial in trials if trial.is_rendered]
    others = [trial for trial in trials if not trial.is_rendered]
    failed = [trial for trial in trials if trial.faults]
    print(
        f"{len(others)} 份改动的数据：{sum(t.is_barred for t in others)} 份阻断，"
        f"{sum(t.is_doubted and not t.is_barred for t in others)} 份另有待核，其余照改动计数；"
        f"另有 {len(rendered)} 份做成文件读回。不符 {len(failed)} 份，用时 {time.monotonic() - begun:.0f} 秒。"
    )
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else COUNT))
