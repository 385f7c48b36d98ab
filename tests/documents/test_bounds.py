from __future__ import annotations

import pytest

from glmocr_desktop.documents.bounds import fitted


@pytest.mark.parametrize(
    ("size", "limits", "expected"),
    [
        ((1000, 2000), (2_000_000, None), (1000, 2000)),
        ((2000, 4000), (2_000_000, None), (1000, 2000)),
        ((2000, 4000), (2_000_000, 500), (250, 500)),
        ((30_000, 4), (100_000, 300), (300, 1)),
        ((1, 1), (1, 1), (1, 1)),
    ],
)
def test_proportion_is_kept(size: tuple[int, int], limits: tuple[int, int | None], expected: tuple[int, int]) -> None:
    assert fitted(*size, *limits) == expected


@pytest.mark.parametrize("size", [(100_000, 100), (1, 60_000), (60_000, 1), (777, 333), (200_000, 200_000)])
@pytest.mark.parametrize("max_pixels", [1, 50, 1_000, 99_991])
def test_never_too_large_and_never_nothing(size: tuple[int, int], max_pixels: int) -> None:
    width, height = fitted(*size, max_pixels)
    assert width >= 1
    assert height >= 1
    assert width * height <= max_pixels
