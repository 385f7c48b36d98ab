"""The files that come with the program are where it looks for them."""

from __future__ import annotations

import json

from PIL import Image

from glmocr_desktop.core.resources import resource_path
from glmocr_desktop.documents import open_document


def test_a_missing_resource_has_a_path_too() -> None:
    path = resource_path("samples/none such")
    assert path.is_absolute()
    assert not path.exists()


def test_icons_are_there() -> None:
    assert (resource_path("icons") / "app.svg").read_bytes().lstrip().startswith(b"<")


def test_every_sample_with_known_text_opens() -> None:
    """The known text has as many pages as the file."""
    samples = resource_path("samples")
    known = json.loads((samples / "known-text.json").read_text(encoding="utf-8"))
    assert "letter.png" in known
    for name, facts in known.items():
        pages = open_document(str(samples / name))
        assert [page.number for page in pages] == list(range(1, len(pages) + 1)), name
        if "pages" in facts:
            assert len(facts["pages"]) == len(pages), name


def test_the_page_for_checks_is_of_a_size_that_servers_take() -> None:
    with Image.open(resource_path("samples") / "letter.png") as image:
        assert image.width * image.height <= 20_000_000
