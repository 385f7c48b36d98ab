"""The command line's options and the words of its help."""

from __future__ import annotations

import pytest

from glmocr_desktop import __version__
from glmocr_desktop.cli import main
from glmocr_desktop.cli.options import setting_overrides
from glmocr_desktop.cli.parser import COMMANDS, build_parser


@pytest.mark.parametrize(
    "arguments",
    [
        *(["recognize"], ["recognize", "x", "--nonsense"], ["recognize", "x", "--mode", "poem"], ["nonsense"]),
        *(["recognize", "x", "--timeout", "soon"], ["recognize", "x", "--jobs", "1.5"], ["recognize", "x", "--to"]),
        *(
            ["serve", "--port", "http"],
            ["serve", "--port", "70000"],
            ["serve", "--port", "-1"],
            ["serve", "--reader", "x"],
        ),
        *(["serve", "--concurrency", "0"], ["serve", "--concurrency", "many"], ["check", "extra"]),
    ],
    ids=" ".join,
)
def test_wrong_usage_ends_with_2(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 2
    output, errors = capsys.readouterr()
    assert output == ""
    assert errors.startswith("usage: glmocr-desktop")
    assert "Traceback" not in errors


@pytest.mark.parametrize("command", COMMANDS)
def test_every_option_explains_itself(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main([command, "--help"])
    assert ended.value.code == 0
    text = capsys.readouterr().out
    assert "None" not in text
    assert "EngineChoice" not in text
    options = [line for line in text.splitlines() if line.startswith("  -")]
    following = dict(zip(text.splitlines(), text.splitlines()[1:], strict=False))
    assert all("  " in line.strip() or following[line].startswith("      ") for line in options)


def test_without_a_command_the_help_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 0
    assert "recognize" in capsys.readouterr().out


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--version"])
    assert capsys.readouterr().out == f"glmocr-desktop {__version__}\n"


def test_only_what_was_given_overrides_the_settings() -> None:
    given = ["recognize", "x", "--server", "h", "--jobs", "2", "--timeout", "5"]
    assert setting_overrides(build_parser().parse_args(given)) == {"server_url": "h", "lanes": 2, "timeout_s": 5.0}
    assert setting_overrides(build_parser().parse_args(["recognize", "x"])) == {}


@pytest.mark.parametrize("text", ["0", "7860", "65535"])
def test_ports(text: str) -> None:
    assert build_parser().parse_args(["serve", "--port", text]).port == int(text)
