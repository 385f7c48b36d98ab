"""Finding and recognising lines of text, with models that come with rapidocr."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import numpy as np

from glmocr_desktop.recognition.offline.lines import Box, Line, Pixels, Word

_DETECTION = "PP-OCRv6_det_small.onnx"
_RECOGNITION = "PP-OCRv6_rec_small.onnx"

_TILE = 1600  # height of a tile in pixels; long pages would be shrunk beyond recognition as a whole
_OVERLAP = 120  # pixels that two tiles share, more than the height of a line
_LONG_PAGE = 1.8  # height by width from which a page is read in tiles; A4 has 1.41
_LONG_STRIP = 4.0  # width by height from which it is read in pieces
_PIECE = 2000  # width of a piece in pixels
_THINNEST = 6  # no text fits in less pixels

_CHINESE_GAP = re.compile(r"(?<=[\u2e80-\u9fff\uff00-\uffef]) +(?=[\u2e80-\u9fff\uff00-\uffef])")


class LineFinder:
    """Lines of text of an image, in no particular order.

    Settings, measured on clean, noisy and photographed pages: the line-angle classifier turns good lines upside down
    (character error rate 0.0 % without, 2 to 14 % with it); lines one by one need 40 % less memory than in batches of
    6; detection at 1280 pixels is a third faster than at full size, with the same result; dilation merges lines of
    photographed pages.

    Args:
        threads: How many processor threads are used.

    Raises:
        ImportError: A package is missing.
        FileNotFoundError: A model is missing.
    """

    def __init__(self, threads: int) -> None:
        import onnxruntime  # noqa: F401 - before other packages bring older system libraries along
        import cv2  # isort: skip
        import rapidocr

        cv2.setNumThreads(1)  # its pool would compete with that of onnxruntime
        models = Path(rapidocr.__file__).parent / "models"
        for name in (_DETECTION, _RECOGNITION):
            if not (models / name).is_file():
                raise FileNotFoundError(f"the model {name} is missing")
        self._ocr = rapidocr.RapidOCR(
            params={
                "Global.log_level": "critical",
                "Global.use_cls": False,
                "Det.model_path": str(models / _DETECTION),  # a path given is never downloaded
                "Det.limit_type": "max",
                "Det.limit_side_len": 1280,
                "Det.use_dilation": False,
                "Rec.model_path": str(models / _RECOGNITION),
                "Rec.rec_batch_num": 1,
                "EngineConfig.onnxruntime.intra_op_num_threads": threads,
                "EngineConfig.onnxruntime.inter_op_num_threads": 1,
            }
        )

    def lines(self, image: Pixels, *, words: bool = False) -> list[Line]:
        """Lines of an image of any size.

        Args:
            image: Blue, green, red.
            words: Whether to tell where the words of each line stand.
        """
        height, width = image.shape[:2]
        if min(height, width) < _THINNEST:
            return []
        if width > _PIECE and width > _LONG_STRIP * height:
            cut = _quiet_column(image)
            left, right = self._find(image[:, :cut], words=words), self.lines(image[:, cut:], words=words)
            return left + [line.moved(cut, 0) for line in right]
        tile = max(_TILE, width)
        if height < _LONG_PAGE * width or height <= tile:
            return self._find(image, words=words)
        found: list[Line] = []
        for top in range(0, height - _OVERLAP, tile - _OVERLAP):
            lines = self._find(image[top : top + tile], words=words)
            _add(found, [line.moved(0, top) for line in lines], before=top + _OVERLAP)
        return found

    def _find(self, image: Pixels, *, words: bool) -> list[Line]:
        # The argument holds for all later calls too, so it is given each time.
        result = self._ocr(np.ascontiguousarray(image), return_word_box=words)
        if result.boxes is None or result.txts is None:
            return []
        places = result.word_results if words and len(result.word_results or ()) == len(result.txts) else None
        return [
            _line(np.asarray(box, np.float64), text, float(score), places[index] if places else ())
            for index, (box, text, score) in enumerate(zip(result.boxes, result.txts, result.scores, strict=True))
        ]


def _quiet_column(image: Pixels) -> int:
    """Where to cut a strip so that it harms no word: in the second half of the first piece."""
    first = image[:, _PIECE // 2 : _PIECE].astype(np.int16)
    unrest = np.abs(np.diff(first, axis=0)).sum(axis=(0, 2)).astype(np.float64)
    smooth = np.convolve(unrest, np.ones(9), mode="same")  # the middle of a gap rather than a thin one
    return int(_PIECE // 2 + smooth[5:-5].argmin() + 5)


def _line(box: Box, raw: str, score: float, places: Any) -> Line:
    text = _CHINESE_GAP.sub("", raw.strip())
    return Line(box, text, score, _words(text, places))


def _words(text: str, places: Any) -> tuple[Word, ...]:
    """The words of a line at their places in its text; none at all when they do not fit to it."""
    words: list[Word] = []
    end = 0
    for part, _score, corners in places:
        start = text.find(part, end)
        if start < 0 or text[end:start].strip():
            return ()
        end = start + len(part)
        words.append(Word(start, end, np.asarray(corners, np.float64)))
    return tuple(words) if not text[end:].strip() else ()


def _add(found: list[Line], lines: list[Line], before: float) -> None:
    """Add the lines of a tile; of a line that two tiles found, the one that is less cut off stays."""
    shared = [line for line in found if line.box[:, 1].max() > before - _OVERLAP]
    for line in lines:
        twin = None
        if line.box[:, 1].min() < before:
            twin = next((other for other in shared if _same_place(line.box, other.box)), None)
        if twin is None:
            found.append(line)
        elif (line.height, line.score) > (twin.height, twin.score):
            found.remove(twin)
            shared.remove(twin)
            found.append(line)


def _same_place(one: Box, other: Box) -> bool:
    """Whether the smaller box lies mostly in the other."""
    low = np.maximum(one.min(axis=0), other.min(axis=0))
    high = np.minimum(one.max(axis=0), other.max(axis=0))
    shared = float(np.prod(np.maximum(high - low, 0)))
    return shared > 0.5 * min(float(np.prod(np.ptp(box, axis=0))) for box in (one, other))
