"""What of a page is read, and where that is on the page."""

from __future__ import annotations

import pytest

from glmocr_desktop.core.model import Cut, Region

_CORNER = Region(0.0, 0.0, 0.25, 0.5)


@pytest.mark.parametrize(
    ("degrees", "turned"),
    [
        (0, _CORNER),
        (90, Region(0.5, 0.0, 0.5, 0.25)),
        (180, Region(0.75, 0.5, 0.25, 0.5)),
        (270, Region(0.0, 0.75, 0.5, 0.25)),
        (-90, Region(0.0, 0.75, 0.5, 0.25)),
        (360, _CORNER),
    ],
)
def test_a_region_goes_with_the_page_when_that_is_turned(degrees: int, turned: Region) -> None:
    assert _CORNER.turned(degrees) == turned
    assert Cut(90, _CORNER).turned(degrees) == Cut((90 + degrees) % 360, turned)


def test_what_was_read_of_a_part_has_its_place_on_the_whole_page() -> None:
    part = Cut(90, Region(0.5, 0.25, 0.5, 0.5))
    line = Region(0.0, 0.5, 1.0, 0.25)
    assert part.placed(line, 90) == Region(0.5, 0.5, 0.5, 0.125)
    assert part.placed(line, 0) == Region(0.5, 0.5, 0.5, 0.125).turned(-90)
    assert Cut().placed(line, 0) == line


def test_only_a_page_as_it_is_is_whole() -> None:
    assert Cut().whole
    assert not Cut(180).whole
    assert not Cut(0, _CORNER).whole
