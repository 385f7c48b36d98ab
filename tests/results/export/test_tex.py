"""LaTeX documents: every sign means itself, and nothing of an answer is a command that does more than draw."""

from __future__ import annotations

import re

import pytest

from glmocr_desktop.core.model import Block, BlockKind, Cell, Document, Result, Run, Style
from glmocr_desktop.results.export.latex import FORMAT
from glmocr_desktop.results.export.latex.math import display_formula, inline_formula
from glmocr_desktop.results.export.latex.words import escaped
from tests.results.answers import ANSWERS
from tests.results.export.pages import SPANS, formula, heading, items, missing_page, page, table, words
from tests.results.export.pages import inline_formula as formula_run
from tests.results.formulas.examples import BROKEN, EXAMPLES
from tests.support.results import done

_ATTACKS = [
    r"\input{/etc/passwd}",
    r"\include{x}",
    r"\write18{rm -rf /}",
    r"\immediate\openout\x=file",
    r"\openin5=/etc/passwd \read5 to\x",
    r"\catcode`\%=12",
    r"\def\x{\x}\x",
    r"\gdef\frac{}",
    r"\let\frac=\input",
    r"\newcommand{\R}{x} \R",
    r"\renewcommand{\frac}{x}",
    r"\csname input\endcsname{/etc/passwd}",
    r"\expandafter\input\x",
    r"\end{document}",
    r"a\end{equation*}\input{x}\begin{equation*}",
    r"a $ \input{x} $ b",
    r"a $$ b",
    r"a } b { c",
    r"{ a",
    r"^^5cinput{/etc/passwd}",
    "a \\",
    r"\text{a}} \input{x} {",
    r"\text{\input{x}}",
    r"\text{$\input{x}$}",
    r"\text{a ^^5cinput b}",
    r"\begin{verbatim} x \end{verbatim}",
    r"\begin{array}{@{\input{x}}c} a \end{array}",
    r"\begin{array}{>{\input{x}}c} a \end{array}",
    r"\hspace{\input{x}}",
    r"\color{\input{x}} y",
    r"\ce{\input{x}}",
    r"\tag{\input{x}} y",
    r"\left\input{x} \right)",
    r"\special{ps: x}",
    r"\directlua{os.execute('x')}",
    r"\XeTeXinputencoding x",
    r"\url{http://x}",
    r"\href{http://x}{y}",
    r"\includegraphics{x}",
    r"\loop\iftrue\repeat",
    "{" * 300 + "x" + "}" * 300,
    "x" * 100_000,
]
_DANGEROUS = re.compile(
    r"\\(?:input|include|write|immediate|open|read|catcode|[gex]?def|let|new|renew|csname|expandafter|special|directlua"
    r"|XeTeX|url|href|loop|if|end\{document\}|begin\{verbatim)|\^\^"
)


def _body(*results: Result) -> str:
    source = FORMAT.render(results).decode()
    return source.partition("\\begin{document}")[2].rpartition("\\end{document}")[0].strip()


def _is_balanced(latex: str) -> bool:
    depth = 0
    for sign in re.findall(r"\\.|[{}]", latex, re.DOTALL):
        depth += {"{": 1, "}": -1}.get(sign, 0)
        if depth < 0:
            return False
    return depth == 0


@pytest.mark.parametrize("attack", _ATTACKS, ids=range(len(_ATTACKS)))
def test_a_formula_does_nothing_but_draw(attack: str) -> None:
    body = _body(page(formula(attack), words("a ", formula_run(attack), " b"), table((f"${attack}$",))))
    assert _DANGEROUS.search(body) is None
    assert _is_balanced(body)
    assert body.count("\\begin{equation*}") == body.count("\\end{equation*}")


@pytest.mark.parametrize("attack", _ATTACKS[:-2], ids=range(len(_ATTACKS) - 2))
def test_words_and_code_do_nothing_but_stand_there(attack: str) -> None:
    texts = [words(attack), heading(attack), items((attack, 0, 1)), table((attack.replace("$", ""),))]
    body = _body(page(*texts, Block(BlockKind.CODE, f"{attack}\n\\end{{code}}\\end{{verbatim}}")))
    assert _DANGEROUS.search(body) is None
    assert _is_balanced(body)


@pytest.mark.parametrize(
    ("text", "latex"),
    [
        ("50 % & #1_x {a} $5", r"50 \% \& \#1\_x \{a\} \$5"),
        ("C:\\new ~ ^", r"C:\textbackslash{}new \textasciitilde{} \textasciicircum{}"),
        ('say "yes" (or "no")', "say ``yes'' (or ``no'')"),
        ("a--b ''c''", "a-{}-b '{}'c'{}'"),
        ("Don’t “quote” – it…", r"Don't ``quote'' -- it\ldots{}"),
        ("进度“良好”——完成", "进度“良好”——完成"),
        ("[1] 2*3", "{[}1{]} 2{*}3"),
        ("a → b ≤ 2 °C × 3", r"a \ensuremath{\rightarrow} b \ensuremath{\le} 2 °C × 3"),
        ("π and Ελληνικά", r"\ensuremath{\pi} and \otherscript{Ελληνικά}"),
        ("Русский 😀", r"\otherscript{Русский} \otherscript{😀}"),
        ("say שלום now", r"say \fromright{שלום} now"),
        ("x" * 130, "x" * 60 + r"\allowbreak{}" + "x" * 60 + r"\allowbreak{}" + "x" * 10),
        ("e\u0301 a\u200bb\x07c\ud800", "é abc"),
    ],
)
def test_every_sign_means_itself(text: str, latex: str) -> None:
    assert escaped(text) == latex


def test_code_keeps_its_signs_and_blanks() -> None:
    body = _body(page(Block(BlockKind.CODE, 'if x:\n    print("--")')))
    assert '\\mbox{}\\ \\ \\ \\ print("--")\\par' in body


@pytest.mark.parametrize(
    ("latex", "written"),
    [
        (r"\frac{a}{b}", r"\frac {a}{b}"),
        (r"x ^ { 2 }", "x^{2}"),
        ("α ≤ β", r"\alpha \le \beta"),
        ("速度=1", r"\text{速度}=1"),
        ("5% + a # b", r"5\%+a\#b"),
        (r"\text{若 $x>0$, a\_b}", r"\text{若 $x>0$, a\_b}"),
        (r"\left( \frac{1}{2} \right]", r"\left(\frac {1}{2}\right]"),
        (r"\begin{array}{l|c} a & b \\ [x] & d \end{array}", r"\begin{array}{l|c}a & b \\{}[x] & d\end{array}"),
        (r"\begin{array}{l} a & b & c \end{array}", r"\begin{array}{lcc}a & b & c\end{array}"),
        (r"\begin{align} a &= b \\ c &= d \end{align}", r"\begin{aligned}a & =b \\ c & =d\end{aligned}"),
        (r"\operatorname*{argmax}_x f", r"\operatorname*{argmax}_x f"),
    ],
)
def test_formulas_are_written_again(latex: str, written: str) -> None:
    body = inline_formula(latex)
    assert body is not None
    assert re.sub(r"\s", "", body) == re.sub(r"\s", "", f"${written}$")


def test_a_tag_stands_at_the_margin_where_it_can() -> None:
    assert str(display_formula(r"x = 1 \tag{2}")).splitlines()[1].endswith(r"\tag{2}")
    assert r"\qquad \text{(2)}" in str(inline_formula(r"x = 1 \tag{2}"))
    both = str(display_formula(r"\begin{align} x \tag{1} \\ y \tag{2} \end{align}"))
    assert r"\tag" not in both
    assert r"\text{(1)}" in both


def test_most_formulas_can_be_written() -> None:
    not_written = [name for name, latex in EXAMPLES.items() if display_formula(latex) is None]
    assert len(not_written) <= 0.06 * len(EXAMPLES), not_written


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_formula_stands_as_it_was_read(name: str) -> None:
    assert display_formula(BROKEN[name]) is None
    assert "\\begin{code}" in _body(page(formula(BROKEN[name])))


def test_a_long_formula_fits_the_page() -> None:
    assert "\\fitted{" in str(display_formula(" + ".join(f"x_{{{number}}}" for number in range(60))))
    assert "\\fitted{" not in str(display_formula("a + b"))


def test_a_table_has_its_spans_and_rules() -> None:
    body = re.sub(r"\d+\.\dmm", "W", _body(page(SPANS)))
    rows = [line for line in body.splitlines() if "\\tabularnewline" in line or "line" in line]
    assert rows == [
        "\\hline",
        "\\multirow[t]{2}{W}{\\raggedright \\textbf{Region}} & "
        "\\multicolumn{2}{>{\\centering\\arraybackslash}pW|}{\\textbf{Sales}} \\tabularnewline".replace("pW", "p{W}"),
        "\\cline{2-3}",
        " & \\textbf{2023} & \\textbf{2024} \\tabularnewline",
        "\\hline",
        "North & 1,200.50 & -3.5 \\tabularnewline",
        "\\hline",
        "\\multicolumn{2}{|>{\\raggedright\\arraybackslash}p{W}|}{Sum} & 2,287 \\tabularnewline",
        "\\hline",
    ]
    assert "\\begin{tabular}" in body


def test_a_long_table_repeats_its_header() -> None:
    header = (Cell("No", header=True), Cell("Name", header=True))
    body = _body(page(table(header, *((str(number), "x") for number in range(60)))))
    assert body.count("\\textbf{No}") == 2
    assert body.index("\\endfirsthead") < body.index("\\endhead") < body.index("0 & x")


def test_a_table_is_not_wider_than_the_page() -> None:
    body = _body(page(table(*[("long words " * 40, "short", "x" * 300)] * 3)))
    columns = re.search(r"\\begin\{(?:tabular|longtable)\}\{(.*)\}", body)
    assert columns
    assert sum(map(float, re.findall(r"([\d.]+)mm", columns[1]))) <= 160


def test_lists_are_lists_with_the_numbers_of_the_page() -> None:
    body = _body(page(items(("a", 0, 1), ("deep", 1, None), ("b", 0, 2), ("seven", 0, 7))))
    assert body.splitlines() == [
        "\\begin{enumerate}",
        "\\item a",
        "\\begin{itemize}",
        "\\item deep",
        "\\end{itemize}",
        "\\item b",
        "\\setcounter{enumi}{6}",
        "\\item seven",
        "\\end{enumerate}",
    ]


def test_a_list_may_be_as_deep_as_it_likes() -> None:
    body = _body(page(items(*((f"level {level}", level, level % 3 or None) for level in range(30)))))
    assert len(re.findall(r"\\begin\{", body)) == len(re.findall(r"\\end\{", body))
    depth = deepest = 0
    for begin in re.findall(r"\\(begin|end)\{(?:itemize|enumerate)", body):
        depth += 1 if begin == "begin" else -1
        deepest = max(depth, deepest)
    assert deepest <= 4
    assert body.count("\\item") == 30


def test_words_keep_their_styles_and_lines() -> None:
    styled = [Run("b_", Style.BOLD), Run("i", Style.ITALIC), Run("s t", Style.STRIKE), Run("c", Style.CODE)]
    body = _body(page(words("one\ntwo ", *styled)))
    assert body == "one\\\\\ntwo \\textbf{b\\_}\\textit{i}\\struck{s} \\struck{t}\\texttt{c}"


def test_right_to_left_words_run_so() -> None:
    body = _body(page(words("שלום English words 12."), table(("الاسم", "السعر"))))
    assert body.startswith("{\\raggedleft \\fromright{שלום \\fromleft{English words 12}.}\\par}")
    assert body.index("السعر") < body.index("الاسم")


def test_pages_and_documents_stand_apart() -> None:
    body = _body(page(heading("H_1", 2)), missing_page(2), page(words("z"), document=Document("b", "/b", "b_c.pdf")))
    assert body.split("\n\n\\newpage\n\n") == [
        "{\\LARGE\\bfseries scan.png\\par}\\bigskip\n\n\\subsection*{H\\_1}",
        "\\textit{{[}Page 2 was not read: The server gave up this page without a result.{]}}",
        "{\\LARGE\\bfseries b\\_c.pdf\\par}\\bigskip\n\nz",
    ]


@pytest.mark.parametrize("name", ANSWERS)
def test_every_answer_is_balanced(name: str) -> None:
    body = _body(done(ANSWERS[name][0]))
    assert _is_balanced(body)
    assert body.count("\\begin{") == body.count("\\end{")


@pytest.mark.parametrize(
    "text", ["x" * 50_000, "中" * 50_000, "word " * 10_000, "''" * 20_000, "ש" * 50_000, "_" * 50_000]
)
def test_no_line_is_longer_than_tex_reads(text: str) -> None:
    body = _body(page(words(text)))
    assert max(map(len, body.splitlines())) < 5_000
    shown = body.replace("%\n", "").replace("\\allowbreak{}", "").replace("{}", "").replace("\\_", "_")
    assert " ".join(re.sub(r"\\[a-z]+|[{}]", "", shown).split()) == text.strip()
