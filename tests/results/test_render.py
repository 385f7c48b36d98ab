"""Plain text, Markdown and HTML of results: nothing lost, nothing that comes alive."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from markdown_it import MarkdownIt

from glmocr_desktop.core.model import Document, JobState
from glmocr_desktop.results.export import plain
from glmocr_desktop.results.render import html, markdown, plain_text
from tests.results.answers import ANSWERS, TABLE
from tests.support.growth import TIMES, assert_grows_with_length
from tests.support.results import done, failed

_TAGS = {
    *("p", "em", "strong", "s", "code", "pre", "br", "hr", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li"),
    *("blockquote", "table", "thead", "tbody", "tr", "th", "td", "div", "span"),
}
_ATTRIBUTES = {"border", "cellspacing", "cellpadding", "rowspan", "colspan", "value"}
_HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "![pixel](http://evil.example/p.png)",
    "[click](javascript:alert(1))",
    "<http://evil.example>",
    "http://evil.example/auto",
    "[a]: http://evil.example\n\n[a] ![a]",
    "<style>@import 'http://evil.example'</style>",
    '<iframe src="http://evil.example"></iframe>',
    "<svg/onload=alert(1)>",
    '```"><script>alert(1)</script>\ncode\n```',
    "`<script>`",
    "$ </code><script>alert(1)</script> $",
    "$$ </pre><script>alert(1)</script> $$",
    "\\[ <img src=x> \\]",
    "<table><tr><td onclick=alert(1) style='background:url(http://evil.example)'>x</td></tr></table>",
    "<table><tr><td><img src=http://evil.example/p.png><a href='http://evil.example'>x</a></td></tr></table>",
    "<table><tr><td>&lt;script&gt;alert(1)&lt;/script&gt;</td></tr></table>",
    "<table><tr><td><script>alert(1)</script></td></tr></table>",
    "<table border='1\"><script>'><tr><td rowspan='1\" onload=\"x'>y</td></tr></table>",
    "| a | b |\n|---|:-:|\n| <script> | ![x](http://evil.example) |",
    "&lt;script&gt; &#60;img src=x&#62;",
    "</p></body></html><script>",
]


class _Seen(HTMLParser):
    """Tags, attributes and words of a piece of HTML."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[tuple[str, str]] = set()
        self.words = ""
        self.feed(source)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {(name, value or "") for name, value in attrs}
        if tag in ("br", "td", "th", "p", "li"):
            self.words += " "

    def handle_endtag(self, tag: str) -> None:
        if tag in ("p", "tr", "pre", "li", "h1"):
            self.words += " "

    def handle_data(self, data: str) -> None:
        self.words += data


@pytest.mark.parametrize("text", [*_HOSTILE, *(answer for answer, _ in ANSWERS.values())])
@pytest.mark.parametrize("formatted", [True, False])
def test_html_holds_nothing_that_acts_or_loads(text: str, formatted: bool) -> None:
    seen = _Seen(html(done(text, formatted=formatted)))
    assert seen.tags <= _TAGS
    assert {name for name, _ in seen.attributes} <= _ATTRIBUTES


def test_html_shows_hostile_words_as_words() -> None:
    assert _Seen(html(done("`<script>alert(1)</script>`"))).words.strip() == "<script>alert(1)</script>"
    assert "![pixel](http://evil.example/p.png)" in _Seen(html(done(_HOSTILE[2]))).words


def test_lists_keep_their_numbers_and_levels_in_html() -> None:
    shown = html(done("1. a\n2. b\n   - c\n   - d\n3. e\n\n<!-- x -->7. f"))
    assert (
        shown == '<ol><li>a</li><li>b<ul><li>c</li><li>d</li></ul></li><li>e</li></ol>\n<ol><li value="7">f</li></ol>'
    )


def test_html_of_light_markdown() -> None:
    shown = html(done(f"# Title\n\n- **bold** $ x _ 1 $\n- `code`\n\n{TABLE}\n\n$$ a < b $$"))
    assert "<h1>Title</h1>" in shown
    assert "<li><strong>bold</strong> <code>x_1</code></li>" in shown
    assert "<tr><th>Item</th><th>Price</th></tr>" in shown
    assert "<pre>a&lt;b</pre>" in shown


def test_spans_stay_in_html() -> None:
    shown = html(done('<table><tr><td rowspan="2">A</td><td>B</td></tr><tr><td colspan="1">C<br>D</td></tr></table>'))
    assert '<td rowspan="2">A</td>' in shown
    assert "C<br>D" in shown
    assert "colspan" not in shown


_PLAIN_LINES = [
    *(
        "# not a heading",
        "## 2",
        "1. x",
        "12) y",
        "* star",
        "*not emphasis*",
        "_under_ __score__",
        "| a | b |",
        "|---|",
    ),
    *("> no quote", "- no list", "+ no list", "---", "===", "***", "~~~", "```", "`tick`", "<b>tag</b>", "<!-- no -->"),
    *(
        "&amp; &copy; &#65;",
        "AT&T",
        "a\\b \\",
        "[x](y)",
        "![x](y)",
        "[^1]: z",
        "$5 and $6",
        "$$",
        "\\[ a \\]",
        "2 < 3 > 1",
    ),
    *(
        "Title\n=====",
        "Title\n-----",
        "    four blanks",
        "\tTabulator",
        "a  \nb",
        "1986. A great year",
        "~~gone~~",
        ":-)",
    ),
    *(
        "a\n    b",
        "x\n\n    y",
        "#hash",
        "中文 *星*",
        "http://example.org/a_b_c",
        "a | b\n--|--\nc | d",
        "\\*",
        "Term\n: x",
    ),
]


@pytest.mark.parametrize("text", _PLAIN_LINES)
def test_plain_lines_as_markdown_show_the_same_words(text: str) -> None:
    """What was read offline may look like markup; a Markdown viewer must show what stood on the page."""
    for parser in (MarkdownIt("commonmark"), MarkdownIt("gfm-like", {"linkify": False})):
        shown = _Seen(parser.render(markdown(done(text, formatted=False))))
        assert shown.words.split() == text.split()
        assert shown.tags <= {"p", "br"}


def test_lines_stay_lines_in_markdown() -> None:
    assert MarkdownIt("commonmark").render(markdown(done("a\nb", formatted=False))) == "<p>a<br />\nb</p>\n"


@pytest.mark.parametrize("formatted", [True, False])
@pytest.mark.parametrize("cell", ["a|b", "a \\| b", "5*", "<script>x</script>", "\\", "`", "$x_1$", "&amp;"])
def test_markdown_tables_keep_their_cells(cell: str, formatted: bool) -> None:
    escaped = cell.replace("&", "&amp;").replace("<", "&lt;")
    answer = done(f"<table><tr><td>{escaped}</td><td>Z</td></tr><tr><td>1</td><td>2</td></tr></table>")
    source = markdown(answer)
    lines = source.splitlines()
    assert len(lines) == 3
    seen = _Seen(MarkdownIt("gfm-like", {"linkify": False}).render(source))
    assert seen.tags <= {"table", "thead", "tbody", "tr", "th", "td", "code", "em"}
    assert "Z" in seen.words


def test_markdown_of_a_table() -> None:
    assert markdown(done(TABLE)) == "| Item | Price |\n| --- | --- |\n| Ink | 3.20 |\n| Paper | 12.00 |"


def test_markdown_tables_with_spans_are_html() -> None:
    source = markdown(done("<table><tr><td colspan=2>A</td></tr><tr><td>B</td><td>C</td></tr></table>"))
    assert source.startswith("<table")
    assert '<td colspan="2">A</td>' in source


def test_markdown_of_formulas() -> None:
    assert markdown(done("so \\[ a \\] and $$b$$ end")) == "so\n\n$$\na\n$$\n\nand\n\n$$\nb\n$$\n\nend"


def test_plain_text_of_a_table_pastes_into_a_spreadsheet() -> None:
    assert (
        plain_text(done("<table><tr><td>A<br>B</td><td>C\tD</td></tr><tr><td>E</td></tr></table>")) == "A B\tC D\nE\t"
    )


@pytest.mark.parametrize("state", [JobState.FAILED, JobState.CANCELLED, JobState.TIMED_OUT])
def test_a_page_without_result_is_marked_everywhere(state: JobState) -> None:
    result = failed(number=3, state=state)
    mark = "[Page 3 was not read: The server gave up this page without a result.]"
    assert plain_text(result) == markdown(result) == mark
    assert html(result) == f"<p><em>{mark}</em></p>"


def test_pages_follow_each_other_without_gaps_for_empty_ones() -> None:
    document = Document("scan.pdf", "/scan.pdf", "scan.pdf")
    pages = [done("one", document=document), done("", document=document), failed(document=document, number=3)]
    pages.append(done("four", document=document))
    assert plain.FORMAT.render(pages).decode().rstrip().split("\n\n")[::2] == ["one", "four"]


@pytest.mark.parametrize(
    ("part", "count"),
    [
        *(("*a ", 4_000), ("_a_", 4_000), ("**a *b ", 2_400), ("`a``b", 2_400), ("$a ", 6_400), (">", 16_000)),
        *(("[", 16_000), ("- ", 2_400), ("\\", 16_000), ("![", 8_000), ("~~a", 4_000), ("<", 16_000)),
    ],
)
def test_a_looping_answer_is_shown_in_time_by_its_length_only(part: str, count: int) -> None:
    short, long = (done(part * (count // shorter)) for shorter in (TIMES, 1))
    assert_grows_with_length(html, short, long)


def test_a_very_wide_table_is_shown_in_time_by_its_width_only() -> None:
    short, long = (done("|" * count + "\n" + "|-" * count) for count in (600, 600 * TIMES))
    assert_grows_with_length(html, short, long)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        (r"3\. Rent \* heating &amp; light", "3. Rent * heating & light"),
        ("&#60;b&#62; stays text", "<b> stays text"),
        (r"a set $ \{ x \} $ and \( \_y \) and `\*`", r"a set $\{x\}$ and $\_y$ and \*"),
        (r"C:\temp &unknown;", r"C:\temp &unknown;"),
    ],
)
def test_plain_text_says_what_markdown_means(written: str, meant: str) -> None:
    assert plain_text(done(written)) == meant
