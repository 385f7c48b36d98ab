"""What goes wrong on the way to a server and back, in our words: the one place where HTTP errors are translated."""

from __future__ import annotations

import contextlib
import ssl
from collections.abc import Iterator

from glmocr_desktop.core.errors import OcrError, RecognitionError, ServerBusy, ServerUnavailable
from glmocr_desktop.recognition.network.certificates import tls_error


@contextlib.contextmanager
def mapped_errors(server: str, silence_s: float) -> Iterator[None]:
    """Turn everything that the HTTP library raises into our errors.

    Raises:
        ServerUnavailable: Nobody answers, the server breaks off, or it answers nonsense.
    """
    import aiohttp

    try:
        yield
    except aiohttp.ClientConnectorCertificateError as error:
        raise tls_error(server, error.certificate_error) from error
    except (aiohttp.ClientConnectorSSLError, ssl.SSLError) as error:
        raise tls_error(server, error) from error
    except (aiohttp.ClientConnectorError, aiohttp.InvalidURL) as error:
        raise _connect_error(server, error) from error
    except TimeoutError as error:
        raise ServerUnavailable("server_silent", server=server, limit_s=silence_s) from error
    except aiohttp.ClientHttpProxyError as error:
        detail = f"the proxy answered HTTP {error.status}"
        raise ServerUnavailable("server_broken", server=server, detail=detail) from error
    except (aiohttp.ClientError, OSError) as error:
        raise ServerUnavailable("server_broken", server=server, detail="the connection was lost") from error
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError) as error:
        raise ServerUnavailable("server_broken", server=server, detail="its answer makes no sense") from error


def status_error(server: str, status: int) -> OcrError:
    """What an answer's status says when it brings no result."""
    if status in (401, 403):
        return ServerUnavailable("server_needs_login", server=server)
    if status in (429, 503):
        return ServerBusy("server_busy", server=server)
    if 300 <= status < 400:
        detail = f"it points to another address, which is not followed (HTTP {status})"
        return ServerUnavailable("server_broken", server=server, detail=detail)
    if status == 413:
        return RecognitionError("server_refused", detail="the page is too large for it.")
    if status in (400, 422):
        return RecognitionError("server_refused", detail=f"it did not accept the request (HTTP {status}).")
    return ServerUnavailable("server_broken", server=server, detail=f"HTTP {status}")


def _connect_error(server: str, error: Exception) -> ServerUnavailable:
    from glmocr_desktop.recognition.network.connector import NotThisComputer

    if isinstance(getattr(error, "os_error", None), NotThisComputer):
        return ServerUnavailable("not_this_computer", server=server)
    return ServerUnavailable("server_not_answering", server=server)
