"""Two hundred answers of every kind: written ones, pages as servers send them, pages put together of pieces."""

from __future__ import annotations

import random

from tests.results.answers import ANSWERS, TABLE

_SPANS = (
    '<table><thead><tr><th rowspan="2">Region</th><th colspan="2">Sales</th></tr><tr><th>2023</th><th>2024</th></tr>'
    '</thead><tbody><tr><td>North</td><td>1,204.50</td><td>-3.5%</td></tr><tr><td colspan="3">Subtotal 007</td></tr>'
    "</tbody></table>"
)

# Name: the answer, and words that every export must show.
_WRITTEN: dict[str, tuple[str, str]] = {
    "headings": ("# One\n## Two\n### Three\n###### Six\n####### seven", "One Two Three Six seven"),
    "heading with formula": ("## The value of $ \\pi $ today", "value today"),
    "setext line stays text": ("Chapter\n=======\nwords", "Chapter ======= words"),
    "rule between paragraphs": ("above\n\n---\n\nbelow", "above below"),
    "nested list": ("- apple\n  - pear\n    1. plum\n    2. cherry\n- grape", "apple pear plum cherry grape"),
    "list from seven": ("7. seventh\n8. eighth\n\ntext", "7. seventh 8. eighth text"),
    "list with code": ("1. step\n\n   ```sh\n   make run\n   ```\n2. next", "step make run next"),
    "list with formula": ("- mass $ m _ 1 $\n- speed $$ v $$ tail", "mass speed tail"),
    "task list": ("- [x] done thing\n- [ ] open thing", "[x] done thing [ ] open thing"),
    "many bullets": ("* alpha\n+ beta\n- gamma", "alpha beta gamma"),
    "loose list": ("- first\n\n  more of it\n\n- second", "first more of it second"),
    "quote": ("> said he\n> twice\n>\n> and again", "said he twice and again"),
    "bold and italic": ("**bold** *slanted* ***both*** ~~gone~~ `mono` __under__", "bold slanted both gone mono under"),
    "bold inside a word": ("un**believ**able 中**文**字", "unbelievable 中文字"),
    "line to cut along": (
        "Order\n\n- - - - - - - - - - - - cut here\n\nBoard 2*3*4 cm",
        "Order cut here Board 2*3*4 cm",
    ),
    "row of stars": ("* * * * * * * * * *  Hotel\nAfter", "Hotel After"),
    "names with lines": ("call __init__ of file_name_x", "call __init__ of file_name_x"),
    "deep list": ("\n".join(f"{'  ' * level}- item{level}" for level in range(40)), "item0 item20 item39"),
    "deep quote": (f"{'> ' * 60}deep", "deep"),
    "answer before a thought": ("<|begin_of_box|>Answer<|end_of_box|> <think>hm</think> real", "Answer real"),
    "mathml": ("so <math><mi>x</mi></math> holds", "so x holds"),
    "stars that are none": ("2 * 3 * 4 = 24 and a*b", "2 * 3 * 4 = 24 and a*b"),
    "pipe table": ("| Name | Age |\n|---|---:|\n| Ann | 31 |\n| Bo | 07 |", "Name Age Ann 31 Bo 07"),
    "pipe table with formula": ("| x | y |\n|-|-|\n| $ a ^ 2 $ | **b** |", "x y b"),
    "pipe that is no table": ("a | b\nc | d", "a | b c | d"),
    "spanned head": (_SPANS, "Region Sales 2023 2024 North 1,204.50 -3.5% Subtotal 007"),
    "two tables and words": (f"Before {TABLE} between {_SPANS} after", "Before Ink between Region after"),
    "cells that would run": (
        "<table><tr><td>=1+1</td><td>@cmd</td></tr><tr><td>+49 30 1234</td><td>-2</td></tr></table>",
        "=1+1 @cmd +49 30 1234 -2",
    ),
    "long numbers": (
        "<table><tr><td>00123</td><td>6222021234567890123</td></tr><tr><td>1.5e-7</td><td>12:30</td></tr></table>",
        "00123 6222021234567890123 1.5e-7 12:30",
    ),
    "chemistry in a table": ("<table><tr><td>H<sub>2</sub>O</td><td>10<sup>5</sup></td></tr></table>", "H₂O 10⁵"),
    "subscript in words": ("CO<sub>2</sub> at 5<sup>th</sup> of x<sup>a+b</sup>", "CO₂ at 5th of x^(a+b)"),
    "formula in a table": ("<table><tr><th>$ x $</th><td>$ \\frac {1} {2} $ kg</td></tr></table>", "kg"),
    "list in a cell": ("<table><tr><td><ul><li>one</li><li>two</li></ul></td><td>x</td></tr></table>", "one two x"),
    "html page": (
        "<!DOCTYPE html><html><head><title>t</title><style>p{color:red}</style></head><body><h2>Head</h2>"
        "<p>First <b>bold</b></p><script>steal()</script><p>Second</p></body></html>",
        "Head First bold Second",
    ),
    "html list": ("<ul><li>red</li><li>green<ol><li>lime</li></ol></li></ul> end", "red green lime end"),
    "centred": ('<div align="center">\n\n**Title** of it\n\n</div>\n\nBody', "Title of it Body"),
    "broken html": ("<div><p>never <b>closed <i>at all", "never closed at all"),
    "links": ("see [the site](https://evil.example/x) and <a href='javascript:x'>this</a>", "see the site and this"),
    "image": ("![a scan](http://evil.example/p.png) caption <img src=x onerror=y>", "a scan caption"),
    "comment": ("seen <!-- hidden <b> --> again <!-- never closed", "seen again never closed"),
    "style and script": ("a <style>b{}</style> c <SCRIPT src=x></SCRIPT> d", "a c d"),
    "script never closed": ("words <script>alert(1) more words", "words more"),
    "thoughts": ("<think>Let me look. It says 42.</think>\n\nThe answer", "The answer"),
    "thoughts without begin": ("I look at it.</think>Result here", "Result here"),
    "boxed": ("<|begin_of_box|>$ 42 $ apples<|end_of_box|>", "apples"),
    "special tokens": ("<|user|>Hello<|endoftext|>", "Hello"),
    "fence with text": ("```text\nplain words\n```", "plain words"),
    "fence of latex": ("Before\n```latex\n\\frac{a}{b}\n```\nafter", "Before after"),
    "fence of a table in the middle": (f"Look:\n```html\n{TABLE}\n```\nthere", "Look: Item Paper there"),
    "two fences": ("```py\nx = 1\n```\nand\n```\ny = 2\n```", "x = 1 and y = 2"),
    "fence with words behind": ("``` what is this\nbody\n```", "what is this body"),
    "tilde fence": ("~~~js\nlet a = '<b>';\n~~~", "let a = '<b>';"),
    "code in words": ("run `rm -rf *` or ``a`b``", "run rm -rf * or a`b"),
    "tag in code": ("the `<script>` and `<table>` tags", "the <script> and <table> tags"),
    "aligned equations": (
        "\\begin{align} a &= b \\\\ c &= d \\end{align} shows it",
        "shows it",
    ),
    "numbered equation": ("$$ E = m c ^ { 2 } \\tag {1} $$ by Einstein", "by Einstein"),
    "cases with Chinese": (
        "$$ f(x) = \\begin{cases} 1 & \\text {若 } x > 0 \\\\ 0 & \\text {其他} \\end{cases} $$ 如上",
        "如上",
    ),
    "formula that cannot be drawn": ("$$ \\frac { a $$ then", "then"),
    "unknown command": ("so $ \\nosuchthing x $ holds", "so holds"),
    "dangerous formula": ("$$ \\input {/etc/passwd} \\write18 {ls} $$ tail", "tail"),
    "formula that ends a document": ("$ } \\end{document} { $ tail", "tail"),
    "round brackets": ("the set \\( \\{ x \\} \\) is closed", "the set is closed"),
    "dollars and prices": ("US$ 5 to US$ 9, A$3", "US$ 5 to US$ 9, A$3"),
    "percent and hash": ("100 % of #1 & co_ltd ^ ~ {x} \\end", "100 % of #1 & co_ltd ^ ~ {x} \\end"),
    "backslashes": ("C:\\new\\table and \\\\server\\share", "C:\\new\\table server\\share"),
    "arrows and signs": ("a → b ≤ c × d ± 5 ° § € £ ¥ © – — … “x” ‘y’", "→ ≤ × ± ° § € £ ¥ © “x” ‘y’"),
    "greek and cyrillic": ("Ελληνικά и русский текст", "Ελληνικά и русский текст"),
    "accents": ("Żółć, naïve, Ærø, São Paulo, Đặng", "Żółć, naïve, Ærø, São Paulo, Đặng"),
    "chinese invoice": (
        "发票号码：00012345\n\n<table><tr><td>项目</td><td>金额（元）</td></tr>"
        "<tr><td>办公用品</td><td>¥1,234.00</td></tr></table>",
        "发票号码：00012345 项目 金额（元） 办公用品 ¥1,234.00",
    ),
    "chinese paragraphs": (
        "一、总则\n\n第一条　为了规范管理，制定本办法。\n第二条　适用范围。",
        "一、总则 第一条 为了规范管理，制定本办法。 第二条",
    ),
    "japanese": ("日本語のテキスト、ひらがな。", "日本語のテキスト、ひらがな。"),
    "korean": ("한국어 문장입니다.\n\n둘째 문단", "한국어 문장입니다. 둘째 문단"),
    "arabic": ("هذا نص عربي\n\n- بند أول\n- بند ثان", "هذا نص عربي بند أول بند ثان"),
    "hebrew table": ("<table><tr><td>שלום</td><td>12</td></tr></table>", "שלום 12"),
    "emoji families": ("👨‍👩‍👧 ok 🇩🇪 done", "ok done"),
    "rare han": ("𠮷野家 and 㐀", "𠮷野家 and 㐀"),
    "zero width": ("soft\u00adhyphen and zero\u200bwidth", "and"),
    "separators": ("one\u2028two\u2029three\x0bfour\x0cfive", "one two three four five"),
    "tabs": ("Name\tValue\nx\ty", "Name Value x y"),
    "very long word": ("x" * 3_000, "x" * 3_000),
    "very long line": ("word " * 800 + "last", "word last"),
    "many short paragraphs": ("\n\n".join(f"p{n}" for n in range(60)), "p0 p31 p59"),
    "wide table": (f"<table><tr>{''.join(f'<td>c{n}</td>' for n in range(40))}</tr></table>", "c0 c21 c39"),
    "tall table": (
        f"<table>{''.join(f'<tr><td>r{n}</td><td>{n}</td></tr>' for n in range(120))}</table>",
        "r0 r60 r119",
    ),
    "ragged table": ("<table><tr><td>a</td></tr><tr><td>b</td><td>c</td><td>d</td></tr><tr></tr></table>", "a b c d"),
    "cut off in a formula": ("Text and $$ \\int _ 0 ^ 1 x", "Text and"),
    "cut off in a list": ("1. whole\n2. hal", "whole hal"),
    "cut off in code": ("```c\nint main(", "int main("),
    "cut off in a tag": ("<table><tr><td>A</td><td", "A"),
    "error as an answer": ("Error: CUDA out of memory", "Error: CUDA out of memory"),
    "bidi overrides": ("safe \u202eevil\u202c \u2066x\u2069 \u200f.", "safe evil x"),
    "nulls": ("a\x00b \x1b[31mred\x1b[0m", "ab red"),
    "xml closers": ("]]> </w:t> </math> <![CDATA[ x ]]> &lt;/w:t&gt;", "]]> x"),
    "footnote": ("text[^1]\n\n[^1]: the note", "text[^1] the note"),
    "reference": ("[a]: http://evil.example/x\n\nuse [a] and ![b]", "use [a]"),
    "definition": ("Term\n: what it means", "Term : what it means"),
    "poem": ("roses are red  \nviolets are blue\\\nsugar", "roses are red violets are blue sugar"),
    "address": ("Ann Smith\n12 High Street\nLondon N1 9GU", "Ann Smith 12 High Street London N1 9GU"),
    "mail": ("<ann@example.org> wrote to <bo@example.org>:", "wrote to"),
}  # fmt: skip

_PIECES = 6


def _composed(number: int) -> tuple[str, str]:
    """A page of several pieces, each with a word that no other has."""
    chance = random.Random(number)
    words = [f"w{number}x{place}" for place in range(_PIECES)]
    makers = [
        lambda w: f"## Section {w}",
        lambda w: f"A paragraph with {w}, $ a _ {{ {len(w)} }} $ and **bold**.",
        lambda w: f"- item {w}\n- 第二项\n  1. deep",
        lambda w: (
            f'<table><tr><th colspan="2">{w}</th></tr>'
            '<tr><td>1</td><td rowspan="2">乙</td></tr><tr><td>2</td></tr></table>'
        ),
        lambda w: f"| {w} | b |\n|---|---|\n| 1 | 2 |",
        lambda w: f"$$ \\frac {{ x }} {{ y }} $$\n\nwhere {w} is known",
        lambda w: f"```python\nprint('{w}')\n```",
        lambda w: f"<div>中文 {w}<br>second line</div>",
        lambda w: f"1. first {w}\n2. second",
        lambda w: f"> quoted {w}",
    ]
    return "\n\n".join(chance.choice(makers)(word) for word in words), " ".join(words)


ANSWER_SET: dict[str, tuple[str, str]] = ANSWERS | _WRITTEN
ANSWER_SET |= {f"composed {n}": _composed(n) for n in range(max(0, 200 - len(ANSWER_SET)))}
