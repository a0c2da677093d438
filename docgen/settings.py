"""The settings of a run (发文信息): one frozen `Settings`, whether it came from 发文.toml or from the sheet.

Both sources hold the same flat items, named as the office names them; `ITEM` of each field is that name.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any


def _item(name: str, *, required: bool = False, default: Any = None) -> Any:
    metadata = {"item": name, "required": required}
    if isinstance(default, (list, dict)):
        raise TypeError("a default is immutable")
    return field(default=default, metadata=metadata)


@dataclass(frozen=True, kw_only=True)
class Settings:
    """Everything that is decided outside the inspection's rows. Lists keep the order in which they are printed."""

    issuers: tuple[str, ...] = _item("发文机关", required=True, default=())
    issuer_short_names: tuple[str, ...] = _item("发文机关简称", default=())
    agency_code: str = _item("机关代字", required=True, default="")
    year: int = _item("年份", required=True, default=0)
    serial: int | None = _item("序号")
    title: str = _item("标题", required=True, default="")
    addressees: str = _item("主送机关", required=True, default="")
    signing_date: date | None = _item("成文日期")
    signatory: tuple[str, ...] = _item("签发人", default=())
    signed_on: tuple[date, ...] = _item("签发日期", default=())
    printing_office: str = _item("印发机关", default="")
    printing_date: date | None = _item("印发日期")
    copy_to: tuple[str, ...] = _item("抄送机关", default=())
    copies: int | None = _item("份数")
    publicity: str = _item("公开属性", default="")
    cutoff: date = _item("数据截止日期", required=True, default=date.min)
    period: str = _item("统计期间", required=True, default="")
    in_force_rule: str = _item("在保口径", default="截止日在保")
    """截止日在保, or 期间内起保: then 期间起日 and 期间止日 are needed."""
    period_start: date | None = _item("期间起日")
    period_end: date | None = _item("期间止日")
    kinds: tuple[str, ...] = _item(
        "问题类别",
        default=("未规范使用保险方案及费率机制", "未明确约定事故预防服务", "保额与投保企业人数不匹配", "数据录入不规范"),
    )
    subkinds: tuple[str, ...] = _item("问题小类", default=())
    faulty_kinds: tuple[str, ...] = _item(
        "计入问题保单",
        default=("未规范使用保险方案及费率机制", "未明确约定事故预防服务", "保额与投保企业人数不匹配"),
    )
    industries: tuple[str, ...] = _item(
        "行业类别",
        default=(
            "金属冶炼", "危险化学品", "烟花爆竹批发", "医药", "加油站", "使用危化的其他重点企业", "粉尘企业", "其他",
        ),
    )
    areas: tuple[str, ...] = _item(
        "属地",
        default=(
            "张家港市", "常熟市", "太仓市", "昆山市", "吴江区", "吴中区", "相城区", "姑苏区", "苏州工业园区",
            "苏州高新区（虎丘区）",
        ),
    )
    area_aliases: tuple[tuple[str, str], ...] = _item(
        "属地别名",
        default=(
            ("昆山开发区", "昆山市"), ("昆山高新区", "昆山市"), ("张家港保税区", "张家港市"), ("常熟高新区", "常熟市"),
            ("吴江开发区", "吴江区"), ("虎丘区", "苏州高新区（虎丘区）"), ("园区", "苏州工业园区"),
        ),
    )
    """Written “昆山开发区=昆山市” in the sources."""
    ambiguous_areas: tuple[str, ...] = _item("属地待核", default=("开发区", "高新区"))
    mend_by: date | None = _item("整改期限")
    objection_days: int = _item("反馈期限", default=5)
    """Working days within which an insurer may object."""
    contact: str = _item("联系人", default="")
    phone: str = _item("联系电话", default="")
    service_fee_share: Decimal = _item("服务费提取比例", default=Decimal("0.20"))
    shows_sampling: bool = _item("附件2列抽查", default=False)
    """Whether annex 2 also shows 抽查保单数 and 问题保单数."""
    letter_agency_code: str = _item("函机关代字", default="苏应急函")
    letter_title: str = _item("函标题", default="关于反馈安全生产责任保险检查问题的函")
    letter_copy_to: tuple[str, ...] = _item("函抄送机关", default=())
    letter_numbering: str = _item("函编号方式", default="一函一号")
