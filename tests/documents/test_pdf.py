from __future__ import annotations

import io
import random
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from glmocr_desktop.core.cancel import CancelToken
from glmocr_desktop.core.errors import InputError, JobCancelled, JobTimeout
from glmocr_desktop.documents import MAX_PIXELS, load_page, open_document, thumbnail
from tests.documents.pdf_files import BLACK_SQUARE, pages_pdf, pdf, stream

if TYPE_CHECKING:
    from pathlib import Path

    from glmocr_desktop.core.model import Page


def written(path: Path, content: bytes) -> list[Page]:
    path.write_bytes(content)
    return open_document(str(path))


@pytest.fixture
def heavy(tmp_path: Path) -> Page:
    """A page that takes many seconds to draw."""
    dice = random.Random(1)
    strokes = (
        b"%d %d m %d %d l S" % (dice.randrange(595), dice.randrange(842), dice.randrange(595), dice.randrange(842))
        for _ in range(60_000)
    )
    (page,) = written(tmp_path / "heavy.pdf", pages_pdf(b"\n".join(strokes)))
    return page


def test_page_is_drawn_on_white_at_200_dpi(tmp_path: Path) -> None:
    (page,) = written(tmp_path / "x.pdf", pages_pdf(BLACK_SQUARE))
    image = load_page(page, CancelToken())
    assert (image.mode, image.size) == ("RGB", (1653, 2339))
    assert image.getpixel((5, 5)) == (255, 255, 255)
    assert image.getpixel((417, 533)) == (0, 0, 0)  # 150 pt from the left, 192 pt from the top


def test_colours_are_not_swapped(tmp_path: Path) -> None:
    (page,) = written(tmp_path / "x.pdf", pages_pdf(b"1 0 0 rg 0 0 595 842 re f"))
    assert load_page(page, CancelToken()).getpixel((100, 100)) == (255, 0, 0)


def test_turned_page_is_upright(tmp_path: Path) -> None:
    (page,) = written(tmp_path / "x.pdf", pages_pdf(BLACK_SQUARE, more=b"/Rotate 90"))
    image = load_page(page, CancelToken(), 1_000_000)
    assert image.width > image.height


def test_values_of_form_fields_are_drawn(tmp_path: Path) -> None:
    field = (
        b"<</Type/Annot/Subtype/Widget/FT/Tx/T(name)/V(Ada)/Rect[100 600 300 700]/P 3 0 R/F 4"
        b"/DA(/Helv 40 Tf 0 g)/AP<</N 6 0 R>>>>"
    )
    objects = [
        b"<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[5 0 R]/DA(/Helv 0 Tf 0 g)>>>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Annots[5 0 R]>>",
        stream(b""),
        field,
        stream(b"0 g 0 0 200 100 re f", b"/Type/XObject/Subtype/Form/BBox[0 0 200 100]"),
    ]
    (page,) = written(tmp_path / "x.pdf", pdf(objects))
    assert load_page(page, CancelToken(), 500_000).getextrema()[0] == (0, 255)


@pytest.mark.parametrize("box", [b"0 0 14400 14400", b"0 0 200000 200000", b"0 0 200000 10", b"0 0 1 1", b"0 0 0 0"])
def test_size_is_settled_before_drawing(tmp_path: Path, box: bytes) -> None:
    (page,) = written(tmp_path / "x.pdf", pages_pdf(BLACK_SQUARE, box=box))
    image = load_page(page, CancelToken())
    assert image.width * image.height <= MAX_PIXELS
    assert max(image.size) <= 32_767
    assert min(image.size) >= 1


def test_smaller_budget_draws_smaller(tmp_path: Path) -> None:
    (page,) = written(tmp_path / "x.pdf", pages_pdf(BLACK_SQUARE))
    image = load_page(page, CancelToken(), 2_200_000)
    assert 2_190_000 < image.width * image.height <= 2_200_000


def test_scanned_page(tmp_path: Path) -> None:
    shades = Image.linear_gradient("L")
    shades.save(tmp_path / "x.pdf")
    (page,) = open_document(str(tmp_path / "x.pdf"))
    low, high = load_page(page, CancelToken()).convert("L").getextrema()
    assert low == pytest.approx(0, abs=5)
    assert high == pytest.approx(255, abs=5)


def test_page_that_cannot_be_found_is_damaged(tmp_path: Path) -> None:
    """The tree has three pages, and the second one leads nowhere; the others are still read."""
    content = pages_pdf(BLACK_SQUARE, BLACK_SQUARE, BLACK_SQUARE, kids=b"3 0 R 99 0 R 7 0 R")
    first, second, third = written(tmp_path / "x.pdf", content)
    for page in (first, third):
        assert load_page(page, CancelToken(), 10_000).getextrema()[0] == (0, 255)
    with pytest.raises(InputError) as caught:
        load_page(second, CancelToken())
    assert caught.value.kind == "damaged"


def test_replaced_or_vanished_file_is_noticed(tmp_path: Path) -> None:
    path = tmp_path / "x.pdf"
    first, second = written(path, pages_pdf(BLACK_SQUARE, BLACK_SQUARE))
    assert load_page(first, CancelToken(), 10_000).getextrema()[0] == (0, 255)
    path.write_bytes(pages_pdf(b"1 0 0 rg 0 0 595 842 re f"))
    assert load_page(first, CancelToken(), 10_000).getpixel((9, 9)) == (255, 0, 0)
    with pytest.raises(InputError) as caught:
        load_page(second, CancelToken())
    assert caught.value.kind == "page_range"
    path.unlink()
    with pytest.raises(InputError) as caught:
        load_page(first, CancelToken())
    assert caught.value.kind == "not_found"


class TestEnding:
    def test_deadline_frees_the_caller_and_the_next_page(self, heavy: Page, tmp_path: Path) -> None:
        (light,) = written(tmp_path / "light.pdf", pages_pdf(BLACK_SQUARE))
        token = CancelToken()
        token.start(timeout_s=0.3)
        with pytest.raises(JobTimeout):
            load_page(heavy, token)
        assert load_page(light, CancelToken(), 10_000).getextrema()[0] == (0, 255)

    def test_cancel_while_drawing_and_while_waiting(self, heavy: Page) -> None:
        tokens = [CancelToken() for _ in range(3)]
        with ThreadPoolExecutor(3) as pool:
            jobs = [pool.submit(load_page, heavy, token) for token in tokens]
            timer = threading.Timer(0.3, lambda: [token.cancel() for token in tokens])
            timer.start()
            for job in jobs:
                with pytest.raises(JobCancelled):
                    job.result(timeout=60)
            timer.join()

    def test_light_page_is_not_kept_waiting_by_a_heavy_one(self, heavy: Page, tmp_path: Path) -> None:
        (light,) = written(tmp_path / "light.pdf", pages_pdf(BLACK_SQUARE))
        token = CancelToken()
        with ThreadPoolExecutor(1) as pool:
            job = pool.submit(load_page, heavy, token)
            for _ in range(3):
                load_page(light, CancelToken(), 10_000)
            assert not job.done()
            token.cancel()
            with pytest.raises(JobCancelled):
                job.result(timeout=60)

    def test_thumbnail_shows_what_was_drawn_in_time(self, heavy: Page) -> None:
        image = Image.open(io.BytesIO(thumbnail(heavy, 128)))
        low, _ = image.convert("L").getextrema()
        assert isinstance(low, int | float)
        assert low < 128


def test_threads_do_not_meet_in_pdfium(tmp_path: Path) -> None:
    pages = written(tmp_path / "x.pdf", pages_pdf(*[BLACK_SQUARE] * 40))
    with ThreadPoolExecutor(6) as pool:
        images = list(pool.map(lambda page: load_page(page, CancelToken(), 40_000), pages))
    assert len({image.tobytes() for image in images}) == 1


def test_program_ends_quietly_after_a_cancelled_page(heavy: Page) -> None:
    """Whatever PDFium holds is given back before it is shut down."""
    code = (
        "import sys\n"
        "from glmocr_desktop.core.cancel import CancelToken\n"
        "from glmocr_desktop.core.errors import JobTimeout\n"
        "from glmocr_desktop.documents import load_page, open_document\n"
        "token = CancelToken(); token.start(0.5)\n"
        "try:\n    load_page(open_document(sys.argv[1])[0], token)\n"
        "except JobTimeout:\n    print('timeout')\n"
    )
    done = subprocess.run([sys.executable, "-c", code, heavy.document.file], capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stdout, done.stderr) == (0, "timeout\n", "")
