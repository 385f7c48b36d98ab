"""A real Gradio server whose speed and answers a test controls while it runs.

Run as a process: ``python gradio_app.py PORT FOLDER CONCURRENCY [USER PASSWORD [CERTIFICATE]]``; the certificate's
file has its key, too. It reads ``FOLDER/control.json`` before each page (``delay_s``, ``answer``, ``answers`` by
prompt, ``error``, ``most_pixels``; ``pages`` has the same for single pages, by their numbers), once ``swapped``
(another order of its inputs), and appends ``start N`` and ``end N`` to the file there that ``log`` named when the page
began. The number of a page is in the colour of its first pixel: see `tests.support.pages`.

``python gradio_app.py --nursery`` makes such processes for `tests.support.nursery`, until its standard input ends.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import threading
import time
from pathlib import Path
from typing import Any

os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"

import gradio
from PIL import Image

_TICK_S = 0.05  # a page that nobody waits for any more, since another log was begun, ends as soon as that


def main(port: int, folder: Path, concurrency: int, login: tuple[str, str] | None, certificate: str | None) -> None:
    lock = threading.Lock()

    def note(name: str, line: str) -> None:
        with lock, (folder / name).open("a") as stream:
            stream.write(f"{line}\n")

    def controlled() -> dict[str, Any]:
        control: dict[str, Any] = json.loads((folder / "control.json").read_text())
        return control

    def predict(image_path: str, prompt: str) -> str:
        with Image.open(image_path) as image:
            red, green, blue = image.convert("RGB").getpixel((0, 0))  # type: ignore[misc]
            pixels = image.width * image.height
        number = (red * 256 + green) * 256 + blue
        control = controlled()
        control |= control.get("pages", {}).get(str(number), {})
        note(control["log"], f"start {number}")
        began = time.monotonic()
        until = began + control.get("delay_s", 0)
        while (left := until - time.monotonic()) > 0 and controlled()["log"] == control["log"]:
            threading.Event().wait(min(left, _TICK_S))
        note(control["log"], f"end {number}")
        note("times.txt", f"{began} {time.monotonic()}")
        if error := control.get("error"):
            raise gradio.Error(error)
        if pixels > control.get("most_pixels", pixels):
            raise gradio.Error("CUDA out of memory")
        by_prompt = control.get("answers", {})
        return str(by_prompt.get(prompt, control.get("answer", f"{prompt} page {number}")))

    swapped = controlled().get("swapped", False)
    flagging = "allow_flagging" if gradio.__version__.startswith("4.") else "flagging_mode"
    app = gradio.Interface(
        (lambda prompt, image_path: predict(image_path, prompt)) if swapped else predict,
        [gradio.Image(type="filepath"), gradio.Textbox()][:: -1 if swapped else 1],
        gradio.Textbox(),
        api_name="predict",
        concurrency_limit=concurrency,
        **{flagging: "never"},
    )
    app.queue().launch(
        server_name="127.0.0.1",
        server_port=port,
        quiet=True,
        show_error=True,
        auth=login,
        ssl_certfile=certificate,
        ssl_keyfile=certificate,
        ssl_verify=False,
    )


def run(arguments: list[str]) -> None:
    user, password, certificate = [*arguments[3:], "", "", ""][:3]
    login = (user, password) if user else None
    main(int(arguments[0]), Path(arguments[1]), int(arguments[2]), login, certificate or None)


def nurse() -> None:
    """Copy this process for each line, in which all is loaded already."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the system takes those away that have ended
    for line in sys.stdin:
        arguments, environ, output = json.loads(line)
        if child := os.fork():
            print(child, flush=True)
            continue
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        os.environ.update(environ)
        nowhere, printed = os.open(os.devnull, os.O_RDONLY), os.open(output, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        for ours, theirs in ((0, nowhere), (1, printed), (2, printed)):
            os.dup2(theirs, ours)
        run(arguments)
        os._exit(0)


if __name__ == "__main__":
    nurse() if sys.argv[1] == "--nursery" else run(sys.argv[1:])
