"""Some rules nobody may let pass: what would put a seal over a wrong number or date. How a paper looks may."""

from __future__ import annotations

import pytest

from docgen.check.catalogue import RULE_IDS
from docgen.errors import UsageError
from docgen.issuing import Counted, Paper, draft_papers
from docgen.issuing.read_back import NEVER_PASSED, ReadBack


@pytest.mark.parametrize("rule", ["PLACEHOLDER", "DOCNO-FORM", "DOCNO-LEAD", "DOCNO-REG", "SIG-DATE", "SEAL-FAKE"])
def test_what_a_seal_answers_for_cannot_be_let_pass(counted: Counted, rule: str) -> None:
    drafted = draft_papers(counted, [Paper.CIRCULAR])

    with pytest.raises(UsageError, match=f"{rule} 不能放行"):
        ReadBack(drafted, {rule: "领导同意"}, "张示例", is_final=True)


def test_every_other_rule_may_be_let_pass_with_reason_and_name(counted: Counted) -> None:
    others = {rule: "已核实" for rule in RULE_IDS if rule not in NEVER_PASSED}

    ReadBack(draft_papers(counted, [Paper.CIRCULAR]), others, "张示例", is_final=True)

    assert "SIG-NAME" in others
