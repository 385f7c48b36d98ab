"""A subcommand goes to the command line, everything else opens the window."""

from __future__ import annotations

import multiprocessing
import sys


def main() -> int:
    """Run the program; the exit code is returned."""
    multiprocessing.freeze_support()
    arguments = sys.argv[1:]
    from glmocr_desktop import cli

    if arguments and (arguments[0] in cli.COMMANDS or arguments[0].startswith("-")):
        return cli.main(arguments)
    from glmocr_desktop.gui import app

    return app.run(arguments)


if __name__ == "__main__":
    sys.exit(main())
