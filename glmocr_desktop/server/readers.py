"""Who reads behind the server: the offline engine, or the GLM-OCR model itself."""

from __future__ import annotations

import re
import threading
from typing import Any, Protocol

from glmocr_desktop.core.cancel import CancelToken
from glmocr_desktop.core.errors import OfflineUnavailable, ServeError
from glmocr_desktop.core.model import Document, Mode, Page
from glmocr_desktop.documents import load_page
from glmocr_desktop.recognition.offline import OfflineEngine

_MODES = (
    (Mode.TABLE, re.compile(r"table|表格", re.IGNORECASE)),
    (Mode.FORMULA, re.compile(r"formula|公式", re.IGNORECASE)),
)
_MAX_NEW_TOKENS = 8192
_READ_S = 600.0


class Reader(Protocol):
    """Reads one image."""

    def read(self, image_path: str, prompt: str) -> str:
        """The text of an image.

        Raises:
            OcrError: It cannot be read.

        Thread: any.
        """

    def close(self) -> None:
        """Free what it holds."""


class OfflineReader:
    """Reads by the offline engine; the prompt decides between text and table."""

    def __init__(self) -> None:
        self._engine = OfflineEngine()

    def read(self, image_path: str, prompt: str) -> str:
        """The text of an image; tables as HTML."""
        mode = mode_of(prompt)
        if mode is Mode.FORMULA:
            raise OfflineUnavailable("reader_formula")
        token = CancelToken()
        token.start(_READ_S)
        return self._engine.read(load_page(_page(image_path), token), mode, token).text

    def close(self) -> None:
        """End the child process."""
        self._engine.close()


class GlmOcrReader:
    """Reads by the GLM-OCR model through transformers, on the best device that torch finds.

    Args:
        model: Name on the model hub, or a folder with the weights.

    Raises:
        ServeError: The packages or the weights are not there.

    Source: the model's card, zai-org/GLM-OCR.
    """

    def __init__(self, model: str) -> None:
        try:
            import torch
            from transformers import AutoModelForImageTextToText, AutoProcessor
        except ImportError as error:
            raise ServeError("model_not_installed", detail=str(error)) from error
        try:
            self._processor: Any = AutoProcessor.from_pretrained(model)
            self._model: Any = AutoModelForImageTextToText.from_pretrained(model, dtype="auto", device_map="auto")
        except (OSError, ValueError, ImportError) as error:
            detail = (str(error).strip().splitlines() or [type(error).__name__])[0]
            raise ServeError("model_not_found", name=model, detail=detail) from error
        self._torch = torch
        self._lock = threading.Lock()  # one generation at a time: two share the memory, not the speed

    def read(self, image_path: str, prompt: str) -> str:
        """The model's answer."""
        token = CancelToken()
        image = load_page(_page(image_path), token)
        content = [{"type": "image", "image": image}, {"type": "text", "text": prompt}]
        with self._lock, self._torch.inference_mode():
            inputs = self._processor.apply_chat_template(
                [{"role": "user", "content": content}],
                tokenize=True,
                add_generation_prompt=True,
                return_dict=True,
                return_tensors="pt",
            ).to(self._model.device)
            inputs.pop("token_type_ids", None)
            generated = self._model.generate(**inputs, max_new_tokens=_MAX_NEW_TOKENS, do_sample=False)
            answer = generated[0][inputs["input_ids"].shape[1] :]
        return str(self._processor.decode(answer, skip_special_tokens=True)).strip()

    def close(self) -> None:
        """Let go of the model."""
        self._model = None


def mode_of(prompt: str) -> Mode:
    """The mode that a prompt asks for."""
    return next((mode for mode, words in _MODES if words.search(prompt)), Mode.TEXT)


def _page(image_path: str) -> Page:
    return Page(Document(path=image_path, file=image_path, name="image"))
