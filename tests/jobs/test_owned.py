"""Only the program's own files are ever removed."""

from __future__ import annotations

import os
from pathlib import Path

from glmocr_desktop.jobs.owned import remove_owned, remove_strays
from glmocr_desktop.jobs.store import Store


def test_nothing_outside_of_the_folder_is_removed(tmp_path: Path) -> None:
    folder, precious = tmp_path / "pasted", tmp_path / "precious.png"
    (folder / "sub").mkdir(parents=True)
    for each in (folder / "own.png", folder / "sub" / "deep.png", precious):
        each.touch()
    link = folder / "link.png"
    link.symlink_to(precious)
    given = ["own.png", "link.png", "gone.png", "../precious.png", "sub/deep.png", "sub", "..", "."]
    remove_owned([*(f"{folder}/{each}" for each in given), str(precious), "", "own.png"], folder)
    assert precious.exists()
    assert sorted(each.name for each in folder.iterdir()) == ["sub"]
    assert (folder / "sub" / "deep.png").exists()


def test_strays_are_old_and_unknown(tmp_path: Path) -> None:
    store = Store(None)
    remove_strays(store, tmp_path / "none")
    for name in ("old.png", "new.png", "notes.txt"):
        (tmp_path / name).touch()
    for name in ("old.png", "notes.txt"):
        os.utime(tmp_path / name, (1_000_000_000, 1_000_000_000))
    remove_strays(store, tmp_path)
    assert sorted(each.name for each in tmp_path.iterdir()) == ["new.png", "notes.txt"]
    assert store.close()
