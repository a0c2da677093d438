"""From the signed 送审稿 to the numbered papers: numbers once, files whole, nothing but number and dates changed."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from docgen.errors import Barred, Unreadable, UsageError
from docgen.gongwen import DocumentNumber
from docgen.issuing import Paper, finalise
from docgen.issuing.batch import open_batch
from docgen.issuing.durable import FolderBusy
from docgen.register import RegisterConflict, Source, State
from docgen.render import docx

from .batches import COMPLETE, JOINT, SIGNED, draft, files, number, register_at, start, text_of, with_number
from .traced import typical


def test_each_letter_gets_its_number_in_order(letters: Path) -> None:
    done = number(letters)

    assert [(str(entry.number), entry.paper, entry.state) for entry in done.entries] == [
        ("苏应急函〔2024〕1号", "青松财险", State.ISSUED),
        ("苏应急函〔2024〕2号", "白鹭财险", State.ISSUED),
    ]
    assert "苏应急函〔2024〕2号" in text_of(letters / "批次/定稿/02 白鹭财险/函.docx")
    assert "2024年8月15日" in text_of(letters / "批次/定稿/02 白鹭财险/函.docx")


def test_again_makes_nothing_new(letters: Path) -> None:
    number(letters)
    before = files(letters / "批次")

    again = number(letters)

    assert again.made == ()
    assert files(letters / "批次") == before
    with register_at(letters) as register:
        assert len(register.entries()) == 2


def test_the_same_data_in_another_folder_take_no_other_numbers(letters: Path) -> None:
    number(letters)
    draft(letters, Paper.LETTERS, to="另一个")

    number(letters, run="另一个")

    final = {name: content for name, content in files(letters / "批次").items() if "稿" in name or "正本" in name}
    assert final == {name: files(letters / "另一个")[name] for name in final}
    with register_at(letters) as register:
        assert len(register.entries()) == 2


def test_the_offices_number_is_recorded_with_all_that_it_was_given(circular: Path) -> None:
    done = number(circular, JOINT, Source.OFFICE)

    entry = done.entries[0]
    assert str(entry.number) == "甲应急〔2024〕132号"
    assert entry.particulars.genre == "通报"
    assert entry.particulars.signers == ("李示例", "王示例")
    assert entry.particulars.signing_date == date(2024, 8, 15)
    assert entry.particulars.copies == 60
    assert {file.path for file in entry.files} >= {"定稿/通报.docx", "正本/附件/附件汇总.xlsx"}
    assert "甲应急〔2024〕132号" in text_of(circular / "批次/定稿/通报.docx")
    assert "2024年8月16日印发" in text_of(circular / "批次/定稿/通报.docx")


def test_a_number_of_another_paper_is_refused_before_anything_is_made(circular: Path) -> None:
    draft(circular, Paper.CIRCULAR, settings=COMPLETE.replace("安全生产责任保险", "安责险"), to="另一个")
    number(circular, JOINT, Source.OFFICE)

    with pytest.raises(RegisterConflict, match="132"):
        number(circular, JOINT, Source.OFFICE, run="另一个")

    assert not (circular / "另一个/定稿").exists()


def test_all_that_is_missing_is_said_at_once(circular: Path) -> None:
    with pytest.raises(Barred) as barred:
        number(circular, replace(JOINT, number=None, signers=(), signed_on=(), printing_date=None, copies=None), Source.OFFICE)

    said = "\n".join(map(str, barred.value.problems))
    for word in ("发文字号", "签发人", "签发日期", "成文日期", "印发日期", "份数"):
        assert f"没有{word}" in said
    with register_at(circular) as register:
        assert register.entries() == ()


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (replace(JOINT, number=DocumentNumber("甲应急函", 2024, 132)), "甲应急〔2024〕一类"),
        (replace(JOINT, number=DocumentNumber("甲应急", 2023, 132)), "甲应急〔2024〕一类"),
        (replace(JOINT, signers=("李示例",)), "共 2 项"),
        (replace(JOINT, signing_date=date(2024, 8, 14)), "最后签发日期是 2024-08-15"),
        (replace(JOINT, printing_date=date(2024, 8, 14)), "印发日期 2024-08-14 早于成文日期"),
        (replace(JOINT, signed_on=(date(2024, 8, 1), date(2024, 8, 2))), "早于数据截止日期"),
        (replace(JOINT, copies=0), "份数是 0"),
    ],
    ids=["代字", "年份", "签发人少一人", "成文日期不是最后签发的", "印发早于成文", "早于数据", "份数"],
)
def test_what_does_not_fit_takes_no_number(circular: Path, said: object, told: str) -> None:
    with pytest.raises(Barred, match="处问题") as barred:
        number(circular, said, Source.OFFICE)  # type: ignore[arg-type]

    assert told in "\n".join(map(str, barred.value.problems))
    with register_at(circular) as register:
        assert register.entries() == ()


def test_a_late_paper_keeps_its_year_of_registration(circular: Path) -> None:
    late = replace(JOINT, signed_on=(date(2024, 12, 31), date(2025, 1, 3)), printing_date=date(2025, 1, 6))

    done = number(circular, late, Source.OFFICE)

    assert str(done.entries[0].number) == "甲应急〔2024〕132号"
    assert "2025年1月3日" in text_of(circular / "批次/定稿/通报.docx")


def test_a_draft_that_was_edited_by_hand_is_not_issued(letters: Path) -> None:
    signed = letters / "批次/送审稿/函/01 青松财险/函.docx"
    signed.write_bytes(signed.read_bytes() + b" ")

    with pytest.raises(Unreadable, match=r"送审稿/函/01 青松财险/函\.docx"):
        number(letters)

    with register_at(letters) as register:
        assert register.entries() == ()


def test_data_that_were_changed_since_are_not_issued(letters: Path) -> None:
    data = letters / "批次/数据/问题.csv"
    data.write_bytes(data.read_bytes().replace("没有约定".encode(), "约定不清".encode()))

    with pytest.raises(Unreadable, match=r"数据/问题\.csv"):
        number(letters)


def test_words_that_came_out_otherwise_than_signed_are_not_issued(
    letters: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from docgen.issuing import draft_batch

    really = draft_batch.read_kept

    def other(*given: object) -> object:
        counted = really(*given)  # type: ignore[arg-type]
        return replace(counted, settings=replace(counted.settings, contact="王示例"))

    monkeypatch.setattr(finalise, "read_kept", other)

    done = number(letters)

    assert [failed.name for failed in done.not_made] == ["青松财险", "白鹭财险"]
    assert "送审稿是" in done.not_made[0].reason
    assert not (letters / "批次/定稿").exists()


def test_one_failing_letter_stops_no_other_and_the_next_call_finishes_it(
    letters: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    really = docx.render_docx

    def fails(document: object, *rest: object) -> bytes:
        if "青松" in document.addressees:  # type: ignore[attr-defined]
            raise ValueError("画不出")
        return really(document, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(docx, "render_docx", fails)
    first = number(letters)
    monkeypatch.setattr(docx, "render_docx", really)

    assert [failed.name for failed in first.not_made] == ["青松财险"]
    assert [(str(entry.number), entry.state) for entry in first.entries] == [
        ("苏应急函〔2024〕1号", State.RESERVED), ("苏应急函〔2024〕2号", State.ISSUED),
    ]
    assert not open_batch(letters / "批次").is_final

    second = number(letters)

    assert second.made == ("青松财险",)
    assert [entry.state for entry in second.entries] == [State.ISSUED, State.ISSUED]
    assert open_batch(letters / "批次").is_final


def test_a_final_file_that_was_changed_is_set_aside_and_made_again(letters: Path) -> None:
    number(letters)
    path = letters / "批次/定稿/01 青松财险/函.docx"
    good = path.read_bytes()
    path.write_bytes("我的改动".encode())

    again = number(letters)

    assert again.kept == ("留存/定稿/01 青松财险/函.docx",)
    assert path.read_bytes() == good
    assert (letters / "批次/留存/定稿/01 青松财险/函.docx").read_bytes() == "我的改动".encode()


def test_two_at_once_on_one_run_are_told(letters: Path) -> None:
    holding = "import sys; from pathlib import Path; from docgen.issuing.durable import alone_in\n"
    holding += "with alone_in(Path(sys.argv[1])): print('held', flush=True); sys.stdin.read()"
    other = subprocess.Popen(
        [sys.executable, "-c", holding, str(letters / "批次")], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    with other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"

        with pytest.raises(FolderBusy, match="另一个 docgen"):
            number(letters)

        other.communicate("")
    assert number(letters).is_complete


def test_a_doubtful_problem_bars_unless_it_is_let_pass_with_reason_and_name(tmp_path: Path) -> None:
    settings = COMPLETE + '"密级" = "秘密★1年"\n'
    draft(tmp_path, Paper.CIRCULAR, settings=settings)

    with pytest.raises(Barred, match="1 处问题"):
        number(tmp_path, JOINT, Source.OFFICE)
    done = number(tmp_path, JOINT, Source.OFFICE, {"missing-setting": "份号由机要室加盖"})

    assert done.is_complete
    assert ["missing-setting", "份号由机要室加盖", "张示例"] in [
        [code, reason, name] for code, _, reason, name in done.batch.manifest.content["放行"]
    ]


def test_what_is_open_cannot_be_let_pass(tmp_path: Path) -> None:
    draft(tmp_path, Paper.CIRCULAR, settings=COMPLETE.replace('"印发机关" = "甲市应急管理局办公室"\n', ""))

    with pytest.raises(UsageError, match="PLACEHOLDER 不能放行"):
        number(tmp_path, JOINT, Source.OFFICE, {"PLACEHOLDER": "以后补"})


def test_letters_that_share_a_number_are_one_entry_with_all_their_recipients(tmp_path: Path) -> None:
    draft(tmp_path, Paper.LETTERS, typical(), COMPLETE + '"函编号方式" = "同号分送"\n')
    start(tmp_path, serial=7)

    done = number(tmp_path)

    assert [str(entry.number) for entry in done.entries] == ["苏应急函〔2024〕7号"]
    assert len(done.entries[0].particulars.recipients) == 2
    assert {file.recipient for file in done.entries[0].files} == set(done.entries[0].particulars.recipients)
    for folder in ("01 青松财险", "02 白鹭财险"):
        assert "苏应急函〔2024〕7号" in text_of(tmp_path / f"批次/定稿/{folder}/函.docx")


def test_manifests_form_a_chain(letters: Path) -> None:
    number(letters)
    draft(letters, Paper.CIRCULAR, to="通报批次")
    number(letters, JOINT, Source.OFFICE, run="通报批次")

    first, second = (open_batch(letters / name) for name in ("批次", "通报批次"))

    assert first.manifest.content["前一清单"] == ""
    with register_at(letters) as register:
        assert register.sealed(first.id) == (second.manifest.content["前一清单"], "")


def test_a_void_number_is_followed_by_a_new_one(circular: Path) -> None:
    number(circular, JOINT, Source.OFFICE)
    with register_at(circular) as register:
        register.void(DocumentNumber("甲应急", 2024, 132), "内容有误")

    done = number(circular, with_number(JOINT, 140), Source.OFFICE)

    assert [str(entry.number) for entry in done.entries] == ["甲应急〔2024〕140号"]
    assert "140号" in text_of(circular / "批次/定稿/通报.docx")
    assert "132号" in text_of(circular / "批次/留存/定稿/通报.docx")
    assert SIGNED.number is None
