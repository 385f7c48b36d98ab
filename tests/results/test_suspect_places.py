"""Suspects point to the places that should be looked at."""

from __future__ import annotations

from dataclasses import replace

from glmocr_desktop.results.suspects import Suspect, places, warned_places
from tests.support.results import done


def test_a_page_without_suspects_has_none() -> None:
    assert places(done("Words and $x$\n\n$$ y $$\n\n<table><tr><td>$z$ costs $5</td></tr></table>")) == ()


def test_an_answer_that_is_cut_off_is_doubtful_where_it_ends() -> None:
    result = replace(done("one\n\ntwo\n\n<table><tr><td>cut"), warnings=("low_confidence", "loop", "cut_off"))
    assert (
        places(result)
        == warned_places(result)
        == (Suspect("low_confidence"), Suspect("loop", 2), Suspect("cut_off", 2))
    )
    assert places(replace(done(""), warnings=("cut_off",))) == (Suspect("cut_off"),)


def test_formulas_that_cannot_be_drawn_are_doubtful_wherever_they_are() -> None:
    text = (
        "words $\\frac{1}$\n\n- item $x^{$\n\n$$ \\left( x $$\n\n$$ y $$\n\n<table><tr><td>$\\sqrt$</td></tr></table>"
    )
    result = replace(done(text), warnings=("cut_off",))
    suspects = places(result)
    assert [(suspect.kind, suspect.block) for suspect in suspects] == [
        ("formula", 0),
        ("formula", 1),
        ("formula", 2),
        ("cut_off", 4),
        ("formula", 4),
    ]
    assert all(suspect.complaint for suspect in suspects if suspect.kind == "formula")
