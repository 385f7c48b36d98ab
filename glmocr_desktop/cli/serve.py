"""``glmocr-desktop serve``: a server that reads pages."""

from __future__ import annotations

import argparse


def serve(options: argparse.Namespace) -> int:
    """Serve until interrupted.

    Raises:
        ServeError: The server part or the model is not there, or the port is in use.
    """
    from glmocr_desktop.server.app import run_server

    run_server(options.host, options.port, options.reader, options.model, options.concurrency)
    return 0
