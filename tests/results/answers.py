"""Answers as GLM-OCR gives them, and as it should not."""

from __future__ import annotations

TABLE = (
    '<table class="table table-bordered"><tr><th>Item</th><th>Price</th></tr>'
    "<tr><td>Ink</td><td>3.20</td></tr><tr><td>Paper</td><td>12.00</td></tr></table>"
)

# Name: the answer, and the words that must be found in its plain text, in this order.
ANSWERS: dict[str, tuple[str, str]] = {
    "empty": ("", ""),
    "blanks": (" \n\t\n ", ""),
    "one line": ("Hello world", "Hello world"),
    "paragraphs": ("First line\nsecond line\n\nNext paragraph", "First line second line Next paragraph"),
    "crlf": ("One\r\nTwo\r\n\r\nThree\rFour", "One Two Three Four"),
    "chinese": ("会议纪要\n时间：2024年5月16日\n\n一、数字化进度", "会议纪要 时间：2024年5月16日 一、数字化进度"),
    "heading and list": ("# Report\n\n- one\n- two\n\n1. first", "Report - one - two 1. first"),
    "inline formula": ("where $ x ^ { 2 } $ is the area", "where $ x ^ { 2 } $ is the area"),
    "price in dollars": ("It costs $5 and $6.", "It costs $5 and $6."),
    "formula": ("$$ \\frac {q l}{2 t _ {1}} $$", "\\frac {q l}{2 t _ {1}}"),
    "formula in lines": ("Let\n$$\na = b\n$$\nthen", "Let a = b then"),
    "formula in brackets": ("so \\[ a < b \\] holds", "so a < b holds"),
    "two formulas": ("$$a$$ and $$b$$", "a and b"),
    "open formula": ("text $$ a + b", "text $$ a + b"),
    "open bracket": ("text \\[ a + b", "text \\[ a + b"),
    "empty formula": ("a $$ $$ b", "a $$ $$ b"),
    "four dollars": ("a $$$$ b", "a $$$$ b"),
    "dollars in a row": ("$$$$$ rated", "$$$$$ rated"),
    "table": (f"Before\n{TABLE}\nafter", "Before Item Price Ink 3.20 Paper 12.00 after"),
    "spans": (
        '<table><tr><td rowspan="2">A</td><td colspan=2>B C</td></tr><tr><td>D</td><td>E</td></tr></table>',
        "A B C D E",
    ),
    "spans that are none": ('<table><tr><td rowspan="x" colspan="-3">A</td><td colspan="0">B</td></tr></table>', "A B"),
    "huge span": ('<table><tr><td colspan="99999999">A</td><td>B</td></tr></table>', "A B"),
    "span of many digits": (f'<table><tr><td rowspan="{"9" * 5000}">A</td></tr></table>', "A"),
    "head and body": (
        "<table><thead><tr><th>H</th></tr></thead><tbody><tr><td>1</td></tr></tbody></table>",
        "H 1",
    ),
    "caption": ("<table><caption>Prices 2024</caption><tr><td>A</td></tr></table>", "Prices 2024 A"),
    "words outside of cells": ("<table>loose <tr>words <td>A</td> more</tr></table>", "loose words more A"),
    "no end tags": ("<table><tr><td>A<td>B<tr><td>C<td>D</table>", "A B C D"),
    "no rows": ("<table><td>A</td><td>B</td></table>", "A B"),
    "table of words only": ("<table>nothing but words</table>", "nothing but words"),
    "empty table": ("x <table></table> y", "x y"),
    "cut off in a cell": ("<table><tr><td>A</td><td>B</td></tr><tr><td>C</td><td>unfinis", "A B C unfinis"),
    "cut off before a cell": ("Text\n<table><tr><td>A</td></tr><tr>", "Text A"),
    "nested": (
        "<table><tr><td>A<table><tr><td>B</td><td>C</td></tr></table>D</td><td>E</td></tr></table> F",
        "A B C D E F",
    ),
    "two begins, one end": ("<table><tr><td>A</td></tr><table><tr><td>B</td></tr></table> C", "A B C"),
    "word that looks like a table": ("the <table is set", "the <table is set"),
    "upper case": ("<TABLE><TR><TD>A</TD></TR></TABLE>", "A"),
    "entities": ("<table><tr><td>R&amp;D &lt;b&gt; &eacute; &#20013;</td></tr></table>", "R&D <b> é 中"),
    "no entities": ("<table><tr><td>AT&T & Co; &nosuch; x</td></tr></table>", "AT&T & Co; &nosuch; x"),
    "less than": ("<table><tr><td>x<y</td><td>a < b</td><td>a<b and c>d</td></tr></table>", "x<y a < b a<b and c>d"),
    "unknown tags": ("<table><tr><td><name> and </address></td></tr></table>", "<name> and </address>"),
    "lines in a cell": ("<table><tr><td>one<br>two<br/>three</td></tr></table>", "one two three"),
    "bold in a cell": ("<table><tr><td><b>bold</b>ly <i>done</i></td></tr></table>", "boldly done"),
    "formula in a cell": ("<table><tr><td>$ x _ {1} $</td><td>$$y$$</td></tr></table>", "$x_{1}$ $y$"),
    "control characters": ("a\x00b\x1b[31m c\ufeff\u202ed\x7f", "ab[31m cd"),
    "half a character": ("a \ud83d b", "a \ufffd b"),
    "emoji": ("a 😀 b", "a 😀 b"),
    "fence around everything": ("```markdown\n# Title\n\ntext\n```", "Title text"),
    "fence around a table": (f"```html\n{TABLE}\n```\n", "Item Price Ink 3.20 Paper 12.00"),
    "fence without an end": ("```markdown\n# Title\n\ntext", "Title text"),
    "empty fence": ("```markdown\n```", ""),
    "code": ("Run\n```python\nprint('$$ <table>')\n\nx\n```\nthen", "Run print('$$ <table>') x then"),
    "script": ("<script>alert(1)</script> and <b onclick=x>", "and"),
    "script in a table": ("<table><tr><td><script>alert(1)</script>A</td></tr></table>", "A"),
    "table in a formula": ("$$ <table> $$ end", "<table> end"),
}
