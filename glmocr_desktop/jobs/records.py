"""What walks through the program as bytes, and back without a loss."""

from __future__ import annotations

import dataclasses
import json
import types
import typing
import zlib
from collections.abc import Callable
from enum import Enum
from functools import cache
from typing import Any, TypeVar, cast

from glmocr_desktop.core.model import Document

T = TypeVar("T")
_Maker = Callable[[Any, Document | None], Any]
_LEFT_OUT = {"password"}  # never written anywhere
_AS_IT_IS = {str, int, float, bool, types.NoneType}


def pack(value: object) -> bytes:
    """A dataclass of `core.model` as bytes; of documents only that there is one, and of nobody a password."""
    return zlib.compress(json.dumps(_plain(value), separators=(",", ":")).encode(), 1)


def unpack(kind: type[T], data: bytes, document: Document | None = None) -> T:
    """What `pack` made.

    Args:
        kind: The dataclass.
        data: Its bytes. Fields that are unknown here are left out, those that are missing have their defaults.
        document: Stands where a document was.

    Raises:
        ValueError: It is not such a record.
    """
    try:
        return cast("T", _maker(cast("Any", kind))(json.loads(zlib.decompress(data)), document))
    except (zlib.error, TypeError, KeyError, AttributeError, OverflowError, RecursionError) as error:
        raise ValueError(f"not a record of a {kind.__name__}") from error


def pack_document(document: Document) -> bytes:
    """A document without its id and its password."""
    return zlib.compress(json.dumps([document.path, document.file, document.name]).encode(), 1)


def unpack_document(data: bytes, document_id: str) -> Document:
    """What `pack_document` made.

    Raises:
        ValueError: It is not such a record.
    """
    try:
        path, file, name = json.loads(zlib.decompress(data))
        return Document(path, file, name, id=document_id)
    except (zlib.error, TypeError) as error:
        raise ValueError("not a record of a document") from error


def searchable(text: str) -> str:
    """A text as it can be searched for: half a character is replaced, and a null character, which would end it, too."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace").replace("\0", " ")


def _plain(value: Any) -> Any:
    if type(value) in _AS_IT_IS:
        return value
    if isinstance(value, Document):
        return None
    if isinstance(value, Enum):
        return value.value
    if dataclasses.is_dataclass(value):
        return {
            name: _plain(each)
            for name, default in _fields(cast("type", type(value)))
            if name not in _LEFT_OUT and not _same(each := getattr(value, name), default)
        }
    if isinstance(value, tuple | list):
        return [_plain(each) for each in value]
    if value is None or isinstance(value, str | int | float):
        return value
    return str(value)  # what an error names may be anything


def _same(value: object, default: object) -> bool:
    """Whether a field need not be written; 1 is not True, and 0.0 not 0."""
    return type(value) is type(default) and value == default and not isinstance(value, float)


@cache
def _maker(kind: Any) -> _Maker:
    """What makes a value of a kind from what stands in a record; found out once for each kind."""
    origin, inner = typing.get_origin(kind), typing.get_args(kind)
    if origin in (types.UnionType, typing.Union):
        make = _maker(next(each for each in inner if each is not types.NoneType))
        return lambda value, document: None if value is None else make(value, document)
    if kind is Document:
        return lambda _value, document: document
    if origin is tuple and inner[-1] is Ellipsis:
        make = _maker(inner[0])
        return lambda value, document: tuple([make(each, document) for each in value])
    if origin is tuple:
        makers = [_maker(each) for each in inner]
        return lambda value, document: tuple(make(part, document) for make, part in zip(makers, value, strict=True))
    if kind is object:
        return lambda value, _document: tuple(value) if isinstance(value, list) else value
    if isinstance(kind, type) and issubclass(kind, Enum):
        return lambda value, _document: kind(value)
    if dataclasses.is_dataclass(kind):
        return _dataclass_maker(cast("type", kind))
    return _checker(kind)


def _dataclass_maker(kind: type) -> _Maker:
    hints = typing.get_type_hints(kind)
    makers = {name: _maker(hint) for name, hint in hints.items() if hint is not Document}
    documents = [name for name, hint in hints.items() if hint is Document]

    def make(value: Any, document: Document | None) -> Any:
        given = {name: makers[name](part, document) for name, part in value.items() if name in makers}
        return kind(**given, **dict.fromkeys(documents, document))

    return make


def _checker(kind: type) -> _Maker:
    def check(value: Any, _document: Document | None) -> Any:
        if isinstance(value, kind):
            return value
        if kind is float and isinstance(value, int):
            return float(value)
        raise TypeError(f"{type(value).__name__} instead of {kind.__name__}")

    return check


@cache
def _fields(kind: type) -> list[tuple[str, object]]:
    """The fields of a dataclass that make it, with their defaults."""
    return [(each.name, each.default) for each in dataclasses.fields(kind)]
