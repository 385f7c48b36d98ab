"""Results as JSON: a public contract that may grow but not change."""

from __future__ import annotations

import json
import re
from dataclasses import astuple
from typing import Any

from glmocr_desktop.core.model import Attempt, Block, BlockKind, Cell, Failure, Item, Mode, Result, Span
from glmocr_desktop.results.inline import plain

_UNSEEN = re.compile(r"[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")  # they can only be inside strings


def page_object(result: Result) -> dict[str, Any]:
    """One page as a JSON object."""
    page = result.job.page
    return {
        "document": page.document.path,
        "page": page.number,
        "turn": page.cut.turn,
        "region": page.cut.region and list(astuple(page.cut.region)),
        "mode": result.job.mode.value,
        "prompt": result.job.own_prompt and result.job.own_prompt.name,
        "state": result.state.value,
        "engine": result.engine and result.engine.value,
        "server": result.server,
        "rung": result.rung and result.rung.value,
        "attempts": [_attempt(each) for each in result.attempts],
        "elapsed_s": round(result.elapsed_s, 3),
        "text": result.text,
        "blocks": [_block(each) for each in result.blocks],
        "warnings": list(result.warnings),
        "error": _failure(result.error),
        "received": result.received,
        "spans": [_span(each) for each in result.spans],
    }


def unopened_object(path: str, mode: Mode, failure: Failure) -> dict[str, Any]:
    """A document that could not be opened, as a JSON object."""
    return {
        "document": path,
        "page": None,
        "turn": 0,
        "region": None,
        "mode": mode.value,
        "prompt": None,
        "state": "failed",
        "engine": None,
        "server": None,
        "rung": None,
        "attempts": [],
        "elapsed_s": 0.0,
        "text": "",
        "blocks": [],
        "warnings": [],
        "error": _failure(failure),
        "received": None,
        "spans": [],
    }


def json_text(value: object, *, indent: int | None = None) -> str:
    """JSON that can always be encoded and printed.

    A byte of a file name that is no UTF-8, and a sign that a terminal may obey, become escapes, which JSON allows.
    """
    text = json.dumps(value, ensure_ascii=False, indent=indent).encode("utf-8", "backslashreplace").decode()
    return _UNSEEN.sub(lambda sign: f"\\u{ord(sign[0]):04x}", text)


def _attempt(attempt: Attempt) -> dict[str, Any]:
    return {
        "rung": attempt.rung.value,
        "engine": attempt.engine.value,
        "server": attempt.server,
        "elapsed_s": round(attempt.elapsed_s, 3),
        "error": _failure(attempt.error),
    }


def _span(span: Span) -> dict[str, Any]:
    return {
        "phase": span.phase.value,
        "rung": span.rung.value,
        "server": span.server,
        "began_s": round(span.began_s, 3),
        "elapsed_s": round(span.elapsed_s, 3),
    }


def _block(block: Block) -> dict[str, Any]:
    value: dict[str, Any] = {"kind": block.kind.value}
    match block.kind:
        case BlockKind.TABLE:
            return value | {"rows": [[_cell(cell) for cell in row] for row in block.rows]}
        case BlockKind.HEADING:
            more: dict[str, Any] = {"level": block.level}
        case BlockKind.LIST:
            more = {"items": [_item(item) for item in block.items]}
        case BlockKind.CODE:
            more = {"language": block.language}
        case BlockKind.FORMULA:
            more = {"received": block.received or block.text}
        case _:
            more = {}
    return value | {"text": block.text} | more


def _cell(cell: Cell) -> dict[str, Any]:
    return {"text": cell.text, "row_span": cell.row_span, "col_span": cell.col_span, "header": cell.header}


def _item(item: Item) -> dict[str, Any]:
    return {"text": plain(item.runs), "level": item.level, "number": item.number}


def _failure(failure: Failure | None) -> dict[str, str] | None:
    return {"kind": failure.kind, "message": failure.message} if failure else None
