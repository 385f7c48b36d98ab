from __future__ import annotations

from collections import Counter
from xml.etree import ElementTree as ET

import pytest

from glmocr_desktop.results.formulas import typeset
from glmocr_desktop.results.formulas.omml import omml
from glmocr_desktop.results.formulas.omml_characters import ACCENTS, ARROWS
from tests.results.formulas.examples import BROKEN, EXAMPLES

M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
MATHML = "{http://www.w3.org/1998/Math/MathML}"
PLACES = {
    "f": ["num", "den"],
    "rad": ["deg", "e"],
    "sSub": ["e", "sub"],
    "sSup": ["e", "sup"],
    "sSubSup": ["e", "sub", "sup"],
    "sPre": ["sub", "sup", "e"],
    "nary": ["sub", "sup", "e"],
    "func": ["fName", "e"],
    "limLow": ["e", "lim"],
    "limUpp": ["e", "lim"],
    "acc": ["e"],
    "bar": ["e"],
    "groupChr": ["e"],
    "borderBox": ["e"],
    "phant": ["e"],
}
BARS = "‾_¯"  # become a property


def written(latex: str, *, display: bool = True) -> ET.Element:
    root = ET.fromstring(omml(latex, display=display))
    assert root.tag == f"{M}oMath"
    return root


def structure(element: ET.Element) -> str:
    """An equation in short: `f(num(a)den(b))`."""
    if element.tag == f"{M}t":
        return (element.text or "").strip()
    inner = "".join(structure(child) for child in element if not child.tag.endswith("Pr"))
    name = element.tag.removeprefix(M)
    return inner if name in ("r", "oMath") else f"{name}({inner})"


def value(root: ET.Element, path: str) -> str | None:
    found = root.find(".//" + "/".join(M + part for part in path.split("/")))
    return None if found is None else found.get(f"{M}val")


@pytest.mark.parametrize(
    ("latex", "wanted"),
    [
        (r"\frac{a}{b}", "f(num(a)den(b))"),
        (r"\sqrt{x}", "rad(deg()e(x))"),
        (r"\sqrt[3]{x}", "rad(deg(3)e(x))"),
        ("x_i^2", "sSubSup(e(x)sub(i)sup(2))"),
        (r"\sum_{i=1}^n x_i + 1", "nary(sub(i=1)sup(n)e(sSub(e(x)sub(i))))+1"),
        (r"\int_0^1 f = 1", "nary(sub(0)sup(1)e(f))=1"),
        (r"\hat{a}", "acc(e(a))"),
        (r"\overline{AB}", "bar(e(AB))"),
        (r"\underbrace{a+b}_n", "limLow(e(groupChr(e(a+b)))lim(n))"),
        (r"\left( \frac12 \right)", "d(e(f(num(1)den(2))))"),
        ("f(x)^2", "fsSup(e(d(e(x)))sup(2))"),
        ("|x|", "d(e(x))"),
        ("P(A|B)", "Pd(e(A∣B))"),
        (r"\begin{pmatrix} a & b \\ c & d \end{pmatrix}", "d(e(m(mr(e(a)e(b))mr(e(c)e(d)))))"),
        (r"\begin{cases} 1 & x \\ 2 & y \end{cases}", "d(e(m(mr(e(1)e(x))mr(e(2)e(y)))))"),
        (r"\sin x", "func(fName(sin)e(x))"),
        (r"\lim_{x \to 0} f", "func(fName(limLow(e(lim)lim(x→0)))e(f))"),
        (r"{}_6^{14} C", "sPre(sub(6)sup(14)e(C))"),
        (r"\ce{H2O}", "sSub(e(H)sub(2))O"),
        (r"\boxed{x}", "borderBox(e(x))"),
        (r"\phantom{x} y", "phant(e(x))y"),
        (r"A \xrightarrow{f} B", "AlimUpp(e(⟶)lim(f))B"),
        (r"\mathbb{R}", "ℝ"),
        (r"\text{速度} = v", "速度=v"),
    ],
)
def test_it_is_made_of_words_own_parts(latex: str, wanted: str) -> None:
    assert structure(written(latex)) == wanted


def test_every_part_has_its_places() -> None:
    formulas = [written(latex) for latex in (*EXAMPLES.values(), *BROKEN.values())]
    for element in (each for formula in formulas for each in formula.iter()):
        tag = element.tag.removeprefix(M)
        if tag in PLACES:
            places = [child.tag.removeprefix(M) for child in element if not child.tag.endswith("Pr")]
            assert places == PLACES[tag]
        if tag == "m":
            assert len({len(row.findall(f"{M}e")) for row in element.findall(f"{M}mr")}) == 1


def test_no_character_is_lost() -> None:
    for name, latex in EXAMPLES.items():
        shown = Counter(_characters(ET.fromstring(typeset(latex, display=True).mathml)))
        kept = _kept(written(latex))
        for character, count in shown.items():
            instead = {ACCENTS.get(character, ""), ARROWS.get(character, ""), "∣" if character == "|" else ""}
            found = sum(kept[each] for each in {character, *instead} - {""})
            assert character in BARS or found >= count, (name, character)


def _kept(root: ET.Element) -> Counter[str]:
    kept = Counter("".join(root.itertext()))
    for element in root.iter():
        if element.tag.endswith(("chr", "Chr")):
            kept[element.get(f"{M}val") or ""] += 1
    for separated in root.iter(f"{M}d"):
        kept[value(separated, "dPr/sepChr") or ""] += len(separated.findall(f"{M}e"))
    return kept


def _characters(element: ET.Element) -> str:
    if element.tag == f"{MATHML}mphantom":
        return ""
    text = "".join(element.itertext()) if len(element) == 0 else "".join(_characters(child) for child in element)
    if "".join(text.split()) == "↽−−⇀":
        return "⇌"
    return "".join(each for each in text if not each.isspace() and not 0x2061 <= ord(each) <= 0x2064)


def test_the_limits_of_a_sum_are_beside_it_within_words() -> None:
    assert value(written(r"\sum_{i}^{n} x", display=True), "naryPr/limLoc") == "undOvr"
    assert value(written(r"\sum_{i}^{n} x", display=False), "naryPr/limLoc") == "subSup"


def test_brackets_of_one_side_only_stay_so() -> None:
    root = written(r"\left\{ x \right.")
    assert (value(root, "dPr/begChr"), value(root, "dPr/endChr")) == ("{", "")


def test_brackets_grow_only_if_they_are_to() -> None:
    assert value(written(r"(\frac12)"), "dPr/grow") == "0"
    assert value(written(r"\left(\frac12\right)"), "dPr/grow") is None


def test_fonts_are_kept() -> None:
    assert structure(written(r"\mathbf{v}")) == "𝐯"
    assert value(written(r"\mathrm{d}"), "r/rPr/nor") == "1"
    assert written("x").find(f".//{M}rPr") is None


def test_a_binomial_has_no_line() -> None:
    assert value(written(r"\binom{n}{k}"), "fPr/type") == "noBar"


def test_a_colour_is_kept() -> None:
    assert 'w:val="FF0000"' in omml(r"\textcolor{red}{x}")
    assert 'w:val="12ab34"' in omml(r"\textcolor{#12ab34}{x}")


def test_an_operator_alone_has_something_on_both_sides() -> None:
    """LibreOffice shows a question mark where an operator lacks one."""
    texts = [each.text for each in written(r"\begin{aligned} a & = b \\ & = \end{aligned}").iter(f"{M}t")]
    assert texts[1:] == ["\u200a", "=b", "\u200a", "\u200a", "=", "\u200a"]


def test_what_cannot_be_read_gives_nothing() -> None:
    assert omml("") == ""
    assert omml("x" * 100_000) == ""
