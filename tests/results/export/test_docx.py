"""Documents of a word processor, read back by python-docx."""

from __future__ import annotations

import io
import re
import zipfile
from itertools import pairwise
from xml.etree import ElementTree

import docx
import pytest
from docx.document import Document as WordDocument
from docx.table import Table

from glmocr_desktop.core.model import Block, BlockKind, Cell, Document, Result, Run, Style
from glmocr_desktop.results.blocks import grid
from glmocr_desktop.results.export.word import FORMAT
from tests.results.answers import ANSWERS
from tests.results.export.pages import SPANS, formula, heading, inline_formula, items, missing_page, page, table, words
from tests.support.results import done

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"


def _opened(*results: Result) -> WordDocument:
    return docx.Document(io.BytesIO(FORMAT.render(results)))


def _parts(*results: Result) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(FORMAT.render(results))) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _texts(read: Table) -> list[list[str]]:
    """The texts of a table; a merged cell at each of its places."""
    return [[cell.text for cell in row.cells] for row in read.rows]


def test_a_table_has_the_same_grid_with_its_cells_merged() -> None:
    [read] = _opened(page(SPANS)).tables
    assert _texts(read) == [
        ["Region", "Sales", "Sales"],
        ["Region", "2023", "2024"],
        ["North", "1,200.50", "-3.5"],
        ["Sum", "Sum", "2,287"],
    ]
    assert read.cell(0, 1)._tc is read.cell(0, 2)._tc


@pytest.mark.parametrize("name", [name for name, (text, _) in ANSWERS.items() if "<t" in text.lower()])
def test_tables_of_answers_keep_every_cell(name: str) -> None:
    result = done(ANSWERS[name][0])
    tables = [block for block in result.blocks if block.kind is BlockKind.TABLE]
    read = _opened(result).tables
    assert len(read) == len(tables)
    for block, each in zip(tables, read, strict=True):
        wanted = [cell for row in grid(block) for cell in row if cell and "$" not in cell]
        shown = [text for row in _texts(each) for text in row]
        assert [cell for cell in wanted if cell not in shown] == []


def test_header_rows_are_repeated_and_shaded_and_bold() -> None:
    [read] = _opened(page(SPANS)).tables
    repeated = [row._tr.find(f"{_W}trPr/{_W}tblHeader") is not None for row in read.rows]
    assert repeated == [True, True, False, False]
    assert read.cell(0, 0).paragraphs[0].runs[0].bold
    assert not read.cell(2, 0).paragraphs[0].runs[0].bold
    assert read.cell(0, 0)._tc.find(f".//{_W}shd") is not None


def test_a_table_of_headers_only_repeats_nothing() -> None:
    [read] = _opened(page(table((Cell("A", header=True),), (Cell("B", header=True),)))).tables
    assert all(row._tr.find(f"{_W}trPr/{_W}tblHeader") is None for row in read.rows)


def test_a_table_with_too_many_columns_becomes_several_with_all_cells() -> None:
    wide = table(tuple(f"c{number}" for number in range(150)), (Cell("over all", 1, 150),))
    read = _opened(page(wide)).tables
    assert [len(each.columns) for each in read] == [63, 63, 24]
    assert [text for each in read for text in _texts(each)[0]] == [f"c{number}" for number in range(150)]
    assert sum(row[0] == "over all" for each in read for row in _texts(each)) == 1


def test_a_table_is_as_wide_as_the_page_at_most() -> None:
    document = _opened(page(table(*[("long words " * 40, "short", "x" * 300)] * 3)))
    section = document.sections[0]
    widths = [column.width for column in document.tables[0].columns]
    assert sum(widths) <= section.page_width - section.left_margin - section.right_margin
    assert widths[1] < min(widths[0], widths[2])
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)


def test_numbers_stand_on_the_right() -> None:
    [read] = _opened(page(SPANS)).tables
    assert str(read.cell(2, 1).paragraphs[0].alignment).startswith("RIGHT")
    assert read.cell(2, 0).paragraphs[0].alignment is None


def test_words_keep_their_styles() -> None:
    styled = [Run("b", Style.BOLD), Run("i", Style.ITALIC), Run("s", Style.STRIKE), Run("c", Style.CODE)]
    [paragraph] = _opened(page(words("plain\nnext", *styled))).paragraphs
    plain, bold, italic, struck, code = paragraph.runs
    assert plain.text == "plain\nnext"
    assert (bold.bold, italic.italic, struck.font.strike, code.style.name) == (True, True, True, "Code Words")
    assert (plain.bold, plain.italic) == (None, None)


def test_headings_are_headings() -> None:
    read = _opened(page(*(heading(f"H{level}", level) for level in range(1, 7)))).paragraphs
    assert [(each.text, each.style.name) for each in read] == [(f"H{n}", f"Heading {n}") for n in range(1, 7)]


def _numbering(document: WordDocument) -> list[tuple[str, int, int]]:
    """The text, level and numbering of each entry."""
    entries = []
    for each in document.paragraphs:
        marks = each._p.pPr.numPr if each._p.pPr is not None else None
        if marks is not None:
            entries.append((each.text, marks.ilvl.val, marks.numId.val))
    return entries


def _starts(document: WordDocument) -> dict[int, int]:
    """The number with which each numbering begins."""
    root = document.part.numbering_part.element
    return {
        int(each.get(f"{_W}numId")): int(start.get(f"{_W}val"))
        for each in root.findall(f"{_W}num")
        if (start := each.find(f".//{_W}startOverride")) is not None
    }


def test_each_numbered_list_starts_again_and_numbers_are_those_of_the_page() -> None:
    first = items(("a", 0, 1), ("bullet", 1, None), ("b", 0, 2), ("deep", 1, 1), ("c", 0, 3))
    second = items(("x", 0, 1), ("y", 0, 7), ("z", 0, 8))
    document = _opened(page(first, second))
    entries = {text: (level, number) for text, level, number in _numbering(document)}
    starts = _starts(document)
    assert entries["a"] == entries["b"] == entries["c"]
    assert entries["x"] != entries["a"]
    assert entries["y"] == entries["z"] != entries["x"]
    assert (starts[entries["x"][1]], starts[entries["y"][1]]) == (1, 7)
    assert entries["deep"][0] == entries["bullet"][0] == 1
    assert entries["bullet"][1] not in starts


def test_a_number_that_no_list_can_count_is_written() -> None:
    assert [each.text for each in _opened(page(items(("far", 0, 99_999)))).paragraphs] == ["99999. far"]


def test_formulas_are_native_equations() -> None:
    parts = _parts(page(words("Let ", inline_formula(r"\frac{a}{b}"), " be"), formula(r"\sqrt{x}"), SPANS))
    root = ElementTree.fromstring(parts["word/document.xml"])
    assert len(root.findall(f".//{_M}oMath")) == 2
    assert root.find(f".//{_M}oMathPara//{_M}rad") is not None
    assert root.find(f".//{_W}p/{_M}oMath/{_M}f") is not None


def test_a_formula_in_a_cell_is_an_equation() -> None:
    root = ElementTree.fromstring(_parts(page(table(("$x^{2}$ m", "b"))))["word/document.xml"])
    assert root.find(f".//{_W}tc//{_M}sSup") is not None


def test_what_is_no_formula_stays_latex() -> None:
    broken = r"\nosuchcommand{x} & <b>"
    document = _opened(page(formula(broken), words(inline_formula(broken))))
    assert [each.text for each in document.paragraphs] == [broken, broken]
    assert document.paragraphs[0].style.name == "Code Block"


def test_pages_begin_on_new_pages_and_missing_ones_are_marked() -> None:
    results = [page(words("one")), missing_page(2), page(SPANS, number=3), page(heading("four"), number=4)]
    document = _opened(*results)
    broken = [each.text for each in document.paragraphs if each.paragraph_format.page_break_before]
    assert broken == ["[Page 2 was not read: The server gave up this page without a result.]", "", "four"]
    missing = document.paragraphs[1]
    assert missing.style.name == "Not Read"
    assert missing.style.font.italic


def test_documents_have_titles_when_there_are_several() -> None:
    one, other = (Document(name, f"/{name}", name) for name in ("a & b.pdf", "会议.png"))
    both = _opened(page(words("x"), document=one), page(words("y"), document=other))
    titles = [each.text for each in both.paragraphs if each.style.name == "Title"]
    assert titles == ["a & b.pdf", "会议.png"]
    assert both.core_properties.title == "a & b.pdf, 会议.png"
    assert all(each.style.name != "Title" for each in _opened(page(words("x"), document=one)).paragraphs)


def test_right_to_left_words_run_so() -> None:
    document = _opened(page(words("مرحبا بالعالم"), words("Hello"), table(("الاسم", "السعر"))))
    arabic, english = document.paragraphs[:2]
    assert arabic._p.pPr.find(f"{_W}bidi") is not None
    assert arabic.runs[0].font.rtl
    assert english._p.pPr is None
    assert document.tables[0]._tbl.tblPr.find(f"{_W}bidiVisual") is not None


def test_chinese_has_a_font_of_its_own() -> None:
    styles = _parts(page(words("会议纪要")))["word/styles.xml"].decode()
    assert 'w:eastAsia="Microsoft YaHei"' in styles
    assert "eastAsiaTheme" not in styles.partition("</w:docDefaults>")[0]


def test_nothing_is_outside_of_the_file_and_nothing_runs() -> None:
    link = words("https://example.com <script>", Run("[a](http://b)", Style.CODE))
    parts = _parts(page(link, formula(r"\href{https://example.com}{x}")))
    relations = [content.decode() for name, content in parts.items() if name.endswith(".rels")]
    assert relations
    assert not any('TargetMode="External"' in each for each in relations)
    assert not [name for name in parts if re.search(r"vba|thumbnail|activeX|embed", name)]


def test_what_xml_forbids_is_left_out() -> None:
    wrong = "a\x00\x0b\x1b\ufffe\uffff\ud800b"
    content = page(words(wrong), table((wrong,)), Block(BlockKind.CODE, wrong), formula(wrong), heading(wrong))
    assert {each.text for each in _opened(content).paragraphs} == {"ab", ""}


def test_equal_results_make_equal_files() -> None:
    results = [page(SPANS, items(("a", 0, 1))), missing_page(2)]
    assert FORMAT.render(results) == FORMAT.render(results)
    properties = _opened(*results).core_properties
    assert (properties.author, properties.title) == ("GLM-OCR Desktop", "scan.png")
    assert (properties.created, properties.modified) == (None, None)


@pytest.mark.parametrize("blocks", [(), (SPANS,), (SPANS, SPANS), (formula("x"),)])
def test_a_body_ends_with_a_paragraph_and_tables_stay_apart(blocks: tuple[Block, ...]) -> None:
    body = ElementTree.fromstring(_parts(page(*blocks))["word/document.xml"])[0]
    tags = [each.tag.removeprefix(_W) for each in body]
    assert tags[-2:] == ["p", "sectPr"]
    assert ("tbl", "tbl") not in set(pairwise(tags))


def test_a_long_table_takes_no_long_time() -> None:
    long = table(*[tuple(f"cell {row}.{column}" for column in range(20)) for row in range(500)])
    [read] = re.findall(rb"<w:tbl>.*</w:tbl>", _parts(page(long))["word/document.xml"], re.DOTALL)
    assert read.count(b"<w:tc>") == 10_000
