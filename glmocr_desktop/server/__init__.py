"""A Gradio server, so that nobody needs a GPU to try or to test."""
