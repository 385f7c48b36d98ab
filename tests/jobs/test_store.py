"""What is kept comes back, is found, and is gone when it was deleted."""

from __future__ import annotations

import logging
import os
import sqlite3
import stat
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from glmocr_desktop.core.errors import StoreError
from glmocr_desktop.core.model import Cut, Failure, Job, JobState, Limits, Mode, OwnPrompt, Region, Result
from glmocr_desktop.jobs import database, writer
from glmocr_desktop.jobs.kept import Asked, KeptDocument, KeptPage
from glmocr_desktop.jobs.store import Store
from tests.support.kept import jobs_of, kept, read


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "documents.db"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    opened = Store(path)
    yield opened
    opened.close()


def _again(store: Store, path: Path) -> Store:
    assert store.close()
    return Store(path)


def test_everything_comes_back(store: Store, path: Path) -> None:
    first, second = kept("发票.pdf", 3, order=1), kept("scan.png", order=0)
    cut = replace(first.pages[0].page, cut=Cut(90, Region(0.1, 0.2, 0.3, 0.4)))
    job = Job(cut, Mode.TABLE, limits=Limits(total_s=7.5), own_prompt=OwnPrompt("sum", "Add up:", '{"sum": 0}'))
    page = replace(
        first.pages[0], page=cut, region=2, job=job, own_limits=Limits(total_s=9.0), paused=True, turn=-1, checked=True
    )
    page = replace(page, result=read(job, "| a | b |\n|---|---|\n| $x^2$ | **1** |"), other=read(job, "# other"))
    first = replace(first, pages=(page, *first.pages[1:]), owned=True, locked=True, added_at=5.0)
    second = replace(second, added_at=6.0)
    store.add([first, second]).result()
    store = _again(store, path)
    assert store.damaged is None
    assert store.desk() == [second, first]
    assert [each for _, each in store.pages([first.pages[2].id, page.id, "unknown"])] == [first.pages[2], page]
    store.close()


def test_a_password_is_never_written(store: Store, path: Path) -> None:
    given = kept("locked.pdf")
    secret = replace(given.document, password="correct horse battery")
    pages = tuple(replace(each, page=replace(each.page, document=secret)) for each in given.pages)
    store.add([replace(given, document=secret, pages=pages)]).result()
    store.assign([(each.id, Job(each.page)) for each in pages]).result()
    (document,) = store.desk()
    assert document.document.password is None
    assert document.pages[0].job is not None
    assert document.pages[0].job.page.document.password is None
    store.close()
    assert b"horse" not in path.read_bytes()


def test_an_end_is_kept_and_a_cancelled_second_reading_gives_the_first_one_back(store: Store) -> None:
    document = kept("a.png")
    store.add([document])
    ((page_id, first),) = jobs_of(document)
    store.assign([(page_id, first)])
    store.finish([read(first, "one")]).result()
    assert _only(store).result == read(first, "one")
    second = Job(first.page)
    store.assign([(page_id, second)]).result()
    waiting = _only(store)
    assert (waiting.result, waiting.previous, waiting.job) == (None, read(first, "one"), second)
    store.finish([Result(second, JobState.CANCELLED, 0.1, error=Failure("cancelled"))]).result()
    assert (_only(store).result, _only(store).job, _only(store).previous) == (read(first, "one"), first, None)
    third = Job(first.page)
    store.assign([(page_id, third)])
    store.finish([read(third, "three")])
    store.finish([read(third, "too late"), read(Job(first.page), "of nobody")]).result()
    assert (_only(store).result, _only(store).other) == (read(third, "three"), read(first, "one"))


def test_a_page_that_is_written_late_does_not_take_its_end_away(store: Store) -> None:
    document = kept("a.png")
    store.add([document])
    ((page_id, first),) = jobs_of(document)
    late = replace(document.pages[0], job=first, turn=1)
    store.assign([(page_id, first)])
    store.finish([read(first, "one")])
    store.put([late]).result()
    assert _only(store) == replace(late, result=read(first, "one"))
    second = Job(first.page)
    store.assign([(page_id, second)])
    store.finish([Result(second, JobState.CANCELLED, 0.1, error=Failure("cancelled"))])
    store.put([replace(late, job=second, previous=read(first, "one"))]).result()
    assert (_only(store).result, _only(store).previous) == (read(first, "one"), None)


def test_what_is_given_back_stays_in_the_history(store: Store) -> None:
    document = kept("a.png")
    store.add([document])
    ((page_id, first),) = jobs_of(document)
    store.assign([(page_id, first)])
    store.finish([read(first, "one")])
    store.assign([(page_id, Job(first.page))]).result()
    store.put([replace(_only(store), paused=True)])
    store.take_off([page_id]).result()
    assert [(each.state, each.excerpt) for each in store.find(Asked("one"))] == [(JobState.DONE, "one")]


def test_half_a_character_and_a_null_character_are_kept(store: Store) -> None:
    document = kept("na\udcffme.png")
    store.add([document])
    store.assign(jobs := jobs_of(document))
    store.finish([read(job, "half \ud800 and null\0 harbour") for _, job in jobs]).result()
    assert _only(store).result == read(jobs[0][1], "half \ud800 and null\0 harbour")
    assert store.count(Asked("na\ufffdme")) == store.count(Asked("ha har")) == 1


def _only(store: Store) -> KeptPage:
    ((page,),) = (each.pages for each in store.desk())
    return page


def test_the_history_is_searched_in_any_language(store: Store) -> None:
    texts = {
        "发票.pdf": "总计 人民币 壹佰元",
        "letter.png": "Please bring form 3082 to the Harbour",
        "%_.png": "50% _off_",
    }
    for order, (name, text) in enumerate(texts.items()):
        document = kept(name, order=order)
        store.add([document])
        store.assign(jobs := jobs_of(document))
        store.finish([read(job, text) for _, job in jobs]).result()
    asked = (
        "人民",
        "人民币",
        "harbour form",
        "form 人民",
        "发票",
        "3082",
        "%",
        "_o",
        '"',
        "a*",
        "NEAR(",
        "\0",
        "\ud800",
    )
    assert {words: sorted(each.name for each in store.find(Asked(words))) for words in asked} == {
        "人民": ["发票.pdf"],
        "人民币": ["发票.pdf"],
        "harbour form": ["letter.png"],
        "form 人民": [],
        "发票": ["发票.pdf"],
        "3082": ["letter.png"],
        "%": ["%_.png"],
        "_o": ["%_.png"],
        '"': [],
        "a*": [],
        "NEAR(": [],
        "\0": ["%_.png", "letter.png", "发票.pdf"],
        "\ud800": [],
    }
    assert "Harbour" in store.find(Asked("harbour"))[0].excerpt
    assert store.count(Asked(state=JobState.DONE, mode=Mode.TEXT)) == 3
    assert store.count(Asked(mode=Mode.FORMULA)) == store.count(Asked(until=1.0)) == 0


def test_what_is_taken_off_the_desk_is_in_the_history(store: Store) -> None:
    document = kept("a.pdf", 3)
    store.add([document])
    store.assign(jobs := jobs_of(document))
    store.finish([read(jobs[0][1])])
    store.assign([(jobs[1][0], jobs[1][1])])
    store.take_off([page_id for page_id, _ in jobs]).result()
    assert store.desk() == []
    (line,) = store.find(Asked())
    assert (line.number, line.count, line.on_desk) == (1, 3, False)
    assert store.pages([jobs[1][0]]) == []
    store.put_on([line.page_id]).result()
    assert [each.id for each in store.desk()[0].pages] == [line.page_id]


def test_a_file_that_could_not_be_opened_is_kept_until_it_is_taken_away(store: Store) -> None:
    broken = replace(kept("broken.png", 0), error=Failure("damaged", (("name", "broken.png"),)), added_at=1.0)
    store.add([broken]).result()
    assert store.desk() == [broken]
    store.take_off([broken.document.id]).result()
    assert store.desk() == []


def test_nothing_is_left_of_what_was_deleted(store: Store, path: Path) -> None:
    rest, gone = kept("rest.png"), kept("geheim-zebra.png", owned=True)
    store.add([rest, gone])
    for document, text in ((rest, "harmless"), (gone, "okapi 斑马条纹 quagga")):
        store.assign(jobs := jobs_of(document))
        store.finish([read(job, text) for _, job in jobs]).result()
    assert store.count(Asked("斑马条")) == 1
    assert store.delete([each.id for each in gone.pages]).result() == [gone.document.file]
    assert store.count(Asked("斑马条")) == store.count(Asked("okapi")) == 0
    assert store.count(Asked("harmless")) == 1
    in_use = b"".join(each.read_bytes() for each in path.parent.iterdir())
    store.close()
    assert [each.name for each in path.parent.iterdir()] == ["documents.db"]
    everything = path.read_bytes() + in_use
    for word in ("zebra", "okapi", "oka", "quagga", "斑马条", "条纹"):
        assert word.encode() not in everything, word


def test_old_pages_and_too_many_go(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    ends: list[tuple[str, float]] = [("old.png", 1_000.0), ("new.png", 2_000_000_000.0)]
    for name, now in ends:
        monkeypatch.setattr("glmocr_desktop.jobs.tables.time.time", lambda now=now: now)
        document = kept(name, owned=True)
        store.add([document])
        store.assign(jobs := jobs_of(document))
        store.finish([read(jobs[0][1], os.urandom(600_000).hex())])
        store.take_off([jobs[0][0]]).result()
    assert store.retain(0, 0).result() == []
    assert store.retain(30, 0).result() == ["/in/old.png"]
    assert store.retain(30, 1).result() == ["/in/new.png"]
    assert store.count(Asked()) == 0


def test_the_desk_is_no_history(store: Store) -> None:
    document = kept("a.png")
    store.add([document])
    store.assign(jobs := jobs_of(document))
    store.finish([read(jobs[0][1])])
    assert store.retain(1, 1).result() == store.delete_history().result() == []
    assert len(store.desk()) == 1


def test_nobody_else_may_look(store: Store, path: Path) -> None:
    store.add([kept("a.png")]).result()
    rights = {each.name: stat.S_IMODE(each.stat().st_mode) for each in path.parent.iterdir()}
    assert set(rights.values()) == {0o600}
    assert len(rights) == 3
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


@pytest.mark.parametrize("content", [b"no database at all" * 500, b"SQLite format 3\0" + bytes(4000), None])
def test_a_damaged_database_is_set_aside(path: Path, content: bytes | None, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.CRITICAL)
    if content is None:
        path.mkdir(parents=True)
    else:
        path.parent.mkdir()
        path.write_bytes(content)
    store = Store(path)
    assert store.damaged is not None
    assert store.damaged.kind == "store_damaged"
    kept_as = Path(str(dict(store.damaged.values)["name"]))
    assert kept_as.is_dir() if content is None else kept_as.read_bytes() == content
    store.add([kept("a.png")]).result()
    store = _again(store, path)
    assert store.damaged is None
    assert len(store.desk()) == 1
    store.close()


def test_a_database_that_was_cut_short_is_found_at_the_next_start(path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.CRITICAL)
    store = Store(path)
    store.add([kept(f"{number}.png") for number in range(300)]).result()
    store.close()
    with sqlite3.connect(path) as connection:  # as after a power cut: it was not closed
        connection.execute("INSERT INTO notes VALUES ('open', '')")
    connection.close()
    content = bytearray(path.read_bytes())
    content[8192:40960] = os.urandom(32768)
    path.write_bytes(content)
    store = Store(path)
    assert store.damaged is not None
    assert store.desk() == []
    store.close()


def test_a_newer_database_is_left_as_it_is(path: Path) -> None:
    Store(path).close()
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA user_version = 999")
    connection.close()
    before = path.read_bytes()
    store = Store(path)
    assert store.damaged == Failure("store_newer", (("name", str(path)),))
    store.add([kept("a.png")]).result()
    assert len(store.desk()) == 1  # in memory
    store.close()
    assert path.read_bytes() == before


def test_without_a_path_nothing_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    store = Store(None)
    document = kept("a.png")
    store.add([document])
    store.assign(jobs := jobs_of(document))
    store.finish([read(jobs[0][1])]).result()
    assert store.count(Asked("harbour")) == 1
    assert store.close()
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_is_told_and_nothing_is_lost(
    path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.CRITICAL)
    monkeypatch.setattr(writer, "_AGAIN_S", 0.01)
    told: list[Failure | None] = []
    heard = threading.Event()

    def on_trouble(failure: Failure | None) -> None:
        told.append(failure)
        heard.set()

    store = Store(path, on_trouble)
    store.set_note("a", "b").result()
    store._writer.do(lambda connection: connection.execute("PRAGMA max_page_count = 60").fetchall()).result()
    documents = [kept(f"{number}.png", order=number) for number in range(2000)]
    future = store.add(documents)
    assert heard.wait(60)
    assert told == [Failure("disk_full", (("folder", str(path.parent)),))]
    assert not future.done()
    later = store.set_note("a", "c")
    assert store.note("a") == "b"  # looking still works
    assert store.close() is False
    assert future.cancelled()
    assert later.cancelled()
    store = Store(path)
    assert store.damaged is None
    assert store.desk() == []  # not half of them
    assert store.note("a") == "b"
    store.close()


def test_what_waited_for_room_is_written_when_there_is_some(
    path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.CRITICAL)
    monkeypatch.setattr(writer, "_AGAIN_S", 0.01)
    told: list[Failure | None] = []
    connections: list[sqlite3.Connection] = []

    def on_trouble(failure: Failure | None) -> None:
        told.append(failure)
        connections[0].execute("PRAGMA max_page_count = 100000").fetchall()

    store = Store(path, on_trouble)
    store._writer.do(connections.append).result()
    store._writer.do(lambda connection: connection.execute("PRAGMA max_page_count = 60").fetchall()).result()
    store.add(_documents(1000)).result()
    assert [each and each.kind for each in told] == ["disk_full", None]
    assert len(store.desk()) == 1000
    assert store.close()


def test_a_mistake_costs_one_write(store: Store) -> None:
    bad = replace(kept("a.png"), order=object())  # type: ignore[arg-type]
    orphan = kept("b.png").pages
    futures = [store.add([bad]), store.put(orphan), store.add([kept("c.png")])]
    assert isinstance(futures[0].exception(), sqlite3.Error)
    assert isinstance(futures[1].exception(), sqlite3.IntegrityError)
    futures[2].result()
    assert [each.document.name for each in store.desk()] == ["c.png"]


_WRITING = """
import sys
from pathlib import Path
from glmocr_desktop.jobs.store import Store
from tests.support.kept import kept, jobs_of, read
store = Store(Path(sys.argv[1]))
for number in range(int(sys.argv[2])):
    document = kept(f"{sys.argv[3]} {number}.png")
    store.add([document])
    store.assign(jobs := jobs_of(document))
    store.finish([read(job) for _, job in jobs]).result()
    print(number, flush=True)
store.close()
"""


def _writing(path: Path, count: int, name: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", _WRITING, str(path), str(count), name]
    environ = {**os.environ, "PYTHONPATH": str(Path.cwd())}
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environ)


def test_two_programs_at_once_keep_everything(path: Path) -> None:
    running = [_writing(path, 100, name) for name in ("one", "two")]
    for each in running:
        each.communicate()
        assert each.returncode == 0
    store = Store(path)
    assert store.count(Asked(state=JobState.DONE)) == 200
    store.close()


def test_a_killed_program_loses_nothing_that_was_written(path: Path) -> None:
    acknowledged = 0
    for turn in range(4):
        running = _writing(path, 10_000, str(turn))
        assert running.stdout is not None
        for _ in range(3 + 20 * turn):
            assert running.stdout.readline()
        running.kill()
        rest, _ = running.communicate()
        acknowledged += 3 + 20 * turn + len(rest.splitlines())
    connection = sqlite3.connect(path)
    assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    (done,) = connection.execute("SELECT count(*) FROM pages WHERE state = 'done'").fetchone()
    connection.close()
    assert 0 <= done - acknowledged <= 4  # those that were written, but not yet told
    store = Store(path)
    assert store.damaged is None
    store.close()


def test_a_database_that_cannot_be_read_is_told(store: Store, path: Path) -> None:
    store.add([kept("a.png")]).result()
    store.desk()
    assert store._reader is not None
    store._reader.close()
    with pytest.raises(StoreError):
        store.desk()
    store._reader = None


def test_a_folder_that_cannot_be_made_leaves_memory(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file")
    store = Store(tmp_path / "data" / "documents.db")
    assert store.damaged is not None
    assert store.damaged.kind == "store_unusable"
    store.add([kept("a.png")]).result()
    assert len(store.desk()) == 1
    store.close()


def test_notes_are_kept(store: Store, path: Path) -> None:
    assert store.note("x") == ""
    store.set_note("x", "1")
    store = _again(store, path)
    assert store.note("x") == "1"
    store.close()


def _documents(count: int) -> list[KeptDocument]:
    return [kept(f"{number}.png", order=number) for number in range(count)]


def test_many_are_deleted(store: Store) -> None:
    documents = _documents(1500)
    store.add(documents).result()
    store.delete([page.id for each in documents[:1400] for page in each.pages]).result()
    assert [each.document.name for each in store.desk()] == [each.document.name for each in documents[1400:]]


def test_a_newer_start_needs_no_examination(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Store(path).close()
    examined: list[object] = []
    monkeypatch.setattr(database, "_examine", examined.append)
    Store(path).close()
    assert examined == []
