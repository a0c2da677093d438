"""The rules by their stable ids: clause, grade, and what each asks.

A clause is of GB/T 9704-2012 where nothing else is named. Looks that find departures are in `docgen.check.rules`;
a rule may have one for PDF and another for DOCX.
"""

from __future__ import annotations

from dataclasses import dataclass

from docgen.check.finding import Grade, Look, Rule

_LINES = """
PAGE-SIZE      | 5.1          | E | 纸张用 A4，210 mm × 297 mm
PAGE-TOP       | 5.2.1        | E | 天头 37 mm ± 1 mm
PAGE-LEFT      | 5.2.1        | E | 订口 28 mm ± 1 mm
PAGE-AREA      | 5.2.1        | E | 版心 156 mm × 225 mm，除页码外文字不出版心
GRID-LINES     | 5.2.3        | W | 满页 22 行
GRID-CHARS     | 5.2.3        | W | 满行 28 字
GRID-PITCH     | 5.2.3        | W | 行距一致，28.95 到 29.45 磅
GRID-CHARSPACE | 5.2.3        | E | 文档网格的字距与正文字号相配
GRID-580       | 5.2.3        | E | 22 行的行距之和不超过版心高度
FONT-BODY      | 5.2.2        | W | 正文用 3 号仿宋
FONT-THEME     | 实务         | I | 字体写明名称，不用主题字体
FONT-EMBED     | 显现 5       | E | 字体全部嵌入
COLOR-BLACK    | 5.2.4        | W | 未作说明的文字为黑色
COLOR-RED      | 5.2.4        | W | 只有发文机关标志、分隔线、信函双线、印章用红色
HEAD-MARK-TOP  | 7.2.4        | E | 发文机关标志上边缘至版心上边缘 35 mm
HEAD-MARK-CENTER | 7.2.4      | E | 发文机关标志居中
HEAD-MARK-ORDER | 7.2.4       | E | 联合行文主办机关在前，名称等宽，“文件”在右侧上下居中
HEAD-MARK-FIT  | 7.2.4；7.3.3 | E | 发文机关标志不出版心，首页有正文
HEAD-COPYNO    | 7.2.1        | W | 份号六位，3 号，版心左上角第一行
HEAD-SECRET    | 7.2.2        | E | 密级和保密期限 3 号黑体，版心左上角第二行
HEAD-URGENT    | 7.2.3        | E | 紧急程度 3 号黑体，排在密级之下
DOCNO-FORM     | 7.2.5        | E | 发文字号：代字、六角括号括起的四位年份、不编虚位不加“第”的顺序号加“号”
DOCNO-GAP      | 7.2.5        | W | 发文字号在发文机关标志下空二行
DOCNO-ALIGN    | 7.2.5        | E | 发文字号居中；上行文居左空一字，与签发人同行
DOCNO-REG      | 条例 25      | E | 发文字号已在发文登记簿登记
DOCNO-LEAD     | 条例 9(5)    | E | 联合行文用主办机关的发文字号
SIGNER-UP      | 7.2.6        | E | 上行文有签发人，姓名 3 号楷体，一行不过两名
HEAD-RULE      | 7.2.7        | E | 发文字号下 4 mm 有与版心等宽的红色分隔线
TITLE-FONT     | 7.3.1        | W | 标题 2 号小标宋，不加粗，居中
TITLE-GAP      | 7.3.1        | W | 标题在红色分隔线下空二行
TITLE-BREAK    | 7.3.1        | W | 标题回行词意完整，排成梯形或菱形
TITLE-GENRE    | 条例 8       | E | 标题以文种结尾
TITLE-PUNCT    | 实务         | I | 标题末尾不用标点，中间只用书名号、引号、括号
TO-COLON       | 7.3.2        | E | 主送机关顶格，末尾用全角冒号，在标题下空一行
TO-PUNCT       | 实务         | I | 主送机关同类用顿号，不同类用逗号
BODY-P1        | 7.3.3        | E | 首页有正文
BODY-INDENT    | 7.3.3        | E | 每段左空二字，回行顶格
LEVEL-FORM     | 7.3.3        | W | 层次序数依次为一、（一）1.（1），连续，不跳级
LEVEL-FONT     | 7.3.3        | W | 一级黑体，二级楷体，三级四级仿宋，均 3 号不加粗
NUM-NOBREAK    | 实务         | I | 数字、年份不回行拆开
ANX-NOTE-FORM  | 7.3.4        | E | 附件说明：“附件”加全角冒号，多个的用阿拉伯数字编号，名称后无标点
ANX-NOTE-HANG  | 7.3.4        | E | 附件名称回行与上一行名称首字对齐
ANX-NOTE-GAP   | 7.3.4        | W | 附件说明在正文下空一行
SIG-DATE       | 7.3.5.4      | E | 成文日期用阿拉伯数字，年月日标全，月日不编虚位
SIG-DATE-POS   | 7.3.5        | E | 成文日期：加盖印章右空四字；不加盖印章按署名缩进
SIG-NAME       | 7.3.5        | E | 署名与发文机关标志一致，次序相同
SIG-JOINT      | 7.3.5        | E | 联合行文署名：加盖印章的排成一排，不加盖的上下排
SEAL-ROOM      | 7.3.5.1      | W | 每个署名处留得下印章，互不相交相切，不出版心
SEAL-PAGE      | 7.3.5.5      | W | 署名与正文同处一面
SEAL-FAKE      | 条例 9(12)   | E | 没有画上去的印章
NOTE-FORM      | 7.3.6        | E | 附注居左空二字加圆括号，在成文日期下一行
ANX-PAGE       | 7.3.7        | E | 附件另面编排，在版记之前
ANX-LABEL      | 7.3.7        | E | “附件”及顺序号 3 号黑体，顶格在版心左上角第一行，无冒号
ANX-TITLE      | 7.3.7        | E | 附件标题居中，在版心第三行
ANX-MATCH      | 7.3.7        | E | 附件顺序号和标题与附件说明一致
ANX-DETACHED   | 7.3.7        | E | 不能一起装订的附件，左上角第一行写发文字号、附件和顺序号
ANX-LANDSCAPE  | 8            | W | 横排表格：表头在单页订口、双页切口一边，页码在原处
TABLE-HEAD     | 实务         | I | 跨页的表格每页重复表头
TABLE-SPLIT    | 实务         | I | 表格的一行不分在两页
IMP-LINES      | 7.4.1        | W | 版记分隔线与版心等宽，首末条 0.35 mm，中间 0.25 mm
IMP-BOTTOM     | 7.4.1        | E | 版记末条分隔线与版心下边缘重合
IMP-EVEN       | 显现 7.3.1   | W | 版记在最后一面，偶数页
IMP-CC         | 7.4.2        | E | 抄送 4 号仿宋，左右各空一字，回行与冒号后首字对齐，末尾句号
IMP-TO         | 7.4.2        | E | 移入版记的主送在抄送之上，之间无分隔线
IMP-PRINT      | 7.4.3        | E | 印发机关居左空一字，印发日期居右空一字、后加“印发”，不早于成文日期
IMP-LETTER     | 10.1         | E | 信函的版记没有印发机关、印发日期和分隔线
PNO-FORM       | 7.5          | W | 页码 4 号半角宋体，左右各一条一字线
PNO-POS        | 7.5          | E | 页码的一字线在版心下边缘之下 7 mm，单页居右、双页居左空一字
PNO-BLANK      | 7.5          | E | 版记前的空白页和版记页不编页码
PNO-CONT       | 7.5          | E | 页码连续，附件与正文一起编
PNO-LETTER1    | 10.1         | E | 信函首页不显示页码
LET-LINES      | 10.1         | E | 信函红色双线长 170 mm，上粗下细，距标志 4 mm；下细上粗的反排，距页底 20 mm
LET-NO         | 10.1         | E | 信函发文字号在红线下居右顶格
CMD-MARK       | 10.2         | E | 命令的标志上边缘至版心上边缘 20 mm
MIN-LIST       | 10.3         | W | 纪要的出席、请假、列席用 3 号黑体
TXT-DASH       | GB/T 15834   | W | 时间、地点起止用一字线，数量范围用浪纹线
TXT-FULLW      | GB/T 15834   | W | 中文里用全角标点，汉字与数字之间不空格
TXT-QUOTE      | GB/T 15834   | W | 引号、书名号、括号成对，嵌套正确
TXT-YEAR       | GB/T 15835   | W | 年份写四位
TXT-PCT        | GB/T 15835   | W | 百分数范围两头都写百分号，百分号用半角
TXT-CITE       | 实务         | I | 引用公文先引标题，后引发文字号
TXT-SUM        | 条例 19      | E | 文中、表里的合计与各分项之和相等
TXT-DATE       | GB/T 15835   | W | 日期确有其日，文中写作年月日，不编虚位
TXT-NUM        | GB/T 15835   | W | 概数的“余”“多”写在量词之前
TXT-SERIES     | 实务         | W | “一是、二是、三是”连续
TXT-TWICE      | 实务         | W | 同一段文字不重复
TXT-FIGURE     | 条例 19      | E | 文中数字与数据算出的一致
TXT-SETTING    | 条例 19      | E | 发文字号、标题、主送机关、日期与发文信息一致
TXT-NAME       | 条例 19      | W | 同一机关、同一事物前后名称一致
GENRE-FIT      | 条例 8、15   | E | 文种与行文方向、主送机关相合
JOINT-LEVEL    | 条例 17      | W | 联合行文的机关同级
CC-SUPERIOR    | 条例 16      | I | 重要下行文抄送直接上级机关
FILE-SDT       | 显现 附录 A  | I | 各要素有公文域标记
FILE-HIDDEN    | 实务         | W | 没有修订、批注和隐藏文字
FILE-OUTSIDE   | 实务         | W | 没有宏，不从别处取内容
PAPER-PARTS    | 条例 9       | I | 版头、版记、页码齐全（交 OA 排版的正文除外）
FILE-PDFA      | 显现 5       | I | PDF 是长期保存格式，带结构和语种
PLACEHOLDER    | 条例 19      | E | 没有【待补】【待核】和空着的文号、日期
"""


@dataclass(frozen=True)
class Spec:
    """A rule as the catalogue has it."""

    clause: str
    grade: Grade
    title: str


def _read() -> dict[str, Spec]:
    specs = {}
    for line in _LINES.strip().splitlines():
        name, clause, grade, title = (part.strip() for part in line.split("|"))
        specs[name] = Spec(clause, Grade(grade), title)
    return specs


_SPECS = _read()
RULE_IDS = tuple(_SPECS)
"""Every rule id, in the order of the standard's clauses."""
PDF, DOCX = "pdf", "docx"


def rule(name: str, look: Look, *kinds: str) -> Rule:
    """Give a rule its look at the files of these kinds (both when none is named)."""
    spec = _SPECS[name]
    return Rule(name, spec.clause, spec.grade, spec.title, look, frozenset(kinds or (PDF, DOCX)))


def spec_of(name: str) -> Spec:
    """Give the entry of a rule."""
    return _SPECS[name]
