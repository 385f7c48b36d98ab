"""Raw answers become blocks, and no word is lost on the way."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from glmocr_desktop.core.model import Block, BlockKind, Cell, Run, Style
from glmocr_desktop.results import inline
from glmocr_desktop.results.blocks import as_received, grid, parse, with_block, with_text
from glmocr_desktop.results.render import plain_text
from tests.results.answer_set import ANSWER_SET
from tests.results.answers import ANSWERS, TABLE
from tests.support.growth import TIMES, assert_grows_with_length
from tests.support.results import done

PARAGRAPH, TABLE_KIND, FORMULA = BlockKind.PARAGRAPH, BlockKind.TABLE, BlockKind.FORMULA


def _letters(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("name", ANSWERS)
def test_all_words_of_an_answer_are_kept_in_order(name: str) -> None:
    answer, words = ANSWERS[name]
    assert _letters(plain_text(done(answer))) == _letters(words)


def test_kinds_of_blocks() -> None:
    blocks = parse(f"Intro\n\n{TABLE}\n\n$$ a $$\n\nEnd \\[ b \\] ")
    assert [block.kind for block in blocks] == [PARAGRAPH, TABLE_KIND, FORMULA, PARAGRAPH, FORMULA]
    assert [block.text for block in blocks] == ["Intro", "", "a", "End", "b"]


def _shape(text: str) -> list[tuple[str, str]]:
    return [(block.kind.value, block.text) for block in parse(text)]


def test_headings_have_levels_and_styles() -> None:
    one, three = parse("# A *b*\n### C $ x _ 1 $")
    assert (one.kind, one.level, one.text) == (BlockKind.HEADING, 1, "A b")
    assert one.runs == (Run("A "), Run("b", Style.ITALIC))
    assert (three.level, three.text, three.runs[-1]) == (3, "C $x_1$", Run("x_1", Style.FORMULA))


def test_lists_know_levels_numbers_and_what_stands_between() -> None:
    text = "- a\n  1. b\n  2. c\n\n     ```\n     code\n     ```\n- d\n\n4. four\n5. five $$ x $$ tail"
    assert _shape(text) == [
        ("list", "- a\n  1. b\n  2. c"),
        ("code", "code"),
        ("list", "- d"),
        ("list", "4. four\n5. five"),
        ("formula", "x"),
        ("paragraph", "tail"),
    ]
    assert [(item.level, item.number) for item in parse(text)[0].items] == [(0, None), (1, 1), (1, 2)]


def test_code_keeps_its_lines_and_its_language() -> None:
    (block,) = parse("```python\nif a < b:\n    print('$$ <table>')\n```")
    assert (block.kind, block.language, block.text) == (
        BlockKind.CODE,
        "python",
        "if a < b:\n    print('$$ <table>')",
    )


def test_tables_of_markdown_are_tables() -> None:
    (table,) = parse("| a | b |\n|---|:-:|\n| **1** | $ x $ |")
    assert table.rows == ((Cell("a", header=True), Cell("b", header=True)), (Cell("1"), Cell("$x$")))


def test_styles_are_runs() -> None:
    (block,) = parse("a **b *c*** ~~d~~ `e` <b>f</b> \\( y \\)")
    assert [(run.text, run.style) for run in block.runs if run.text.strip()] == [
        ("a ", Style.PLAIN),
        ("b ", Style.BOLD),
        ("c", Style.BOLD | Style.ITALIC),
        ("d", Style.STRIKE),
        ("e", Style.CODE),
        ("f", Style.BOLD),
        ("y", Style.FORMULA),
    ]


@pytest.mark.parametrize(
    ("wrapped", "shape"),
    [
        ("<think>42?\n\nyes</think>\n# A", [("heading", "A")]),
        ("so I think</think>A", [("paragraph", "A")]),
        ("<|begin_of_box|>A<|end_of_box|>", [("paragraph", "A")]),
        (
            "<!doctype html><html><head><title>t</title></head><body><p>A</p><p>B</p></body></html>",
            [("paragraph", "A"), ("paragraph", "B")],
        ),
        ("<style>p{}</style>A<script>b()</script>", [("paragraph", "A")]),
        ("<script>alert(1) A", [("paragraph", "alert(1) A")]),
        ("<h2>A</h2><ul><li>b<li>c</ul>d", [("heading", "A"), ("list", "- b\n- c"), ("paragraph", "d")]),
        ("x `<script>` y `$$` z", [("paragraph", "x <script> y $$ z")]),
        ("```latex\n\\frac {a} {b}\n```", [("formula", "\\frac{a}{b}")]),
        ("\\begin{align*} a \\end{align*} b", [("formula", "\\begin{align*}a\\end{align*}"), ("paragraph", "b")]),
        ("a \u2028b\u202e c\u200e\ud800", [("paragraph", "a\nb c\ufffd")]),
    ],
)
def test_what_servers_put_around_an_answer_is_taken_off(wrapped: str, shape: list[tuple[str, str]]) -> None:
    assert _shape(wrapped) == shape


def test_a_formula_is_tidied_and_kept_as_it_was_received() -> None:
    spaced, tidy = parse("$$ \\frac {q l}{2 t _ {1}} $$ $$a$$")
    assert (spaced.text, spaced.received) == ("\\frac{ql}{2t_{1}}", "\\frac {q l}{2 t _ {1}}")
    assert (tidy.text, tidy.received) == ("a", "")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2*3*4 = 24 and f(x)=a*b+c*d", "2*3*4 = 24 and f(x)=a*b+c*d"),
        ("__init__ of file_name_x", "__init__ of file_name_x"),
        ("- - - - - cut here", "- - - - - cut here"),
        ("*slanted* un**believ**able 中*文*字", "slanted unbelievable 中文字"),
    ],
)
def test_signs_that_mean_themselves_stay(text: str, words: str) -> None:
    assert plain_text(done(text)) == words


@pytest.mark.parametrize("rows", [10_000, 20_000])
def test_a_table_of_any_length_is_a_table(rows: int) -> None:
    html = f"<table>{''.join(f'<tr><td>r{n}</td><td>{n}</td></tr>' for n in range(rows))}</table>"
    (table,) = parse(html)
    assert (table.kind, len(table.rows)) == (TABLE_KIND, rows)


@pytest.mark.parametrize(
    ("text", "formulas"),
    [
        ("It costs $5, so $ x ^ { 2 } $ and $ y $.", ["x^{2}", "y"]),
        ("US$ 5 to US$ 9, A$3", []),
        ("$5 and $6", []),
        ("$5$ apples and $ 7 $", ["5", "7"]),
        ("第$ x $行，$y$。", ["x", "y"]),
        ("\\$5 and \\$6 $a$", ["a"]),
    ],
)
def test_prices_are_no_formulas(text: str, formulas: list[str]) -> None:
    (block,) = parse(text)
    assert [run.text for run in block.runs if Style.FORMULA in run.style] == formulas
    if "\\" not in text:
        assert [run.text for run in inline.runs(text) if Style.FORMULA in run.style] == formulas


def test_what_stood_above_and_below_the_line_stays_apart() -> None:
    assert (
        parse("H<sub>2</sub>O, 10<sup>-5</sup>, 5<sup>th</sup>, x<sup>a+b</sup>")[0].text == "H₂O, 10⁻⁵, 5th, x^(a+b)"
    )
    assert grid(parse("<table><tr><td>10<sup>5</sup> m<sub>i</sub></td></tr></table>")[0]) == [["10⁵ m_i"]]


@pytest.mark.parametrize("name", ANSWER_SET)
def test_the_sources_of_blocks_are_read_as_the_same_blocks(name: str) -> None:
    """What a person corrects is one block: the others must come back as they were."""
    blocks = parse(ANSWER_SET[name][0])
    again = parse("\n\n".join(block.source for block in blocks))
    assert [_kept(block) for block in _merged(again)] == [_kept(block) for block in _merged(blocks)]


def _kept(block: Block) -> tuple[object, ...]:
    return block.kind, "".join(block.text.split()), block.rows, block.level, block.language


def _merged(blocks: tuple[Block, ...]) -> list[Block]:
    """Lists that follow each other may be one list in Markdown."""
    merged: list[Block] = []
    for block in blocks:
        before = merged[-1] if merged else None
        if before and block.kind is before.kind is BlockKind.LIST:
            merged[-1] = replace(before, text=f"{before.text}\n{block.text}")
        else:
            merged.append(block)
    return merged


def test_one_block_is_replaced_and_the_answer_as_received_is_kept() -> None:
    result = done(f"# Title\n\nwhere $ x $\n\n{TABLE}\nend")
    changed = with_block(result, 2, "<table><tr><td>new</td></tr></table>")
    assert [block.kind.value for block in changed.blocks] == ["heading", "paragraph", "table", "paragraph"]
    assert grid(changed.blocks[2]) == [["new"]]
    assert changed.received == result.text
    assert with_block(changed, 0, "# Other").received == result.text
    assert as_received(with_block(changed, 0, "# Other")) == result
    assert with_text(changed, result.text) == result  # what was typed back is no correction


def test_cells_know__their_spans_and_whether_they_are_headers() -> None:
    (table,) = parse(
        '<table><tr><th rowspan="2">A</th><td colspan=" 2 ">B</td></tr><tr><td>C</td><td rowspan=9>D</td></tr></table>'
    )
    assert table.rows == (
        (Cell("A", 2, 1, header=True), Cell("B", 1, 2)),
        (Cell("C"), Cell("D")),  # a span does not reach below the last row
    )
    assert grid(table) == [["A", "B", ""], ["", "C", "D"]]


def test_a_cut_off_table_is_still_a_table() -> None:
    (table,) = parse("<table><tr><td>A</td><td>B</td></tr><tr><td>C</td><td>unf")
    assert grid(table) == [["A", "B"], ["C", "unf"]]


def test_a_nested_table_is_text_of_its_cell() -> None:
    table, after = parse("<table><tr><td>A<table><tr><td>B</td></tr></table>C</td><td>D</td></tr></table>E")
    assert grid(table) == [["A\nB C", "D"]]
    assert after.text == "E"


def test_rows_of_unequal_length_are_filled_up() -> None:
    (table,) = parse("<table><tr><td>A</td></tr><tr></tr><tr><td>B</td><td>C</td></tr></table>")
    assert grid(table) == [["A", ""], ["", ""], ["B", "C"]]


def test_overlapping_spans_lose_no_cell() -> None:
    (table,) = parse("<table><tr><td>A</td><td rowspan=2>B</td></tr><tr><td colspan=2>C</td><td>D</td></tr></table>")
    assert [text for row in grid(table) for text in row if text] == ["A", "B", "C", "D"]


def test_plain_lines_are_taken_as_they_are() -> None:
    """What was read offline is no Markdown: every sign means itself."""
    text = f"$$ a $$\n{TABLE}\n\n```\nx"
    blocks = parse(text, formatted=False)
    assert [block.kind for block in blocks] == [PARAGRAPH, PARAGRAPH]
    assert "\n\n".join(block.text for block in blocks) == text


def test_fences_within_an_answer_are_read_one_by_one() -> None:
    text = "```markdown\nA\n```\nB\n```\nC\n```"
    assert [block.text for block in parse(text)] == ["A", "B", "C"]


def test_a_correction_is_parsed_as_the_answer_was() -> None:
    plain = with_text(done("a", formatted=False), "$$ b $$")
    assert (plain.text, plain.blocks) == ("$$ b $$", (Block(PARAGRAPH, "$$ b $$", (Run("$$ b $$"),)),))
    assert with_text(done("a"), "$$ b $$").blocks == (Block(FORMULA, "b"),)


@pytest.mark.parametrize(
    ("head", "part", "count", "tail"),
    [
        *(("", "\\[", 25_000, ""), ("", "<table ", 8_000, ""), ("", "<table><table></table>", 2_000, "")),
        *(("", "<table><td>", 4_000, ""), ("", "```\n", 12_001, ""), ("", "$", 50_001, ""), ("", "$$a", 16_001, "")),
        *(("", "\n \n", 16_000, ""), ("", "<td>", 10_000, ""), ("", "&", 50_000, ""), ("", "\\(", 25_000, "\\)")),
        ("<table>", "<tr><td rowspan=999 colspan=999>x</td></tr>", 1_200, "</table>"),
        *(("<table>", "<table><tr><td>", 2_400, ""), ("<table>", "<x", 20_000, "</table>")),
        ("<table><tr><td>", "<!--", 10_000, "</table>"),
        *(("", "<b>x", 16_000, ""), ("", "- item\n", 6_000, ""), ("", "> ", 24_000, "")),
    ],
)
def test_a_looping_answer_takes_time_by_its_length_only(head: str, part: str, count: int, tail: str) -> None:
    """Models repeat themselves for as long as they may; that must cost neither the time nor the memory of everybody."""

    def read(text: str) -> None:
        for block in parse(text):
            grid(block)

    assert_grows_with_length(read, head + part * (count // TIMES) + tail, head + part * count + tail)


def test_random_pieces_never_fail_and_lose_no_word() -> None:
    """500 answers of 40 pieces each, thrown together."""
    chance = random.Random(11)
    pieces = [
        *("<table>", "</table>", "<tr>", "</tr>", "<td>", "</td>", "<th colspan=3>", "<td rowspan='2'>", "<br>", "<b>"),
        *("$$", "$", "\\[", "\\]", "```", "```html\n", "\n", "\n\n", " ", "&amp;", "&", "<", ">", "\x00", "\r\n", "|"),
    ]
    for _ in range(500):
        words = [f"w{number}w" for number in range(12)]
        mixed = [chance.choice(pieces) for _ in range(40)]
        for at, word in zip(sorted(chance.sample(range(40), 12)), words, strict=True):
            mixed[at] = f" {word} "
        text = "".join(mixed)
        plain = plain_text(done(text))
        assert [word for word in words if word not in plain] == [], text
