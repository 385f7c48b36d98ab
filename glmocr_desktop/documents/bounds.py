"""How large a picture may be."""

from __future__ import annotations

import math


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
