"""The short version of `make torture`: kills at some of the named steps, and some at random moments."""

from __future__ import annotations

from pathlib import Path

from tests.torture import steps, victim
from tests.torture.kill_points import draft_killed, finalise_killed
from tests.torture.random_kills import killed_at_random
from tests.torture.victim import RUN, Undisturbed


def test_a_kill_at_any_named_step_of_finalise_loses_nothing(tmp_path: Path) -> None:
    killed = finalise_killed(tmp_path, every=11)

    assert killed.faults == ()
    assert killed.kinds["commit"] >= 2
    assert killed.kills >= 8


def test_a_kill_at_any_named_step_of_drafting_leaves_no_half_run(tmp_path: Path) -> None:
    killed = draft_killed(tmp_path, letters=1, every=13)

    assert killed.faults == ()
    assert killed.kills >= 3


def test_kills_at_random_moments_lose_nothing(tmp_path: Path) -> None:
    killed = killed_at_random(tmp_path, 8, 6, ("docx", "xlsx"))

    assert killed.faults == ()
    assert killed.kills == 6


def test_what_is_not_as_undisturbed_is_told(tmp_path: Path) -> None:
    """The harness itself: a half file, a stray, a file too many and a letter that is not marked."""
    victim.draft(tmp_path, 2, ("docx", "xlsx"))
    assert victim.run(lambda: victim.number(tmp_path), tmp_path / "log") == 0
    undisturbed = Undisturbed(tmp_path)
    assert undisturbed.faults_at_end(tmp_path) == []
    letter = next((tmp_path / RUN / "定稿").rglob("函.docx"))

    letter.write_bytes(letter.read_bytes()[:1000])
    letter.with_name(".docgen-函.docx").write_bytes(b"PK")
    (tmp_path / RUN / "正本/多.xlsx").write_bytes(b"PK")

    name = letter.relative_to(tmp_path / RUN).as_posix()
    assert undisturbed.faults_at_once(tmp_path, {})[0][0] == f"{name} is not the undisturbed run's"
    assert {f"{name} differs", "正本/多.xlsx is only in one", ".docgen-函.docx was left behind"} <= set(
        undisturbed.faults_at_end(tmp_path)
    )


def test_a_step_is_named_before_within_and_after_what_it_does(tmp_path: Path) -> None:
    def writing() -> None:
        steps.install(steps.noted_in(tmp_path / "notes"))
        (tmp_path / "函.docx").write_bytes(b"PK")

    assert victim.run(writing, tmp_path / "log") == 0

    noted = (tmp_path / "notes").read_text(encoding="utf-8").splitlines()
    assert [name.partition(":")[0] for name in noted] == ["before", "half"]
