"""Write an empty 发文.toml: every item of the settings, each with a word on it and an example."""

from __future__ import annotations

import json
from dataclasses import MISSING, fields
from datetime import date
from decimal import Decimal

from docgen.settings import Settings

_GROUPS = (
    ("必须填写", (
        ("发文机关", "全称，主办机关在前；联合发文的逐个写", '["甲市应急管理局", "甲市金融监管分局"]'),
        ("机关代字", "不带年份和括号", '"甲应急"'),
        ("年份", "发文字号里的年份", "2024"),
        ("标题", "通报的标题，不带发文机关", '"关于安全生产责任保险工作开展情况的通报"'),
        ("主送机关", "通报的主送机关，照排印的样子写", '"各县（市、区）应急管理局，各财产保险公司"'),
        ("数据截止日期", "在保、应保未保等都按这一天统计", "2024-08-09"),
        ("统计期间", "正文里的写法", '"2024年上半年"'),
    )),
    ("签发以后填写；没有的印【待补】或不印", (
        ("序号", "签发后给的号；不写出的是送审稿", "132"),
        ("成文日期", "最后签发机关签发的日期", "2024-08-15"),
        ("印发机关", "版记里的印发机关", '"甲市应急管理局办公室"'),
        ("印发日期", "版记里的印发日期", "2024-08-15"),
        ("抄送机关", "版记里的抄送机关", '["某某省应急管理厅", "甲市人民政府办公室"]'),
        ("签发人", "各机关的签发人，先后与发文机关一致；上行文印在版头", '["李示例", "王示例"]'),
        ("签发日期", "各机关签发的日期，先后与发文机关一致；记下备用", "[2024-08-14, 2024-08-15]"),
        ("份数", "印制份数；记下备用", "60"),
        ("公开属性", "主动公开、依申请公开，或不予公开；不印在公文上", '"主动公开"'),
    )),
    ("版式；不写按下行文、联合标志、加盖印章", (
        ("份号", "六位份号；涉密公文应当标注", '"000001"'),
        ("密级", "密级和保密期限", '"机密★1年"'),
        ("紧急程度", "特急，或加急", '"特急"'),
        ("行文方向", "下行文、平行文，或上行文；上行文印签发人", ""),
        ("标志形式", "联合，或主办机关", ""),
        ("用印方式", "加盖印章、不加盖印章，或签名章", ""),
        ("签发人职务", "用签名章时印的职务全称，各机关一项，先后与发文机关一致", '["甲市应急管理局局长"]'),
        ("印章直径", "给印章留位置的毫米数", "42"),
        ("附注", "成文日期下面括号里的话，不写括号", '"此件公开发布"'),
        ("通报附件", "通报印哪几个附件；不写全印，都不印写“无”", '["1", "3"]'),
        ("附件装订", "通报的附件合订，或单独装订；单独装订的每个附件另成一份", ""),
        ("版式", "本机关另定的版式名；不写按国家标准", '"visual"'),
    )),
    ("正文和函", (
        ("发文机关简称", "正文里用的简称，先后与发文机关一致", '["市应急管理局", "甲市金融监管分局"]'),
        ("整改期限", "函和通报里的整改期限", "2024-09-13"),
        ("反馈期限", "保险公司提出异议的工作日数", ""),
        ("联系人", "函的附注里的联系人", '"张示例"'),
        ("联系电话", "函的附注里的电话", '"0512-00000132"'),
        ("函机关代字", "函的机关代字", ""),
        ("函标题", "函的标题", ""),
        ("函抄送机关", "函的抄送机关", '["甲市金融监管分局"]'),
        ("函编号方式", "一函一号，或同号分送（一个文号、一样的正文，各公司附自己的问题清单）", ""),
        ("函主送机关", "同号分送时函的主送机关；一函一号的主送各公司", ""),
    )),
    ("统计口径", (
        ("在保口径", "截止日在保，或期间内起保；后一种要写期间起日、期间止日", ""),
        ("期间起日", "统计期间的第一天", "2024-01-01"),
        ("期间止日", "统计期间的最后一天", "2024-06-30"),
        ("服务费提取比例", "事故预防服务费占保费的最低比例", ""),
        ("附件2列抽查", "true 时附件 2 加列抽查保单数、问题保单数", ""),
        ("计入问题保单", "计入“问题保单数”的问题类别", ""),
    )),
    ("名单；不写按下面的，要改的去掉行首的 # 再改", (
        ("问题类别", "检查数据里“问题类别”可以写的", ""),
        ("问题小类", "检查时归纳的小类", '["人数录入有误", "期限录入有误"]'),
        ("行业类别", "按印出的先后", ""),
        ("属地", "按印出的先后", ""),
        ("属地别名", "写成“别名=属地”", ""),
        ("属地待核", "看不出是哪里、要人核实的写法", ""),
    )),
)
"""The items in the order in which a clerk meets them: name, what it is, an example where no default stands."""
ITEMS = tuple(name for _, group in _GROUPS for name, _, _ in group)
_HEAD = """\
# 发文信息。用记事本编辑，保存成 UTF-8。每行一项：项目名和文字都用英文双引号括起。
# 行首有 # 的不起作用：写着“例”的是例子，其余是不写时采用的内容；要改的去掉 # 再改。
"""


def empty_settings() -> str:
    """Give the text of the file: required items empty, all others commented out."""
    specs = {spec.metadata["item"]: spec for spec in fields(Settings)}
    lines = [_HEAD]
    for heading, group in _GROUPS:
        lines.append(f"\n# ==== {heading} ====\n")
        for name, what, example in group:
            spec = specs[name]
            default = _toml(spec.default) if spec.default is not MISSING else ""
            lines.append(f"# {name}：{what}")
            if spec.metadata["required"]:
                empty = "[]" if example.startswith("[") else '""'
                lines += [f'# 例："{name}" = {example}', f'"{name}" = {empty}', ""]
            else:
                lines += [f'# 例："{name}" = {example}' if example else f'# "{name}" = {default}', ""]
    return "\n".join(lines).rstrip() + "\n"


def _toml(value: object) -> str:
    """Write a default as TOML."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int | Decimal):
        return str(value)
    if isinstance(value, tuple):
        return "[" + ", ".join(_toml("=".join(part) if isinstance(part, tuple) else part) for part in value) + "]"
    return json.dumps(value, ensure_ascii=False)
