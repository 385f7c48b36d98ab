"""docs/json.md describes what the program prints: each field, with its type, and none other."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PIL import Image

from glmocr_desktop.cli.check import _server_object, _versions
from glmocr_desktop.core.cancel import CancelToken
from glmocr_desktop.core.settings import Settings
from glmocr_desktop.recognition.check import check_server
from tests.cli.program import Run
from tests.support.json_page import assert_described, examples
from tests.support.servers import ServerProcess

_ANSWER = """# Invoice 17

Due: $t + 30$ days

2. Paper
   - lined

<table><tr><th colspan="2">Paper</th></tr><tr><td>500</td><td>4.20</td></tr></table>

$$ 500 \\times 4.20 $$

```json
{"paid": false}
```"""


def _blocks(pages: list[dict[str, object]]) -> list[object]:
    found: list[object] = []
    for page in pages:
        blocks = page.pop("blocks")
        assert isinstance(blocks, list)
        page["blocks"] = []
        found += blocks
    return found


def test_pages_and_the_journal(run: Run, server: ServerProcess) -> None:
    Image.new("RGB", (48, 32), (0, 0, 1)).save("invoice.png")
    Image.new("RGB", (48, 32), (0, 0, 2)).save("refused.png")
    server.control(answer=_ANSWER, pages={"2": {"error": "model not loaded"}})
    paths = ("invoice.png", "refused.png", "lost.png")
    ended = run(*paths, "--json", "--no-degraded", "--journal", "run.jsonl", "-o", "results")
    pages = [json.loads(line) for line in ended.output.splitlines()]
    assert_described("Errors", [page["error"] for page in pages if page["error"]])
    assert_described("Blocks", _blocks(pages))
    assert_described("A page", pages)
    assert_described("The journal", [json.loads(line) for line in Path("run.jsonl").read_text().splitlines()])


def test_a_check(server: ServerProcess) -> None:
    """The report of a real server; offline reading is told in the same way as its reading, and would take seconds."""
    report = _server_object(check_server(server.url, Settings(server_url=server.url), CancelToken()))
    whole = {"server": report, "offline": report["reading"], "servers": [report], "versions": _versions()}
    assert_described("A check", [whole])


@pytest.mark.parametrize("title", ["The journal", "A check"])
def test_the_examples_have_what_is_described(title: str) -> None:
    assert_described(title, examples(title))


def test_the_example_of_a_page_has_what_is_described() -> None:
    """It stands with the blocks, since it shows them."""
    pages = examples("Blocks")
    assert_described("Blocks", _blocks(pages))
    assert_described("A page", pages)
