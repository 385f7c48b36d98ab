"""How far pages travel to a server."""

from __future__ import annotations

import pytest

from glmocr_desktop.recognition.network.place import Place, place_of


@pytest.mark.parametrize(
    ("url", "place"),
    [
        ("http://127.0.0.1:7860", Place.THIS_COMPUTER),
        ("http://127.8.8.8", Place.THIS_COMPUTER),
        ("http://localhost:7860", Place.THIS_COMPUTER),
        ("http://[::1]:7860/glm", Place.THIS_COMPUTER),
        ("http://192.168.1.5:7860", Place.LOCAL_NETWORK),
        ("http://10.0.0.1", Place.LOCAL_NETWORK),
        ("http://172.31.255.1", Place.LOCAL_NETWORK),
        ("http://169.254.10.1", Place.LOCAL_NETWORK),
        ("http://100.100.1.1", Place.LOCAL_NETWORK),
        ("http://[fe80::1]:7860", Place.LOCAL_NETWORK),
        ("http://[fd12::1]", Place.LOCAL_NETWORK),
        ("https://8.8.8.8", Place.INTERNET),
        ("https://[2001:4860:4860::8888]", Place.INTERNET),
        ("http://" + "x" * 70, Place.UNKNOWN),
        ("http://a..b", Place.UNKNOWN),
    ],
)
def test_where_a_server_is(url: str, place: Place) -> None:
    assert place_of(url) is place


@pytest.mark.parametrize("url", ["http://ocr.example", "http://scanner"])
def test_a_name_that_may_not_be_looked_up(url: str) -> None:
    """Nothing is known then, except of this computer."""
    assert place_of(url, ask_dns=False) is Place.UNKNOWN
    assert place_of("http://localhost", ask_dns=False) is Place.THIS_COMPUTER
