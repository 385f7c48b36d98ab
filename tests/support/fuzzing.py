"""How many examples Hypothesis tries: a few in every run, many for as long as `make fuzz` is let."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

_MANY = 1_000


def choose_profile() -> None:
    """The same examples in every run, unless ``GLMOCR_FUZZ=long`` asks for many other ones."""
    quiet = tuple(HealthCheck)  # a machine with other work to do is slow, and that says nothing of the test
    settings.register_profile(
        "quick",
        max_examples=25,
        stateful_step_count=30,
        derandomize=True,
        database=None,
        deadline=None,
        suppress_health_check=quiet,
    )
    settings.register_profile(
        "long",
        max_examples=_MANY,
        stateful_step_count=80,
        database=None,
        deadline=None,
        print_blob=True,
        suppress_health_check=quiet,
    )
    settings.load_profile("long" if os.environ.get("GLMOCR_FUZZ") == "long" else "quick")
