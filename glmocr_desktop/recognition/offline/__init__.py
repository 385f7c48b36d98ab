"""Reading without a server: in a child process that can be killed, with models that come with the program."""

from glmocr_desktop.recognition.offline.engine import OfflineEngine

__all__ = ["OfflineEngine"]
