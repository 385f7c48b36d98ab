"""What the executables begin with: both programs are the same, with a window's or a terminal's habits."""

from __future__ import annotations

import sys

from glmocr_desktop.__main__ import main

sys.exit(main())
