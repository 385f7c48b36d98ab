"""The licences of all that comes with the program: ``python scripts/licences.py [FILE]``.

Writes them to the file, which the executables bring along, and ends with 1 when a package could not be passed on with
them: one that is licensed under the GPL or the AGPL only, or that does not say its licence.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

from glmocr_desktop.gui.help.licences import licences
from glmocr_desktop.gui.help.parts import packages

_REFUSED = re.compile(r"(?<!L)(AGPL|GPL)|Affero|(?<!Lesser )General Public License", re.IGNORECASE)


def refused(licence: str) -> bool:
    """Whether all of what a licence offers is refused, or nothing is said.

    ``LGPL-3.0-only OR GPL-2.0-only`` may be chosen from; ``MIT AND GPL-3.0-only`` may not.
    """
    choices = re.split(r"\s+OR\s+", licence.strip("() "), flags=re.IGNORECASE)
    return not licence or all(_REFUSED.search(choice) for choice in choices)


def main() -> int:
    """Write and check; the exit code is returned."""
    if len(sys.argv) > 1:
        text = licences()
        Path(sys.argv[1]).write_text(text, encoding="utf-8")
    found = packages()
    bad = [f"{name} {version}: {licence or 'no licence'}" for name, version, licence in found if refused(licence)]
    print("\n".join(bad) or f"{len(found)} packages, none under the GPL or the AGPL only.")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
