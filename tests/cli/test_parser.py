"""The command line's options and the words of its help."""

from __future__ import annotations

import pytest

from glmocr_desktop import __version__
from glmocr_desktop.cli import main
from glmocr_desktop.cli.options import setting_overrides
from glmocr_desktop.cli.parser import COMMANDS, build_parser
from glmocr_desktop.core.settings import Settings


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


def test_every_setting_with_an_option_can_be_given() -> None:
    limits = ["--connect-timeout", "1", "--upload-timeout", "2", "--lane-wait", "3", "--queue-wait", "4"]
    limits += ["--silence", "5", "--first-timeout", "6", "--retry-timeout", "7", "--degraded-timeout", "8"]
    others = ["--no-retry", "--degraded", "--local-only", "--ca-file", "own.pem", "--endpoint", "read"]
    assert setting_overrides(build_parser().parse_args(["recognize", "x", *limits, *others])) == {
        "connect_timeout_s": 1.0,
        "upload_timeout_s": 2.0,
        "lane_wait_s": 3.0,
        "queue_wait_s": 4.0,
        "silence_s": 5.0,
        "first_timeout_s": 6.0,
        "retry_timeout_s": 7.0,
        "degraded_timeout_s": 8.0,
        "retry": False,
        "degraded": True,
        "local_only": True,
        "ca_file": "own.pem",
        "endpoint": "read",
    }


@pytest.mark.parametrize("command", [["recognize", "x"], ["check"]])
def test_several_servers_are_given_in_their_order(command: list[str]) -> None:
    given = setting_overrides(build_parser().parse_args([*command, "--server", "a:1", "--server", "b:2"]))
    assert Settings(**given).servers == ("http://a:1", "http://b:2")


def test_options_stand_in_groups(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["recognize", "--help"])
    text = capsys.readouterr().out
    places = [text.index(f"\n{title}:\n") for title in ("server", "reading", "time limits")]
    assert places == sorted(places)
    assert places[1] < text.index("  --retry, --no-retry") < places[2]
    assert text.index("  --queue-wait S ") > places[2]


@pytest.mark.parametrize("text", ["0", "7860", "65535"])
def test_ports(text: str) -> None:
    assert build_parser().parse_args(["serve", "--port", text]).port == int(text)
