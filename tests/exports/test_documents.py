"""Exported documents as real programs open them: LibreOffice, XeLaTeX and Chromium."""

from __future__ import annotations

import re
import shutil
import socket
import subprocess
import threading
import zipfile
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest

from glmocr_desktop.core.model import Block, BlockKind, Document, Result
from glmocr_desktop.results.export import latex, web, word
from tests.results.answers import ANSWERS
from tests.results.export.pages import SPANS, formula, heading, inline_formula, items, missing_page, page, table, words
from tests.results.formulas.examples import BROKEN, EXAMPLES
from tests.support.results import done

pytestmark = pytest.mark.exports

_OFFICE, _XELATEX, _CHROMIUM, _XMLLINT = map(shutil.which, ("soffice", "xelatex", "chromium", "xmllint"))
_TIMEOUT_S = 100
_ALL = Document("all.pdf", "/all.pdf", "all.pdf")


def _everything() -> list[Result]:
    """All answers and all formulas that there are, as one document."""
    answers = [done(text, document=_ALL, number=number) for number, (text, _) in enumerate(ANSWERS.values(), 1)]
    maths = [each for latex in (*EXAMPLES.values(), *BROKEN.values()) for each in (formula(latex), _inline(latex))]
    scripts = "مرحبا (2024) English. שלום עולם Русский Ελληνικά 日本語のテキスト 한국어 Tiếng Việt 😀 ✓ ①②③ “x” ‘y’ — …"
    lists = items(*((f"entry {level}", level % 7, level % 3 or None) for level in range(30)))
    long = table(*[(str(number), "名称 " * 9, "1.50") for number in range(120)])
    wide = table(tuple(f"c{number}" for number in range(70)))
    code = Block(BlockKind.CODE, "a\n  \\end{code}\n%$#&~^_{}`[x]*")
    mixed = page(heading("H_1 %"), words(scripts, "\n[x]\n*y"), lists, SPANS, long, wide, code, document=_ALL)
    return [*answers, page(*maths, document=_ALL), mixed]


def _inline(latex: str) -> Block:
    return words("before ", inline_formula(latex), " after")


def _run(*command: str, folder: Path) -> str:
    done = subprocess.run(command, cwd=folder, capture_output=True, timeout=_TIMEOUT_S, check=False)
    return done.stdout.decode("utf-8", "replace")


@pytest.mark.skipif(_OFFICE is None, reason="LibreOffice is not installed")
def test_libreoffice_finds_the_tables_equations_and_lists(tmp_path: Path) -> None:
    maths = [r"\frac{a}{b}", r"\sqrt[3]{x}", r"\sum_{i=1}^{n} x_i", r"\begin{pmatrix} a & b \\ c & d \end{pmatrix}"]
    numbered = items(("first", 0, 1), ("second", 0, 2), ("deep", 1, None))
    results = [page(heading("Title"), *map(formula, maths), words("x ", inline_formula("y^2")), SPANS, SPANS, numbered)]
    (tmp_path / "page.docx").write_bytes(word.FORMAT.render([*results, missing_page(2)]))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    _run(str(_OFFICE), profile, "--headless", "--convert-to", "odt", "page.docx", folder=tmp_path)
    with zipfile.ZipFile(tmp_path / "page.odt") as archive:
        objects = [name for name in archive.namelist() if re.fullmatch(r"Object \d+/content\.xml", name)]
        content = archive.read("content.xml").decode()
    assert len(objects) == len(maths) + 1
    assert content.count("<table:table ") == 2
    assert content.count('table:number-rows-spanned="2"') == 2
    assert content.count("<table:table-header-rows>") == 2
    assert content.count("<text:list ") + content.count("<text:list>") >= 2
    assert "<text:h " in content
    assert "[Page 2 was not read" in content


@pytest.mark.skipif(_OFFICE is None, reason="LibreOffice is not installed")
def test_libreoffice_prints_every_answer(tmp_path: Path) -> None:
    results = _everything()
    (tmp_path / "all.docx").write_bytes(word.FORMAT.render(results))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    _run(str(_OFFICE), profile, "--headless", "--convert-to", "pdf", "all.docx", folder=tmp_path)
    pages = re.findall(rb"/Type\s*/Page\b", (tmp_path / "all.pdf").read_bytes())
    assert len(pages) >= len(results)


@pytest.mark.skipif(_XELATEX is None, reason="XeLaTeX is not installed")
def test_xelatex_compiles_every_answer_without_an_error(tmp_path: Path) -> None:
    (tmp_path / "all.tex").write_bytes(latex.FORMAT.render(_everything()))
    _run(str(_XELATEX), "-interaction=nonstopmode", "-no-shell-escape", "all.tex", folder=tmp_path)
    log = (tmp_path / "all.log").read_text("utf-8", "replace")
    errors = re.findall(r"(?m)^! .*(?:\n.*){4}", log)
    assert errors == []
    assert "Output written on all.pdf" in log
    assert (tmp_path / "all.pdf").stat().st_size > 100_000


@pytest.mark.skipif(_XELATEX is None, reason="XeLaTeX is not installed")
def test_xelatex_compiles_where_no_font_and_no_other_package_is(tmp_path: Path) -> None:
    """As on a small installation: what is asked for by name is not found."""
    missing = re.compile(r"(\\IfFontExistsTF|\\IfFileExists)\{([^{}]*)\}")
    source = latex.FORMAT.render([page(words("x 中文 שלום α"), formula(r"\cancel{x} \ce{H2O}"), SPANS)]).decode()
    without = missing.sub(lambda found: f"{found[1]}{{no-{found[2]}}}", source)
    assert without.count("{no-") > 3
    (tmp_path / "small.tex").write_text(without, "utf-8")
    _run(str(_XELATEX), "-interaction=nonstopmode", "-no-shell-escape", "small.tex", folder=tmp_path)
    log = (tmp_path / "small.log").read_text("utf-8", "replace")
    assert re.findall(r"(?m)^! .*(?:\n.*){4}", log) == []
    assert "Output written on small.pdf" in log


@pytest.fixture
def callers() -> Iterator[tuple[str, list[bytes]]]:
    """An address that nobody may ask for anything, and who did."""
    asked: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as server:

        def listen() -> None:
            while True:
                try:
                    connection, _ = server.accept()
                except OSError:
                    return
                with connection:
                    asked.append(connection.recv(200))

        thread = threading.Thread(target=listen, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}", asked
        server.shutdown(socket.SHUT_RDWR)
        thread.join(5)


@pytest.mark.skipif(_CHROMIUM is None, reason="Chromium is not installed")
def test_chromium_runs_nothing_and_asks_nobody(tmp_path: Path, callers: tuple[str, list[bytes]]) -> None:
    address, asked = callers
    attacks = (
        f"<script>document.title='run'</script><img src='{address}/a' onerror=\"document.title='run'\">",
        f"![x]({address}/b) <iframe src='{address}/c'></iframe> <link rel=stylesheet href='{address}/d'>",
        f'<table><tr><td style="background:url({address}/e)"><img src={address}/f></td></tr></table>',
        f"$$\\href{{javascript:document.title='run'}}{{x}} \\style{{background:url({address}/g)}}{{y}}$$",
        f"<style>@import '{address}/h';</style><meta http-equiv=refresh content='0;url={address}/i'>",
    )
    results = [done(text, document=_ALL, number=number) for number, text in enumerate(attacks, 1)]
    (tmp_path / "page.html").write_bytes(web.FORMAT.render(results))
    shown = _chromium(tmp_path, "page.html")
    assert "<title>all.pdf</title>" in shown
    assert "Page 5" in shown
    assert asked == []
    # The address can be reached: a page without protection asks for it.
    (tmp_path / "open.html").write_text(f"<img src='{address}/control'>", "utf-8")
    _chromium(tmp_path, "open.html")
    assert [each.split()[1] for each in asked[:1]] == [b"/control"]


def _chromium(folder: Path, name: str) -> str:
    profile = f"--user-data-dir={folder / 'profile'}"
    options = ("--headless", "--no-sandbox", "--disable-gpu", profile, "--virtual-time-budget=2000", "--dump-dom")
    return _run(str(_CHROMIUM), *options, (folder / name).as_uri(), folder=folder)


@pytest.mark.skipif(_XMLLINT is None, reason="xmllint is not installed")
def test_all_formulas_of_a_page_are_well_formed(tmp_path: Path) -> None:
    source = web.FORMAT.render([page(*map(formula, EXAMPLES.values()))]).decode()
    maths = re.findall(r"(?s)<math.*?</math>", source)
    (tmp_path / "all.xml").write_text(f"<all>{''.join(maths)}</all>", "utf-8")
    checked = subprocess.run(
        [str(_XMLLINT), "--noout", "--nonet", "all.xml"],
        cwd=tmp_path,
        capture_output=True,
        timeout=_TIMEOUT_S,
        check=False,
    )
    assert (checked.returncode, checked.stderr) == (0, b"")
    assert len(ElementTree.parse(tmp_path / "all.xml").getroot()) > 0.9 * len(EXAMPLES)
