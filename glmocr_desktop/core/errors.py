"""Every error that the program raises, and the sentence that a user reads for each.

An error is a class (what the program does about it), a kind (a stable word that scripts can test and that the
window translates by) and values (what the sentence names). Details for the log go along by ``raise … from``.
"""

from __future__ import annotations

SENTENCES: dict[str, str] = {
    # InputError: this file or page cannot be read; trying again would not help.
    "not_found": "There is no file or folder named {name}.",
    "no_permission": "{name} may not be read: permission denied.",
    "no_documents": "There are no images or PDFs in {name}.",
    "empty_file": "{name} is empty.",
    "not_a_file": "{name} is not a file that can be read.",
    "unknown_format": "{name} is not an image or a PDF that this program can read.",
    "is_word": "{name} is a text document of an office program. Save it as a PDF, and add that.",
    "is_spreadsheet": "{name} is a spreadsheet. Save it as a PDF, and add that.",
    "is_presentation": "{name} is a presentation. Save it as a PDF, and add that.",
    "is_book": "{name} is an e-book. Save it as a PDF, and add that.",
    "is_archive": "{name} is an archive. Unpack it, and add what is in it.",
    "is_message": "{name} is an e-mail. Save what is attached to it, and add that.",
    "is_web_page": "{name} is a web page. Print it to a PDF, and add that.",
    "is_text": "{name} is text already, so that there is nothing to recognize in it.",
    "is_film_or_sound": "{name} is a film or a sound. Only images and PDFs can be read.",
    "is_program": "{name} is a program, not an image or a PDF.",
    "is_other_image": "{name} is an image of a kind that this program cannot read. "
    "Save it as a PNG or a PDF, and add that.",
    "path_hangs": "{name} does not answer. It may be on a network drive that is gone.",
    "too_deep": "{name} lies in too many folders, one in the other, to look into it. Add it by itself.",
    "damaged": "{name} is damaged and cannot be read.",
    "too_large": "This image is too large to open safely ({width} × {height} pixels; the limit is {limit} million).",
    "too_long": "This image is too long or too wide to open safely ({width} × {height} pixels; the limit is {limit}).",
    "out_of_memory": "There is not enough memory to open {name}.",
    "decoder_crashed": "{name} cannot be read: what opens it stopped at it, twice.",
    "decoding_slow": "{name} cannot be read: opening it took more than {limit_s:g} s.",
    "password_needed": "{name} needs a password.",
    "password_wrong": "This password does not open {name}.",
    "protected": "{name} is protected in a way that this program cannot open.",
    "no_pages": "{name} has no pages.",
    "page_range": "{name} has no pages {pages}: it has {count}. Write a range like 1-3,7.",
    # JobCancelled
    "cancelled": "Cancelled.",
    "cancelled_leaving": "Cancelled. The page is being taken out of the server's queue.",
    "cancelled_in_queue": "Cancelled, and removed from the server's queue.",
    "cancelled_stopped": "Cancelled. The server stopped reading this page.",
    "cancelled_on_server": "Cancelled. The server may still be finishing this page.",
    # JobTimeout
    "timeout_total": "Not read within {limit_s:g} s. Give it more time, or read it offline.",
    # ServerUnavailable: counts against the server, and the next engine is tried.
    "server_not_answering": "The server at {server} is not answering.",
    "server_silent": "No sign of life from the server at {server} for {limit_s:g} s. Start it anew if it stays silent.",
    "server_broken": "The server at {server} broke off: {detail}.",
    "server_not_gradio": "{server} answers, but it is not a GLM-OCR server.",
    "server_no_endpoint": "The server at {server} offers nothing that reads an image.",
    "server_no_such_endpoint": "The server at {server} has no endpoint {endpoint} that reads an image. "
    "It has: {offered}.",
    "connect_slow": "No connection to the server at {server} within {limit_s:g} s. Check its address and the network.",
    "upload_slow": "The page could not be sent to the server at {server} within {limit_s:g} s. Give it more time.",
    "server_needs_login": "The server at {server} asks for a user name and a password.",
    "login_refused": "The server at {server} did not accept the user name and password.",
    "certificate_unknown": "The certificate of the server at {server} is not trusted: {detail}.",
    "certificates_unusable": "The certificates in {name} cannot be used.",
    "password_store_locked": "This computer's password store does not open, and the login for {server} is in it.",
    "proxy_unknown": "The proxy for {server} is of a kind that this program does not know ({scheme}).",
    "not_this_computer": "{server} is another computer, and pages are to stay on this one.",
    "server_not_reading": "The server at {server} answers, but does not read.",
    "server_down": "The server at {server} is down.",
    # ServerBusy
    "server_busy": "The server at {server} has a full queue.",
    "lane_wait": "No place at the server at {server} became free within {limit_s:g} s. Give it more time.",
    "queue_wait": "Still in the queue of the server at {server} after {limit_s:g} s. "
    "Give it more time, or read it offline.",
    "rung_timeout": "The server at {server} did not read this page within {limit_s:g} s. Give it more time.",
    # RecognitionError: the server works, but its answer is no result.
    "server_refused": "The server could not read this page: {detail}",
    "server_cancelled": "The server gave up this page without a result.",
    "server_no_mode": "The server has no {mode} mode.",
    "answer_too_large": "The server's answer is too large to be a page (more than {limit_mb} MB).",
    "suspect_answer": "The answer looked wrong, so that the page was tried once more.",
    "useless_answer": "The answer had nothing of the page in it.",
    "server_error_text": "The server sent an error instead of text: {detail}",
    # OfflineUnavailable
    "offline_not_installed": "Offline reading is not installed: {detail}.",
    "offline_crashed": "The offline engine stopped on this page. It is started anew for the next one.",
    "offline_failed": "The offline engine could not read this page: {detail}.",
    "reader_formula": "This server has no GLM-OCR model, and formulas need it.",
    "offline_formula": "Formulas need the server. Text mode reads this page offline as unformatted text.",
    # ExportError
    "cannot_write": "{name} could not be written: {detail}.",
    "cannot_replace": "{name} could not be replaced. Close it if it is open in another program.",
    "name_field": "{field} means nothing in a file name. Known: {known}.",
    "name_of_page": "A name with a page makes one file a page, but all documents were to go into one.",
    "unknown_export": "There is no export format named {name}. Known formats: {known}.",
    "output_folder_missing": "{option} is for files, and they need a folder: -o DIR.",
    "output_is_file": "{name} is one file, which does not go with {option}. Give a folder.",
    "nothing_to_export": "There is no result to export yet.",
    # StoreError
    "store_damaged": "What was kept of earlier documents was damaged. It was set aside as {name}.",
    "store_newer": "{name} was made by a newer version of this program. It is left as it is, and nothing is kept.",
    "store_unusable": "{name} cannot be used: {detail}. What you read now is lost when the program ends.",
    "store_failed": "Nothing can be written to {folder}: {detail}. Reading goes on by itself when that has passed.",
    "disk_full": "The disk with {folder} is full. Make room: reading then goes on by itself.",
    "run_busy": "This command is already running in this folder. Wait until it has ended.",
    "run_not_kept": "{name} cannot be used: {detail}. This run cannot be continued when it is interrupted.",
    "run_stopped": "{folder} cannot be written: {detail}. What was read is kept: add --resume to go on when that has "
    "passed.",
    "resume_off": "Nothing is kept of a run, as the settings say (GLMOCR_KEEP_HISTORY), so that --resume cannot go on.",
    "journal_foreign": "{name} is not a journal of this program. Name another file, or one that is not there yet.",
    # SettingsError
    "setting_type": "{name}: {value!r} is not {wanted}.",
    "setting_range": "{name}: {value} is not between {low} and {high}.",
    "setting_choice": "{name}: {value!r} is not one of {choices}.",
    "setting_url": "{name}: {value!r} is not the address of a server. Write it like http://localhost:7860.",
    "setting_servers": "{name}: {count} addresses are too many; the limit is {limit}.",
    "setting_url_login": "{name}: an address with a name or a password in it would be shown to everybody. "
    "Give the address alone, and sign in: in the window, or with glmocr-desktop login.",
    "metrics_port_in_use": "Port {port} is in use, so that nobody can ask for the metrics there. "
    "Choose another one in the settings.",
    "metrics_port_refused": "This computer does not offer the metrics at port {port}: {detail}.",
    "setting_endpoint": "{name}: {value!r} is not the name of an endpoint. Write it like /predict.",
    "prompts_unusable": "{name}: these are no prompts, too many, or too long.",
    "prompt_nameless": "{name}: each needs a name.",
    "prompt_twice": "Two prompts have the name {prompt}.",
    "prompt_unknown": "No prompt of the settings is called {prompt}. There are: {names}.",
    "prompt_with_mode": "A prompt of your own takes the place of a mode: give either --prompt or --mode.",
    "prompt_empty": "{prompt}: write what the server is asked for.",
    "template_no_json": "{prompt}: the template is not JSON at line {line}, column {column}.",
    "template_no_object": "{prompt}: the template is not a JSON object with keys.",
    "settings_unreadable": "{name} could not be read: {detail}.",
    "settings_too_large": "{name} is too large to be a file of settings.",
    "settings_none": "There are no settings in {name}.",
    "settings_left_out": "Some stored settings cannot be used, and are left out: {names}.",
    "settings_damaged": "The settings file was damaged. It was kept as {name}, and the defaults are in use.",
    # login, trust
    "no_password_store": "This computer has no password store that this program can use. "
    "The login for {server} is known until the program ends.",
    "login_incomplete": "Give the user name by --user, and the password as one line of standard input.",
    "nobody_to_ask": "There is nobody to ask: give --fingerprint SHA256, or --yes.",
    "no_certificate": "The server at {server} has no certificate: its address does not begin with https.",
    # serve
    "server_not_installed": "The server part is not installed. Install it with: pip install 'glmocr-desktop[server]'.",
    "model_not_installed": "The GLM-OCR model needs the packages torch and transformers: {detail}.",
    "model_not_found": "The weights of {name} are not on this computer and could not be fetched: {detail}.",
    "port_in_use": "Port {port} of {host} is in use. Choose another one with --port.",
    "cannot_listen": "This computer cannot listen on {host}, port {port}: {detail}.",
    # A bug: logged with its traceback, the page fails, the program lives.
    "unexpected": "Something went wrong inside the program ({detail}). The log has the details.",
}


class OcrError(Exception):
    """Root of all errors that a user may see; ``str()`` is the sentence that they read.

    Args:
        kind: A key of `SENTENCES`.
        **values: What the sentence names.
    """

    def __init__(self, kind: str, **values: object) -> None:
        super().__init__(kind, values)
        self.kind = kind
        self.values = values

    def __str__(self) -> str:
        return SENTENCES[self.kind].format(**self.values)

    def __reduce__(self) -> tuple[object, ...]:
        return _rebuild, (type(self), self.kind, self.values)


class InputError(OcrError):
    """A file or page that cannot be read; never retried."""


class JobCancelled(OcrError):
    """A user ended the job; shown without alarm."""

    def __init__(self, kind: str = "cancelled", **values: object) -> None:
        super().__init__(kind, **values)


class JobTimeout(OcrError):
    """A deadline of the job passed; the kind says which one."""


class ServerUnavailable(OcrError):
    """The server is to blame: it counts against its health, and the next engine is tried."""


class ServerBusy(OcrError):
    """The server is full; that is not a fault."""


class RecognitionError(OcrError):
    """An answer that is no result."""


class OfflineUnavailable(OcrError):
    """The offline engine cannot do this."""


class ExportError(OcrError):
    """A result could not be written."""


class StoreError(OcrError):
    """What is kept cannot be read or written."""


class SettingsError(OcrError):
    """A setting that cannot be used."""


class ServeError(OcrError):
    """The program's own server cannot start."""


def _rebuild(cls: type[OcrError], kind: str, values: dict[str, object]) -> OcrError:
    return cls(kind, **values)
