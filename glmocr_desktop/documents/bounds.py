"""How large a picture may be, and which of its pixels a region is."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from glmocr_desktop.core.model import Region

_HALF = 0.5  # where a region ends between two pixels, the nearer one counts


def fitted(width: int, height: int, max_pixels: int, max_side: int | None = None) -> tuple[int, int]:
    """Size of a picture after scaling it down, in proportion, into its limits.

    Args:
        width: Pixels.
        height: Pixels.
        max_pixels: Limit of width × height.
        max_side: Limit of the longer side, in pixels; None for no limit.

    Returns:
        Width and height, each at least 1; unchanged when they are within the limits.
    """
    scale = min(1.0, math.sqrt(max_pixels / (width * height)))
    if max_side is not None:
        scale = min(scale, max_side / max(width, height))
    if scale == 1.0:
        return width, height
    # A side that cannot shrink below one pixel leaves less room for the other one.
    short_px = max(1, math.floor(min(width, height) * scale))
    long_px = max(1, min(math.floor(max(width, height) * scale), max_pixels // short_px))
    return (short_px, long_px) if width <= height else (long_px, short_px)


def pixels_of(region: Region, width: int, height: int) -> tuple[int, int, int, int]:
    """The pixels of a region, at least one: left, top, and what is right and below of the last ones.

    Args:
        region: A part of the picture, wherever it ends.
        width: Of the picture.
        height: Of the picture.
    """
    left = min(max(0, math.floor(region.left * width + _HALF)), width - 1)
    top = min(max(0, math.floor(region.top * height + _HALF)), height - 1)
    right = math.floor((region.left + region.width) * width + _HALF)
    bottom = math.floor((region.top + region.height) * height + _HALF)
    return left, top, min(max(left + 1, right), width), min(max(top + 1, bottom), height)
