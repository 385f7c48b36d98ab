"""The images whose content is known, and which answers count as having read them."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pytest
from PIL import Image

from glmocr_desktop.core.cancel import CancelToken
from glmocr_desktop.core.errors import (
    JobCancelled,
    JobTimeout,
    OcrError,
    RecognitionError,
    ServerBusy,
    ServerUnavailable,
)
from glmocr_desktop.core.model import Mode
from glmocr_desktop.recognition.canary import CANARIES, Canary, CanaryReport, CanaryResult, read_canaries
from glmocr_desktop.recognition.offline import OfflineEngine
from tests.support.growth import TIMES, assert_grows_with_length

SAYS = "The harbour office opens at 7:45.\nPlease bring form 3082\nand two small photographs."
BY_MODE = {canary.mode: canary for canary in CANARIES}
NO_MODE = RecognitionError("server_no_mode", mode="table")
REFUSED = RecognitionError("server_refused", detail="model not loaded")


@pytest.fixture(scope="module")
def offline() -> Iterator[OfflineEngine]:
    engine = OfflineEngine()
    yield engine
    engine.close()


def report_of(*ends: str | OcrError) -> CanaryReport:
    """What comes of a server whose readings end like this, in the order of the canaries."""
    left = iter(ends)

    def read(_png: bytes, _mode: Mode) -> str:
        end = next(left)
        if isinstance(end, OcrError):
            raise end
        return end

    return read_canaries(read, CancelToken())


def test_there_is_one_for_each_mode() -> None:
    """Small, so that a check costs a server next to nothing."""
    assert [canary.mode for canary in CANARIES] == list(Mode)
    for canary in CANARIES:
        with Image.open(io.BytesIO(canary.png())) as image:
            assert (image.format, image.mode, image.size) == ("PNG", "RGB", (400, 136))


@pytest.mark.parametrize("canary", CANARIES, ids=[canary.mode for canary in CANARIES])
def test_what_they_say_is_read(canary: Canary) -> None:
    """And what another one says is not."""
    assert canary.is_read(canary.known)
    assert not any(canary.is_read(other.known) for other in CANARIES if other is not canary)
    assert not canary.is_read("")


@pytest.mark.parametrize("mode", [Mode.TEXT, Mode.TABLE])
def test_the_offline_engine_reads_them(offline: OfflineEngine, mode: Mode) -> None:
    """So they are clear; a server that does not read them has no excuse."""
    with Image.open(io.BytesIO(BY_MODE[mode].png())) as image:
        text = offline.read(image.convert("RGB"), mode, CancelToken()).text
    assert BY_MODE[mode].is_read(text), text


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("The harbour office opens at 7:45. Please bring form 3082 and two small photographs.", True),
        ("The harbour office opens at 7:45.\n\nPlease bring form 3082 and\ntwo small photographs", True),
        ("The harbor office open at 7.45\nPlease bring form 3082\nand two small photographs.", True),
        ("```markdown\n# " + SAYS.replace("7:45", "**7:45**") + "\n```", True),
        ("<p>The harbour office opens at 7:45.<br>Please bring form 3082<br>and two small photographs.</p>", True),
        (f"Here is the text:\n{SAYS}", True),
        ("The harbour office opens at 7:45.", False),
        ("Text Recognition:", False),
        ("Lorem ipsum dolor sit amet, consectetur adipiscing elit, sed do eiusmod tempor incididunt", False),
        (f"{SAYS}\n" * 5, False),
        ("[ERROR] CUDA out of memory", False),
        ("e" * 1_000_000, False),
    ],
)
def test_text(text: str, read: bool) -> None:
    """Nine characters in ten, however they are broken into lines or marked; not a part, and not much else."""
    assert BY_MODE[Mode.TEXT].is_read(text) is read


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("| Fruit | Boxes | Price |\n|---|:-:|--:|\n| Apples | 24 | 18.50 |\n| Plums | 7 | 6.25 |", True),
        ("Fruit | Boxes | Price\n--- | --- | ---\nApples | 24 | 18.50\nPlums | 7 | 6.25", True),
        (
            '```html\n<table class="table table-bordered">'
            "<thead><tr><th>Fruit</th><th>Boxes</th><th>Price</th></tr></thead>"
            "<tbody><tr><td>Apples</td><td>24</td><td>18.50</td></tr>\n"
            "<tr><td>Plums</td><td>7</td><td>6.25</td></tr></tbody></table>\n```",
            True,
        ),
        ("| Fruit | Boxes | Price |\n|---|---|---|\n| Apples | 24 | 18,50 |\n| Plums | 7 | 6.25 |", True),
        ("| Fruit | Boxes | Price |\n|---|---|---|\n| Apples | 24 | 18.50 |", False),
        ("| Fruit | Apples | Plums |\n|---|---|---|\n| Boxes | 24 | 7 |\n| Price | 18.50 | 6.25 |", False),
        ("Fruit Boxes Price\nApples 24 18.50\nPlums 7 6.25", False),
        ("<table><tr><td>1</td></tr></table>", False),
        ("Table Recognition:", False),
    ],
)
def test_table(text: str, read: bool) -> None:
    """The cells in their order, in HTML or in Markdown; the same words in another order are another table."""
    assert BY_MODE[Mode.TABLE].is_read(text) is read


@pytest.mark.parametrize(
    ("text", "read"),
    [
        (r"$$ W = \frac {3 m v ^ {2}}{2} + \sqrt {k + 7} $$", True),
        (r"\[W=\frac{3mv^2}2+\sqrt{k+7}\]", True),
        (r"\( W = \dfrac{3 \cdot m \cdot v^2}{2} + \sqrt{{k}+{7}} \).", True),
        ("```latex\n\\begin{equation*}\nW = \\tfrac{3*mv^2}{2} \\, + \\; \\sqrt{k + 7}\n\\end{equation*}\n```", True),
        (r"W = \frac{3mv^{2}}{2} + \sqrt{\left. k + 7 \right.}", True),
        (r"{W} = {\frac{3 \mathrm{m} v^{{2}}}{2}} + \sqrt{k + 7}", True),
        (r"$\displaystyle W = \frac{3 \times m v^2}{2} + \sqrt{k+7}$", True),
        (r"\left( W \right) = \frac{3 m v^2}{2} + \sqrt{k + 7}", False),
        (r"W = \frac{3 m v^{2}}{2} + \sqrt{k} + 7", False),
        (r"W = \frac{3 m v_2}{2} + \sqrt{k + 7}", False),
        (r"W = \frac{3 m v^{2}}{2}", False),
        (r"W = 3 m v^{2}/2 + \sqrt{k + 7}", False),
        ("Formula Recognition:", False),
        ("}" * 50 + "{" * 200, False),
        ("{" * 1_000_000, False),
    ],
)
def test_formula(text: str, read: bool) -> None:
    """Another way of writing the same formula is right; a sign that changes what it means is not."""
    assert BY_MODE[Mode.FORMULA].is_read(text) is read


@pytest.mark.parametrize("unit", ["The ", "|", "<td>", "{\\frac", "```\n", "<", "\\|a"])
def test_hostile_answers_take_time_by_their_length_only(unit: str) -> None:
    """A hundred thousand characters of whatever are no reason to wait."""

    def look(text: str) -> None:
        assert not any(canary.is_read(text) for canary in CANARIES)

    short, long = (unit * (length // len(unit)) for length in (12_000, 12_000 * TIMES))
    assert_grows_with_length(look, short, long)


def test_a_report_counts() -> None:
    """A mode that the server does not have is skipped; the time is the median of those that were read."""
    report = report_of(CANARIES[0].known, "no table at all", RecognitionError("server_no_mode", mode="formula"))
    assert [(each.mode, each.reads, each.skipped) for each in report.results] == [
        (Mode.TEXT, True, False),
        (Mode.TABLE, False, False),
        (Mode.FORMULA, False, True),
    ]
    assert (report.read, report.asked, report.reads_nothing) == (1, 2, False)
    assert report.elapsed_s == report.results[0].elapsed_s
    assert report.results[1].error is None
    assert report.results[2].error is not None


def test_the_median_is_of_those_that_were_read() -> None:
    results = [
        CanaryResult(Mode.TEXT, True, 1),
        CanaryResult(Mode.TABLE, True, 4),
        CanaryResult(Mode.FORMULA, False, 90),
    ]
    assert CanaryReport(tuple(results)).elapsed_s == 2.5
    assert CanaryReport(tuple(results[2:])).elapsed_s is None


@pytest.mark.parametrize(
    ("ends", "reads_nothing"),
    [
        (["x", "x", "x"], True),
        ([REFUSED, REFUSED, REFUSED], True),
        ([ServerBusy("rung_timeout", server="here", limit_s=10), "x", "x"], True),
        (["x", NO_MODE, NO_MODE], True),
        ([NO_MODE] * 3, False),
        ([ServerUnavailable("server_not_answering", server="here")] * 3, False),
        ([ServerBusy("server_busy", server="here")] * 3, False),
        ([JobTimeout("timeout_total", limit_s=5)] * 3, False),
        ([ServerUnavailable("server_broken", server="here", detail="HTTP 502"), "x", "x"], False),
        ([CANARIES[0].known, REFUSED, "x"], False),
    ],
)
def test_when_it_reads_nothing(ends: list[str | OcrError], reads_nothing: bool) -> None:
    """Only what it did read, or refused to, tells; a full queue or a broken line says nothing of reading."""
    report = report_of(*ends)
    assert report.reads_nothing is reads_nothing


def test_the_time_is_up() -> None:
    """The canaries that are left are not asked for."""
    now_s, asked = 0.0, []

    def read(_png: bytes, mode: Mode) -> str:
        nonlocal now_s
        asked.append(mode)
        now_s += 60
        return BY_MODE[mode].known

    token = CancelToken(lambda: now_s)
    token.start(30)
    report = read_canaries(read, token)
    assert asked == [Mode.TEXT]
    assert [each.error and each.error.kind for each in report.results] == [None, "timeout_total", "timeout_total"]
    assert (report.read, report.asked) == (1, 3)


def test_a_cancel_ends_it() -> None:
    token = CancelToken()

    def read(_png: bytes, _mode: Mode) -> str:
        token.cancel()
        return ""

    with pytest.raises(JobCancelled):
        read_canaries(read, token)
