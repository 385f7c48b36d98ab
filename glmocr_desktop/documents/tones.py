"""Any kind of pixel as grey or RGB on white, without losing what is written there."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PIL import Image, ImageChops

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

# White of the usual depths: fractions, then 8, 10, 12, 14 and 16 bits.
_WHITES = (1, 255, 1023, 4095, 16383, 65535)
# Contrast below this share of white is not stretched to the full: the grain of a blank page must not become
# something to read.
_LEAST_CONTRAST = 0.25
_SAMPLES = 1_000_000
_WHITE_IS_ZERO = 0
_PHOTOMETRIC_TAG = 262
_PALE = 200


def flattened(image: Image.Image) -> Image.Image:
    """A decoded image as ``L`` or ``RGB``."""
    if image.mode in ("I", "F") or image.mode.startswith("I;16"):
        return _from_deep(image)
    if image.has_transparency_data:
        return _on_white(image.convert("RGBA"))
    if image.mode in ("L", "RGB"):
        return image
    # Grey values of a palette are seldom all that it holds, so only true black and white stays narrow.
    return image.convert("L" if image.mode == "1" else "RGB")


def _on_white(image: Image.Image) -> Image.Image:
    """The image on a white ground; on black if it is white writing, which would vanish."""
    alpha = image.getchannel("A")
    if alpha.getextrema() == (255, 255):
        return image.convert("RGB")
    flat = Image.new("RGB", image.size, "white")
    flat.paste(image, mask=alpha)
    darkest, _ = _levels(flat.convert("L"))
    if darkest < _PALE:
        return flat
    visible = ImageChops.multiply(image.convert("L"), alpha)
    _, brightest = _levels(visible)
    if brightest < _PALE:
        return flat
    dark = Image.new("RGB", image.size, "black")
    dark.paste(image, mask=alpha)
    return dark


def _levels(grey: Image.Image) -> tuple[float, float]:
    """The darkest and the brightest pixel of a grey image."""
    return cast("tuple[float, float]", grey.getextrema())


def _from_deep(image: Image.Image) -> Image.Image:
    """Whole numbers of 16 or 32 bits, or fractions, as grey; Pillow itself would cut them off at 255.

    The contrast is stretched, but not beyond what a page with something on it has.
    """
    import numpy as np

    values = np.asarray(image).astype(np.float32)
    np.nan_to_num(values, copy=False, nan=0.0, posinf=0.0, neginf=0.0)
    low, white = _range(values)
    values -= low
    values *= 255 / (white - low)
    np.clip(values, 0, 255, out=values)
    grey = Image.fromarray(values.astype(np.uint8))
    tags = getattr(image, "tag_v2", {})
    inverted = image.mode.startswith("I;16") and tags.get(_PHOTOMETRIC_TAG) == _WHITE_IS_ZERO
    return ImageChops.invert(grey) if inverted else grey


def _range(values: NDArray[np.float32]) -> tuple[float, float]:
    """What should become black, and what white. A few stray pixels do not count."""
    import numpy as np

    sample = values.ravel()[:: max(1, values.size // _SAMPLES)]
    low, high = (float(each) for each in np.percentile(sample, (0.1, 99.9)))
    full = next((white for white in _WHITES if low >= 0 and high <= white), high - low)
    return min(low, high - full * _LEAST_CONTRAST), max(high, low + 1e-6)
