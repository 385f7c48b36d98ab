"""What programs that are wrong, old or hostile send: any JSON, any answer, files with a few bytes changed."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import strategies as st

words = st.text(st.characters(), max_size=12)
"""Any text that JSON can bring, also halves of characters."""

numbers = st.integers() | st.floats() | st.sampled_from([10**400, -1, 0, 1, 2**31, 2**63])

json_values: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | numbers | words,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(words, inner, max_size=4),
    max_leaves=12,
)


def json_bytes(value: object) -> bytes:
    """JSON as Python's own servers write it, which knows NaN as well."""
    return json.dumps(value).encode()


@st.composite
def changed_json(draw: st.DrawFn, valid: Any) -> Any:
    """Valid JSON in which something, at any depth, is missing or something else."""
    if draw(st.integers(0, 7)) == 0:
        return draw(json_values)
    if isinstance(valid, dict) and valid:
        key = draw(st.sampled_from(sorted(valid)))
        if draw(st.integers(0, 5)) == 0:
            return {name: value for name, value in valid.items() if name != key}
        return valid | {key: draw(changed_json(valid[key]))}
    if isinstance(valid, list) and valid:
        place = draw(st.integers(0, len(valid) - 1))
        if draw(st.integers(0, 5)) == 0:
            return valid[:place] + valid[place + 1 :]
        return [*valid[:place], draw(changed_json(valid[place])), *valid[place + 1 :]]
    return draw(json_values)


@st.composite
def changed_bytes(draw: st.DrawFn, valid: bytes) -> bytes:
    """A file of which a few bytes are others, are gone, or are there twice."""
    content = bytearray(valid)
    for _ in range(draw(st.integers(1, 6))):
        if not content:
            break
        at = draw(st.integers(0, len(content) - 1))
        length = draw(st.integers(1, 40))
        match draw(st.sampled_from(["flip", "set", "cut", "end", "twice", "insert", "extreme"])):
            case "flip":
                content[at] ^= 1 << draw(st.integers(0, 7))
            case "set":
                content[at] = draw(st.integers(0, 255))
            case "cut":
                del content[at : at + length]
            case "end":
                del content[at:]
            case "twice":
                content[at:at] = content[at : at + length]
            case "insert":
                content[at:at] = draw(st.binary(max_size=8))
            case _:
                extreme = draw(st.sampled_from([b"\xff" * 4, b"\0" * 4, b"\x7f\xff\xff\xff", b"\xff\xff\xff\x7f"]))
                content[at : at + 4] = extreme
    return bytes(content)


_PIECES = (
    *("# Title", "## ", "- item", "1. one", "   2) two", "> quoted", "---", "***", "**bold**", "*it*", "_", "`code`"),
    *(
        "~~gone~~",
        "```",
        "```python\n",
        "~~~",
        "|a|b|",
        "|-|-|",
        "|1|2|\n",
        "\n",
        "\n\n",
        "    ",
        "\t",
        " ",
        "\\",
        "\\\\",
    ),
    *("<table>", "</table>", "<tr>", "</tr>", "<td>", "</td>", "<th>", '<td rowspan="2" colspan="3">', "<br>", "<br/>"),
    *('<td colspan="999999999">', '<td rowspan="-1">', "<thead>", "<caption>", "<sup>2</sup>", "<sub>", "<p>", "</p>"),
    *("<script>alert(1)</script>", "<script", '<img src="http://x/y" onerror="alert(1)">', "<svg/onload=alert(1)>"),
    *('<a href="javascript:alert(1)">x</a>', "[x](javascript:alert(1))", "![x](http://x/y.png)", "[x]: http://x"),
    *("<style>*{}</style>", "<iframe src=//x>", "<!--", "-->", "<!DOCTYPE x>", "<?xml?>", "<![CDATA[", "]]>", "&lt;"),
    *("&amp;", "&#0;", "&#x110000;", "&nbsp", "<", ">", '"', "'", "http://x.y/z", "mailto:a@b.c", "www.x.y"),
    *("$", "$$", r"\(", r"\)", r"\[", r"\]", r"\frac{a}{b}", r"\begin{matrix}", r"\end{matrix}", r"a & b \\ c"),
    *(
        r"\begin{align}",
        r"\end{align}",
        r"x^{2}_{i}",
        r"\sqrt[3]{x}",
        r"\left(",
        r"\right]",
        r"\text{a $b$ c}",
        "{",
        "}",
    ),
    *(r"\def\x{\x}\x", r"\href{javascript:x}{y}", r"\require{html}", r"\class{x}{y}", r"\unicode{x1F600}", r"\sum_{i}"),
    *(
        r"\operatorname{rank}",
        r"\color{red}{x}",
        r"\mathbb{R}",
        "∑",
        "≤",
        "x²",
        r"\hline",
        r"\tag{1}",
        "%",
        "#1",
        "^",
        "~",
    ),
    *("=1+1", "+SUM(A1)", "@x", "-2", "001", "1,234.50", "2026-01-01", "\ufeff", "\u200b", "\u202e", "\u2028", "\x00"),
    *("\x1b[31m", "\x07", "\x85", "\ufffe", "😀", "e\u0301", "العربية", "第三季度", "（一）", "１２", "　", "�", "ß"),
    *(
        '{"a": 1}',
        "[1, 2",
        "[ERROR] no",
        "Please upload an image first",
        "loop loop loop ",
        "<|end|>",
        "<think>",
        "</s>",
    ),
)

answers = st.lists(st.sampled_from(_PIECES) | st.text(max_size=8), max_size=25).map("".join)
"""What a model may send."""
