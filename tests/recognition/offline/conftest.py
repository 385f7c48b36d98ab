"""One offline engine for all tests that only read: starting one takes a second."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from glmocr_desktop.recognition.offline import OfflineEngine


@pytest.fixture(scope="session")
def engine() -> Iterator[OfflineEngine]:
    engine = OfflineEngine(threads=2)
    yield engine
    engine.close()
