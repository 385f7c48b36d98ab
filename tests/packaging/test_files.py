"""The files that hand the program over to a system say what the program really is and does."""

from __future__ import annotations

import configparser
import plistlib
import re
import runpy
from pathlib import Path
from xml.etree import ElementTree

import pytest
import yaml
from PIL import Image

from glmocr_desktop import __version__
from glmocr_desktop.documents import SUFFIXES

ROOT = Path(__file__).parents[2]
PACKAGING = ROOT / "packaging"
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
NAME = "glmocr-desktop"

MIME_TYPES = {
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".apng": "image/apng",
    **dict.fromkeys((".jpg", ".jpeg", ".jpe", ".jfif"), "image/jpeg"),
    **dict.fromkeys((".tif", ".tiff"), "image/tiff"),
    ".webp": "image/webp",
    **dict.fromkeys((".bmp", ".dib"), "image/bmp"),
    ".gif": "image/gif",
    **dict.fromkeys((".heic", ".heif", ".hif"), "image/heif"),
    ".avif": "image/avif",
    ".jp2": "image/jp2",
    ".j2k": "image/x-jp2-codestream",
    **dict.fromkeys((".jpx", ".jpf"), "image/jpx"),
    ".ppm": "image/x-portable-pixmap",
    ".pgm": "image/x-portable-graymap",
    ".pbm": "image/x-portable-bitmap",
    ".pnm": "image/x-portable-anymap",
    ".ico": "image/vnd.microsoft.icon",
}
"""As shared-mime-info calls what the program opens."""


def _desktop_entry() -> configparser.ConfigParser:
    parser = configparser.ConfigParser(interpolation=None, delimiters=("=",))
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read(PACKAGING / "linux" / f"{NAME}.desktop", encoding="utf-8")
    return parser


def test_the_desktop_entry_offers_what_the_program_opens() -> None:
    entry = _desktop_entry()["Desktop Entry"]
    offered = entry["MimeType"].rstrip(";").split(";")
    assert set(MIME_TYPES) == set(SUFFIXES)
    assert len(offered) == len(set(offered))
    assert set(offered) == set(MIME_TYPES.values())
    assert entry["Exec"] == f"{NAME} %F"
    # Windows find their entry by this name, which is the file's own as well.
    assert f'setDesktopFileName("{entry["Icon"]}")' in (ROOT / "glmocr_desktop/gui/app.py").read_text(encoding="utf-8")


def test_its_actions_are_there_and_the_program_knows_them() -> None:
    from glmocr_desktop.__main__ import _window_parser

    entry = _desktop_entry()
    for action in entry["Desktop Entry"]["Actions"].rstrip(";").split(";"):
        program, *options = entry[f"Desktop Action {action}"]["Exec"].split()
        assert program == NAME
        assert _window_parser().parse_args(options).capture


def test_the_metainfo_tells_of_this_version_and_of_the_desktop_entry() -> None:
    (path,) = (PACKAGING / "linux").glob("*.metainfo.xml")
    root = ElementTree.parse(path).getroot()
    releases = [each.get("version") for each in root.iter("release")]
    assert root.findtext("id") == path.name.removesuffix(".metainfo.xml")
    assert releases[0] == __version__
    assert root.findtext("launchable") == f"{NAME}.desktop"
    for script in ("build.sh", "uninstall.sh"):
        assert path.name in (PACKAGING / "linux" / script).read_text(encoding="utf-8")


def test_windows_is_told_this_version() -> None:
    made = runpy.run_path(str(PACKAGING / "windows" / "version_info.py"))["version_info"]
    numbers = (*(int(each) for each in re.findall(r"\d+", __version__)[:3]), 0)
    assert f"filevers={numbers}, prodvers={numbers}" in made(__version__)
    assert f'StringStruct("ProductVersion", "{__version__}")' in made(__version__)
    assert "filevers=(1, 2, 0, 0)" in made("1.2rc3")
    assert "flags=2" in made("1.2rc3")
    with pytest.raises(ValueError, match="not a version"):
        made("later")


def test_the_installer_offers_what_the_program_opens_in_both_languages() -> None:
    script = (PACKAGING / "windows" / "installer.iss").read_text(encoding="utf-8-sig")
    offered = re.search(r'#define Suffixes "(.*) "', script)
    assert offered is not None
    assert offered[1].split() == list(SUFFIXES)
    english = re.findall(r"^en\.(\w+)=", script, re.MULTILINE)
    assert re.findall(r"^zh\.(\w+)=", script, re.MULTILINE) == english != []
    assert set(re.findall(r"\{cm:(\w+)\}|CustomMessage\('(\w+)'\)", script)) <= {(each, "") for each in english} | {
        ("", each) for each in english
    }


def test_macos_is_told_what_the_program_opens() -> None:
    info = plistlib.loads((PACKAGING / "macos" / "info.plist").read_bytes())
    offered = [each for kind in info["CFBundleDocumentTypes"] for each in kind.get("CFBundleTypeExtensions", [])]
    assert sorted(f".{each}" for each in offered) == sorted(SUFFIXES)
    assert info["NSScreenCaptureUsageDescription"]
    entitlements = plistlib.loads((PACKAGING / "macos" / "entitlements.plist").read_bytes())
    assert set(entitlements.values()) == {True}


def test_icons_are_drawn_in_every_size(tmp_path: Path) -> None:
    icons = runpy.run_path(str(PACKAGING / "icons.py"))
    assert icons["main"](str(tmp_path)) == 0
    for size in icons["PNG_SIZES"]:
        with Image.open(tmp_path / f"{NAME}-{size}.png") as image:
            assert image.size == (size, size)
            assert image.getpixel((0, 0))[3] < image.getpixel((size // 2, size // 2))[3] == 255
    with Image.open(tmp_path / f"{NAME}.ico") as image:
        assert {(16, 16), (32, 32), (48, 48), (256, 256)} <= image.info["sizes"]
    with Image.open(tmp_path / f"{NAME}.icns") as image:
        assert (512, 512, 2) in image.info["sizes"]
    wanted = re.search(r"for size in (.*); do", (PACKAGING / "linux" / "build.sh").read_text(encoding="utf-8"))
    assert wanted is not None
    assert tuple(map(int, wanted[1].split())) == icons["PNG_SIZES"]


def test_workflows_name_only_what_there_is() -> None:
    targets = re.findall(r"^([a-z][\w-]*):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    assert {each.stem for each in WORKFLOWS} == {"test", "release"}
    for path in WORKFLOWS:
        workflow = yaml.safe_load(path.read_text(encoding="utf-8"))
        assert workflow["permissions"] == {"contents": "read"}
        assert "group" in workflow["concurrency"]
        for job in workflow["jobs"].values():
            assert job["timeout-minutes"]
            for step in job["steps"]:
                assert re.fullmatch(r"actions/[\w-]+@v\d+", step.get("uses", "actions/none@v1"))
                said = step.get("run", "").replace("\\", "/")
                assert set(re.findall(r"\bmake (\S+)", said)) <= set(targets)
                for name in re.findall(r"(?:packaging|scripts|tests)/[\w./-]*\w", said):
                    assert (ROOT / name).exists(), f"{path.name} names {name}"
    needed = (ROOT / "scripts" / "setup.sh").read_text(encoding="utf-8")
    libraries = re.findall(r"\blib[\w.-]+", WORKFLOWS[-1].read_text(encoding="utf-8"))
    assert [each for each in libraries if each not in needed] == []
