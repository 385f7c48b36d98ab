"""A real Gradio server whose speed and answers a test controls while it runs.

Run as a process: ``python gradio_app.py PORT FOLDER CONCURRENCY``. It reads ``FOLDER/control.json`` before each page
(``delay_s``, ``answer``, ``error``, ``most_pixels``) and appends ``start N`` and ``end N`` to ``FOLDER/log.txt``. The
number of a page is in the colour of its first pixel: see `tests.support.pages`.
"""

from __future__ import annotations

import json
import os
import sys
import threading
from pathlib import Path

os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"

import gradio
from PIL import Image


def main(port: int, folder: Path, concurrency: int) -> None:
    lock = threading.Lock()

    def note(line: str) -> None:
        with lock, (folder / "log.txt").open("a") as stream:
            stream.write(f"{line}\n")

    def predict(image_path: str, prompt: str) -> str:
        with Image.open(image_path) as image:
            red, green, blue = image.convert("RGB").getpixel((0, 0))  # type: ignore[misc]
            pixels = image.width * image.height
        number = (red * 256 + green) * 256 + blue
        control = json.loads((folder / "control.json").read_text())
        note(f"start {number}")
        threading.Event().wait(control.get("delay_s", 0))
        note(f"end {number}")
        if error := control.get("error"):
            raise gradio.Error(error)
        if pixels > control.get("most_pixels", pixels):
            raise gradio.Error("CUDA out of memory")
        return str(control.get("answer", f"{prompt} page {number}"))

    flagging = "allow_flagging" if gradio.__version__.startswith("4.") else "flagging_mode"
    app = gradio.Interface(
        predict,
        [gradio.Image(type="filepath"), gradio.Textbox()],
        gradio.Textbox(),
        api_name="predict",
        concurrency_limit=concurrency,
        **{flagging: "never"},
    )
    app.queue().launch(server_name="127.0.0.1", server_port=port, quiet=True, show_error=True)


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]))
