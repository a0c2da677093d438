"""The flat items of 发文.toml or 发文信息 become frozen settings, or all that is wrong with them is said."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as some

from docgen.errors import Place, Severity, Unreadable
from docgen.settings import mean_the_same, parse_settings, parse_share, read_toml

WHERE = Place("发文.toml")
ITEMS = {
    "发文机关": ["甲市应急管理局", "甲市金融监管分局"],
    "机关代字": "甲应急",
    "年份": 2024,
    "标题": "关于安全生产责任保险工作的通报",
    "主送机关": "各县（市、区）应急管理局",
    "数据截止日期": date(2024, 8, 9),
    "统计期间": "2024年上半年",
}


def parse(**changes):
    return parse_settings({**ITEMS, **changes}, WHERE)


def test_the_required_items_are_enough():
    settings, problems = parse()
    assert problems == ()
    assert settings.issuers == ("甲市应急管理局", "甲市金融监管分局")
    assert settings.service_fee_share == Decimal("0.20")
    assert settings.serial is None


@pytest.mark.parametrize("content", ["2024-08-09", "2024年8月9日", "2024.8.9", date(2024, 8, 9)])
def test_a_day_is_a_date_or_its_text(content):
    assert parse(数据截止日期=content)[0].cutoff == date(2024, 8, 9)


@pytest.mark.parametrize("content", ["20%", 0.2, "0.2", "20", "２０％"])
def test_a_share_is_a_percentage_or_a_fraction(content):
    assert parse(服务费提取比例=content)[0].service_fee_share == Decimal("0.2")


@pytest.mark.parametrize("content", [["甲局", "乙局"], "甲局；乙局", "甲局\n乙局", "甲局;乙局；"])
def test_a_list_is_an_array_or_separated_text(content):
    assert parse(抄送机关=content)[0].copy_to == ("甲局", "乙局")


@pytest.mark.parametrize("content", [["东区=吴江区"], "东区=吴江区", "东区＝吴江区"])
def test_an_alias_is_written_with_an_equals_sign(content):
    assert parse(属地别名=content)[0].area_aliases == (("东区", "吴江区"),)


def test_a_title_keeps_its_line_break_and_other_items_do_not():
    settings, _ = parse(标题="关于某项\n工作的通报", 主送机关="各县\n应急管理局")
    assert settings.title == "关于某项\n工作的通报"
    assert settings.addressees == "各县应急管理局"


def test_a_whole_number_of_a_spreadsheet_is_a_number():
    settings, _ = parse(年份=2024.0, 序号="132", 联系电话=65120000.0)
    assert (settings.year, settings.serial, settings.phone) == (2024, 132, "65120000")


def test_an_empty_item_counts_as_not_written():
    assert parse(函机关代字=" ", 抄送机关=[])[0].letter_agency_code == "苏应急函"


@pytest.mark.parametrize(
    ("item", "content", "example"),
    [
        ("年份", "今年", "132"),
        ("年份", 24, "2024"),
        ("序号", True, "132"),
        ("序号", 0, "132"),
        ("数据截止日期", "2024-13-1", "2024-08-09"),
        ("服务费提取比例", "120%", "20%"),
        ("附件2列抽查", "也许", "是"),
        ("机关代字", "苏应急〔2024〕", "苏应急"),
        ("机关代字", "SYJ", "苏应急"),
        ("机关代字", "甲" * 13, "苏应急"),
        ("函机关代字", "苏应急 函", "苏应急"),
        ("抄送机关", "甲局；乙局；甲局", "每项只写一次"),
        ("发文机关", ["甲局", "甲局"], "每项只写一次"),
        ("属地别名", "东区=昆山市；东区=太仓市", "每项只写一次"),
        ("属地别名", "昆山开发区", "昆山开发区=昆山市"),
        ("属地别名", ["东区=乙市"], "昆山市"),
        ("标题", ["甲"], "关于某某工作情况的通报"),
        ("在保口径", "大概在保", "截止日在保"),
        ("函编号方式", "不编号", "一函一号"),
        ("公开属性", "公开", "“主动公开”或“依申请公开”或“不予公开”"),
        ("计入问题保单", ["字迹不清"], "数据录入不规范"),
        ("通报附件", "1；6", "1；3"),
        ("通报附件", "无；1", "写“无”"),
    ],
)
def test_a_wrong_item_is_said_with_what_was_found_and_a_right_example(item, content, example):
    settings, (problem,) = parse(**{item: content})
    assert settings is None
    assert (problem.code, problem.severity, problem.where) == ("wrong-setting", Severity.BARRING, WHERE)
    assert item in problem.found
    assert example in problem.expected


@pytest.mark.parametrize("content", [["甲局", " ", "乙局", ""], "；甲局；；乙局；"])
def test_what_is_blank_in_a_list_is_dropped(content):
    settings, problems = parse(抄送机关=content)
    assert problems == ()
    assert settings.copy_to == ("甲局", "乙局")


@pytest.mark.parametrize("content", [["", " "], "；", " ； ;"])
def test_a_required_list_of_blanks_is_missing(content):
    settings, (problem,) = parse(发文机关=content)
    assert settings is None
    assert (problem.code, problem.found) == ("missing-setting", "没有写“发文机关”")


def test_joint_agencies_may_sign_on_the_same_day():
    settings, problems = parse(签发日期="2024-08-20；2024-08-20")
    assert problems == ()
    assert settings.signed_on == (date(2024, 8, 20), date(2024, 8, 20))


def test_the_usual_aliases_of_areas_that_are_not_listed_are_dropped():
    settings, problems = parse(属地=["昆山市", "东乡"])
    assert problems == ()
    assert settings.area_aliases == (("昆山开发区", "昆山市"), ("昆山高新区", "昆山市"))


@pytest.mark.parametrize("item", ["整改期限", "成文日期"])
def test_a_day_before_the_cutoff_is_doubtful(item):
    settings, (problem,) = parse(**{item: "2024-08-08"})
    assert settings is not None
    assert (problem.code, problem.severity) == ("dates-out-of-order", Severity.DOUBTFUL)
    assert f"“{item}”2024-08-08 早于数据截止日期 2024-08-09" in problem.found
    assert parse(**{item: "2024-08-09"})[1] == ()


def test_a_rule_by_period_needs_its_days():
    settings, problems = parse(在保口径="期间内起保", 期间起日="2024-01-01")
    assert settings is None
    assert [problem.found for problem in problems] == ["没有写“期间止日”"]


def test_a_period_ends_after_it_starts():
    _, (problem,) = parse(期间起日="2024-06-30", 期间止日="2024-01-01")
    assert "2024-01-01" in problem.found


POSTS = "甲市应急管理局局长；甲市公安局局长"


@pytest.mark.parametrize(
    ("items", "item", "needed", "example"),
    [
        ({"用印方式": "签名章", "签发人职务": "甲市应急管理局局长"}, "签发人职务", "应写 2 项，写了 1 项", POSTS),
        (
            {"用印方式": "签名章", "签发人职务": POSTS, "发文机关": "甲市应急管理局"},
            "签发人职务",
            "应写 1 项，写了 2 项",
            "如 甲市应急管理局局长",
        ),
        ({"行文方向": "上行文", "签发人": "李示例"}, "签发人", "应写 2 项，写了 1 项", "李示例；王示例"),
        (
            {"行文方向": "上行文", "签发人": "李示例；王示例", "签发日期": "2024-08-14"},
            "签发日期",
            "应写 2 项，写了 1 项",
            "2024-08-14；2024-08-15",
        ),
    ],
)
def test_each_agency_has_one_signer_one_post_and_one_day(items, item, needed, example):
    settings, (problem,) = parse(**items)
    assert settings is None
    assert (problem.code, problem.severity) == ("wrong-setting", Severity.BARRING)
    assert problem.found.startswith(f"“{item}”")
    assert needed in problem.expected
    assert problem.expected.endswith(example)


@pytest.mark.parametrize(
    "items",
    [
        {"用印方式": "签名章", "签发人职务": POSTS},
        {"行文方向": "上行文", "签发人": "李示例；王示例"},
        {"行文方向": "上行文", "签发人": "李示例；李示例", "签发日期": "2024-08-14；2024-08-14"},
        {"签发人": "李示例", "签发日期": "2024-08-14"},
    ],
)
def test_signers_as_many_as_agencies_are_right_and_on_other_papers_they_are_not_counted(items):
    assert parse(**items)[1] == ()


def test_two_equal_posts_are_to_be_written_with_their_agencies():
    _, (problem,) = parse(用印方式="签名章", 签发人职务="局长；局长")
    assert problem.expected == f"每项只写一次；两个机关的职务连同机关名称写，如 {POSTS}"


def test_a_secret_paper_without_a_copy_number_is_doubtful_at_its_secrecy():
    line = Place("发文.toml", line=9)
    settings, (problem,) = parse_settings({**ITEMS, "密级": "机密★1年"}, WHERE, {"密级": line})
    assert settings is not None
    assert (problem.code, problem.severity, problem.where) == ("missing-setting", Severity.DOUBTFUL, line)
    assert "“份号”" in problem.found
    assert "7.2.1" in problem.expected
    assert parse(密级="机密★1年", 份号="000001")[1] == ()


def test_what_hangs_on_a_list_that_cannot_be_read_is_not_judged_by_the_default():
    _, problems = parse(属地=[True], 属地别名="丁村=东山区")
    assert [problem.found for problem in problems] == ["“属地”写的是“True”"]


def test_an_unknown_item_is_a_notice_with_the_nearest_name():
    settings, (problem,) = parse(抄送机构="甲局")
    assert settings is not None
    assert (problem.code, problem.severity) == ("unknown-setting", Severity.NOTICE)
    assert "抄送机关" in problem.expected


def test_all_problems_are_said_at_once_each_at_its_place():
    cell = Place("检查数据.xlsx", "发文信息", 3, "年份", "B3")
    settings, problems = parse_settings({"年份": "今年", "序号": "第一"}, WHERE, {"年份": cell})
    assert settings is None
    assert problems[0].where == cell
    assert [problem.code for problem in problems] == ["wrong-setting"] * 2 + ["missing-setting"] * 6


def test_toml_is_read_with_a_byte_order_mark(tmp_path):
    path = tmp_path / "发文.toml"
    path.write_text('"年份" = 2024\n', encoding="utf-8-sig")
    assert read_toml(path) == {"年份": 2024}


def test_toml_in_another_encoding_is_unreadable(tmp_path):
    path = tmp_path / "发文.toml"
    path.write_bytes('"标题" = "通报"\n'.encode("gb18030"))
    with pytest.raises(Unreadable, match="UTF-8"):
        read_toml(path)


def unreadable_because(folder, *lines):
    path = folder / "发文.toml"
    path.write_text("\n".join(('"年份" = 2024', *lines, "")), encoding="utf-8")
    with pytest.raises(Unreadable) as raised:
        read_toml(path)
    return raised.value


@pytest.mark.parametrize(
    ("line", "why", "remedy"),
    [
        ('标题 = "通报"', "项目名没有用英文双引号括起", '"标题" = ……'),
        ('"标题" = 通报', "文字没有用英文双引号括起", '"通报"'),
        ('"附件2列抽查" = 是', "文字没有用英文双引号括起", '"是"'),
        ('“标题” = "通报"', "中文引号", "英文双引号"),
        ('"标题" = “通报”', "中文引号", "英文双引号"),
        ('"标题"："通报"', "“：”，不是英文等号", "英文等号 ="),
        ('"标题" ＝ "通报"', "“＝”，不是英文等号", "英文等号 ="),
        ('"标题"', "没有等号", '"项目" = "内容"'),
        ('"标题" =', "等号后面没有内容", "写上内容"),
        ('"标题" = "通报', "引号没有成对", "前后各写一个"),
        ('"标题" = "关于"甲"的通报"', "里面又有英文双引号", "中文引号“”"),
        ('"标题" = "通报"；', "引号后面多了“；”", "删去"),
        ('"标题" = "甲\\乙"', "反斜杠", "写成两个"),
        ('"数据截止日期" = 2024.8.9', "日期“2024.8.9”不合写法", "写成 2024-08-09"),
        ('"数据截止日期" = 2024-8-9', "日期“2024-8-9”不合写法", "写成 2024-08-09"),
        ('"数据截止日期" = 2024年8月9日', "日期“2024年8月9日”不合写法", "写成 2024-08-09"),
        ('"序号" = 007', "前面多了 0", "写成 7"),
        ('"抄送机关" = ["甲", "乙"', "方括号没有成对", "补上 ]"),
        ('"抄送机关" = ["甲"，"乙"]', "各项之间是“，”，不是英文逗号", "英文逗号"),
        ('"抄送机关" = ["甲" "乙"]', "各项之间没有英文逗号", "英文逗号"),
        ('"抄送机关" = [甲, 乙]', "文字没有用英文双引号括起", "方括号里每项"),
        ('"年份" = 2025', "“年份”又写了一次，第 1 行已有", "只写一次"),
    ],
)
def test_a_line_that_is_no_toml_is_named_with_its_text_and_what_to_write(tmp_path, line, why, remedy):
    error = unreadable_because(tmp_path, line)
    assert "发文.toml 第 2 行" in error.message
    assert why in error.message
    assert error.message.endswith(f"：{line}")
    assert remedy in error.remedy


def test_every_faulty_line_is_named_at_once(tmp_path):
    error = unreadable_because(tmp_path, '标题 = "通报"', '"序号" = 1 # 不错', '"整改期限" = 2024/9/1')
    assert "有 2 行" in error.message
    assert [text[:3] for text in error.message.splitlines()[1:]] == ["第 2", "第 4"]


def test_a_list_that_is_not_closed_ends_before_the_next_item(tmp_path):
    error = unreadable_because(tmp_path, '"抄送机关" = [', '"甲",', '"标题" = "通报"')
    assert "第 2 行的方括号没有成对" in error.message


def test_a_list_of_several_lines_is_named_at_its_faulty_line(tmp_path):
    error = unreadable_because(tmp_path, '"抄送机关" = [', '  "甲",', '  “乙”,', "]")
    assert "第 4 行用了中文引号" in error.message


@pytest.mark.parametrize("text", ["[" * 5000, '"标题" = "' + "长" * 20_000, "=" * 9000, " " * 9000 + "甲"])
def test_a_strange_settings_file_is_only_unreadable(tmp_path, text):
    assert "发文.toml" in unreadable_because(tmp_path, text).message


@pytest.mark.parametrize("content", [45513, 45513.0, 45513.75])
def test_a_day_as_a_spreadsheets_number_is_a_day_with_a_notice(content):
    settings, problems = parse(数据截止日期=content)
    assert settings.cutoff == date(2024, 8, 9)
    assert [(problem.code, problem.severity) for problem in problems] == [("date-form", Severity.NOTICE)]


@pytest.mark.parametrize(
    ("item", "content", "other", "same"),
    [
        ("成文日期", "2024.8.20", date(2024, 8, 20), True),
        ("序号", "132", 132, True),
        ("抄送机关", "甲；乙", ["甲", "乙"], True),
        ("序号", "133", 132, False),
        ("成文日期", "下个月", date(2024, 8, 20), False),
    ],
)
def test_two_contents_of_an_item_are_compared_as_they_are_read(item, content, other, same):
    assert mean_the_same(item, content, other) is same


@pytest.mark.parametrize("value", ["[" * 2000, "9" * 5000], ids=["nested", "digits"])
def test_toml_beyond_all_measure_is_unreadable(tmp_path, value):
    (tmp_path / "发文.toml").write_text(f'"年份" = {value}', encoding="utf-8")

    with pytest.raises(Unreadable, match="第 1 行"):
        read_toml(tmp_path / "发文.toml")


@given(some.decimals(Decimal("0.0001"), Decimal("0.9999"), places=4))
def test_a_share_survives_being_written_as_a_percentage(share):
    assert parse_share(f"{share * 100:f}%") == share
