"""Read every finished file back before it goes out: its rules, its formats alike, nothing in it of another's.

What concerns recipients or formats bars the run at once, with the file named. A rule of grade E, and a problem that
is 待核, bar the numbered paper unless somebody lets them pass with reason and name.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from docgen.check.book_parity import book_differences
from docgen.check.catalogue import RULE_IDS
from docgen.check.differences import Difference
from docgen.check.finding import Finding, Grade
from docgen.check.inspect import inspect
from docgen.check.parity import paper_differences
from docgen.check.told import in_words
from docgen.errors import Barred, DocgenError, ExitCode, Place, Problem, Severity, UsageError
from docgen.issuing.jobs import Finished, Job
from docgen.issuing.recipients import Recipients
from docgen.issuing.run import Drafted

NEVER_PASSED = ("PLACEHOLDER", "DOCNO-FORM", "DOCNO-LEAD", "DOCNO-REG", "SIG-DATE", "SEAL-FAKE")
"""Rules that nobody may let pass: a paper with 【待补】 is not finished, and no seal goes over a number or a date that is
none, nor beside one that is drawn. SIG-NAME may pass: an official short name need not look like its full name."""
_SHOWN = 5


class RuleBroken(DocgenError):
    """A finished file that breaks a rule which nobody let pass."""

    exit_code = ExitCode.BARRED


class ReadBack:
    """Looks at the files of a run as each paper is made.

    `passes` are the codes and rules that may pass, each with its reason; `who` says so. With `is_final` a broken rule
    stops the paper; otherwise it is kept in `to_mend`.
    """

    def __init__(
        self, drafted: Drafted, passes: Mapping[str, str] | None = None, who: str = "", *, is_final: bool = False
    ) -> None:
        self._drafted = drafted
        self._passes = passes or {}
        self._who = who
        self._is_final = is_final
        self._recipients = Recipients(drafted.counted)
        self.passed: list[list[str]] = []
        """What was let pass here: code, where, reason, name."""
        self.to_mend: list[str] = []
        self._check_passes()

    def bar_problems(self) -> None:
        """Raise Barred when a problem of the data keeps the papers from being numbered."""
        barring = tuple(problem for problem in self._drafted.problems if self._bars(problem))
        if barring:
            raise Barred(barring)

    def _bars(self, problem: Problem) -> bool:
        is_doubtful = problem.severity is Severity.DOUBTFUL
        if is_doubtful and self._lets_pass(problem.code, str(problem.where)):
            return False
        return is_doubtful or problem.severity is Severity.BARRING

    def check(self, job: Job, finished: Sequence[Finished]) -> None:
        """Look at the files of one paper. Raise Barred or RuleBroken."""
        strange = [_differs(job, str(one)) for one in _format_differences(finished)]
        if job.letter is not None:
            files = {one.made.path: one.content for one in finished}
            strange += [_leaks(job, str(leak)) for leak in self._recipients.leaks(job.letter.extract, files)]
        if strange:
            raise Barred(tuple(strange))
        broken = [
            f"{one.made.path}：{in_words(finding)}"
            for one in finished
            if not one.made.path.endswith(".xlsx")
            for finding in self._errors(one)
        ]
        if broken and self._is_final:
            more = f"（另有 {len(broken) - _SHOWN} 处）" if len(broken) > _SHOWN else ""
            raise RuleBroken(
                "；".join(broken[:_SHOWN]) + more,
                "改数据、发文信息或模板后重新送审；核实无误的，用 --pass 规则=理由 和 --by 姓名 放行；"
                f"{'、'.join(NEVER_PASSED)} 不能这样放行；还有【待核】【待补】的，在数据里改正、补上或填“放行”表后重新送审",
            )
        self.to_mend.extend(broken)

    def _errors(self, one: Finished) -> Iterator[Finding]:
        for finding in inspect(one.content).findings:
            if finding.grade is Grade.ERROR and not self._lets_pass(finding.rule.id, one.made.path):
                yield finding

    def _lets_pass(self, code: str, where: str) -> bool:
        reason = self._passes.get(code)
        if reason is None:
            return False
        row = [code, where, reason, self._who]
        if row not in self.passed:
            self.passed.append(row)
        return True

    def _check_passes(self) -> None:
        """Refuse what can let nothing pass. Raise UsageError."""
        known = {problem.code for problem in self._drafted.problems} | set(RULE_IDS)
        for code, reason in self._passes.items():
            if code in NEVER_PASSED:
                raise UsageError(
                    f"{code} 不能放行",
                    "待补、待核的，文号、日期不对的，在数据、发文信息或模板里补上、改正后重新送审；印章用印时加盖，不画在文件里",
                )
            if code not in known:
                found = f"--pass 写的“{code}”不是本批次的问题码，也不是规则号"
                raise UsageError(found, "问题码见 核对单.xlsx，规则号见 docgen check --rules")
            if not reason.strip() or not self._who.strip():
                raise UsageError(f"放行 {code} 没有写理由或姓名", '写法：--pass "TXT-TWICE=两处确应相同" --by 张示例')


def _format_differences(finished: Sequence[Finished]) -> Iterator[Difference]:
    """Hold DOCX and PDF against their model, each workbook against its tables."""
    by_format = {one.made.path.rpartition(".")[2]: one for one in finished if one.composed is not None}
    composed = next((one.composed for one in by_format.values()), None)
    if composed is not None:
        contents = {kind: one.content for kind, one in by_format.items()}
        yield from paper_differences(composed.document, composed.pages, contents.get("docx"), contents.get("pdf"))
    for one in finished:
        if one.tables:
            yield from book_differences(one.tables, one.content, one.made.path)


def _differs(job: Job, found: str) -> Problem:
    """Say what is wrong with the finished files of a paper: docgen's own fault, never the clerk's."""
    return Problem(
        "formats-differ", Severity.BARRING, Place(file=job.name), found, "各种格式与模型一字不差",
        "停在这一件，它和后面的都没有印发；把这一行连同数据交给维护人员",
    )


def _leaks(job: Job, found: str) -> Problem:
    return Problem(
        "not-its-own", Severity.BARRING, Place(file=job.name), found, "只有本公司的保单号和名称，且一个不少",
        "停在这一件，它和后面的都没有印发；核对“保险公司”表的名称和“问题”等表这一行的承保保险公司，查不出的交给维护人员",
    )
