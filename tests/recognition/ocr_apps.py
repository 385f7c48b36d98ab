"""OCR apps as people write them, built but never served.

Run as a process, which prints what each would say of itself: Gradio leaves event loops behind where it was loaded.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from typing import Any

os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"

import gradio as gr

App = Any  # Gradio is typed loosely


def _nothing(*_values: Any) -> None:
    return None


def _app_plain_predict() -> App:
    """What ``serve`` offers, and what the seeds of most tutorials do."""
    return gr.Interface(
        _nothing,
        [gr.Image(type="filepath"), gr.Textbox("Text Recognition:", label="Prompt")],
        "text",
        api_name="predict",
    )


def _app_demo_with_radio() -> App:
    """The official demo of 2026-03: a Radio, the same text twice, and a clear button."""
    with gr.Blocks() as app:
        image = gr.Image(type="pil", label="Image")
        task = gr.Radio(["Text", "Formula", "Table"], value="Text", label="Task")
        text, shown = gr.Textbox(label="Text"), gr.Markdown()
        gr.Button("Clear").click(lambda: (None, "", ""), None, [image, text, shown])
        gr.Button("Run").click(_nothing, [image, task], [text, shown], api_name="run_ocr")
    return app


def _app_router_with_base64() -> App:
    """Its successor: the task's name and the image as text, two numbers, and a decoy."""
    with gr.Blocks() as app:
        task = gr.Textbox("Text", label="task")
        image = gr.Textbox(label="image_b64")
        tokens, seconds = gr.Slider(1, 8192, 4096, label="max_new_tokens_v"), gr.Number(60, label="gpu_timeout_v")
        out, example = gr.Textbox(label="out"), gr.Textbox(label="idx")
        gr.Button("Example").click(_nothing, [example], [image], api_name="load_example_data")
        gr.Button("Run").click(_nothing, [task, image, tokens, seconds], [out], api_name="run_router")
    return app


def _app_notebook() -> App:
    """Two ways to read; the one with a choice of tasks is the better one."""
    with gr.Blocks() as app:
        image, tokens = gr.Image(type="pil"), gr.Slider(64, 4096, 1024)
        task = gr.Radio(["Text Recognition", "Table Recognition", "Formula Recognition"], value="Text Recognition")
        score = gr.Slider(0, 1, 0.5)
        text, drawn = gr.Textbox(), gr.Image()
        gr.Button().click(_nothing, [image, tokens, score], [drawn, text], api_name="run_pipeline")
        gr.Button().click(_nothing, [image, task, tokens], [text], api_name="run_single")
    return app


def _app_many_files() -> App:
    """A list of files, a mode, a checkbox, and three outputs."""
    with gr.Blocks() as app:
        files = gr.File(file_count="multiple", label="Files")
        mode = gr.Radio(["Text", "Table", "Formula", "Information"], value="Text", label="Mode")
        markers = gr.Checkbox(True, label="Markers")
        outputs = [gr.Textbox(label="Status"), gr.Textbox(label="raw"), gr.Textbox()]
        gr.Button().click(_nothing, [files, mode, markers], outputs, api_name="process")
    return app


def _app_chinese() -> App:
    """Long Chinese labels, state between the inputs and before the output, and an endpoint for PDFs."""
    with gr.Blocks() as app:
        model, image = gr.State(), gr.Image(type="pil", label="图片")
        mode = gr.Radio(["通用文字识别 (普通文档)", "表格识别 (输出 HTML)", "公式识别 (输出 LaTeX)"], label="识别模式")
        pdf, text, kept, saved = gr.File(label="PDF"), gr.Textbox(label="结果"), gr.State(), gr.File()
        gr.Button("加载模型").click(_nothing, [model], [kept], api_name="load_model")
        gr.Button("识别").click(_nothing, [model, image, kept, mode], [kept, saved, text], api_name="run_ocr")
        gr.Button("PDF").click(_nothing, [model, pdf, mode], [kept, text], api_name="run_ocr_pdf")
    return app


def _app_image_only() -> App:
    return gr.Interface(_nothing, gr.Image(type="filepath"), "text", api_name="ocr")


def _app_single_file_and_dropdown() -> App:
    with gr.Blocks() as app:
        file, task = gr.File(), gr.Dropdown(["ocr text", "ocr table"], value="ocr text", label="Task")
        shown = gr.JSON()
        gr.Button().click(_nothing, [task, file], [shown], api_name="extract")
    return app


def _app_chat_with_question() -> App:
    """A free question rather than a prompt, and a name for the user that is none."""
    with gr.Blocks() as app:
        user, image, question = gr.Textbox(label="User name"), gr.Image(), gr.Textbox(label="Your question")
        answer = gr.Markdown()
        gr.Button().click(_nothing, [user, image, question], [answer], api_name="answer")
    return app


def _app_upload_button() -> App:
    """A button that takes the file, and HTML that shows the text."""
    with gr.Blocks() as app:
        button, shown = gr.UploadButton("Upload"), gr.HTML()
        button.upload(_nothing, [button], [shown], api_name="read")
    return app


def _app_chat() -> App:
    return gr.Interface(_nothing, "text", "text", api_name="predict")


def _app_image_filter() -> App:
    return gr.Interface(_nothing, gr.Image(), gr.Image(), api_name="predict")


def _app_hidden() -> App:
    with gr.Blocks() as app:
        gr.Button().click(_nothing, [gr.Image()], [gr.Textbox()], api_name=False)
    return app


def _app_speech() -> App:
    return gr.Interface(_nothing, gr.Audio(), "text", api_name="recognize")


def _app_empty() -> App:
    return gr.Blocks()


def main() -> None:
    builds: list[Callable[[], App]] = [value for name, value in globals().items() if name.startswith("_app_")]
    described = {}
    for build in builds:
        app = build()
        described[build.__name__.removeprefix("_app_")] = {"config": app.get_config_file(), "info": app.get_api_info()}
    json.dump(described, sys.stdout, default=str)


if __name__ == "__main__":
    main()
