"""How right the bundled samples are read: characters against their known text, by language.

Usage: ``python benchmarks/sample_accuracy.py [--engine offline|server|auto] [--server URL]``. It runs the command line,
as a user would.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

from glmocr_desktop.core.resources import resource_path
from glmocr_desktop.recognition.check import accuracy


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--engine", default="offline")
    parser.add_argument("--server", default="http://localhost:7860")
    options = parser.parse_args()
    samples = resource_path("samples")
    known = json.loads((samples / "known-text.json").read_text(encoding="utf-8"))
    command = [sys.executable, "-m", "glmocr_desktop", "recognize", str(samples), "--json"]
    command += ["--engine", options.engine, "--server", options.server]
    done = subprocess.run(command, capture_output=True, text=True, timeout=600)
    read = [json.loads(line) for line in done.stdout.splitlines()]
    shares: dict[str, list[tuple[float, int]]] = defaultdict(list)
    for page in sorted(read, key=lambda each: (each["document"], each["page"])):
        name = Path(page["document"]).name
        sample = known[name]
        text = sample["pages"][page["page"] - 1]
        share = accuracy(text, page["text"])
        if sample["mode"] != "formula":
            shares[sample["language"]].append((share, len("".join(text.split()))))
        note = ", ".join(page["warnings"]) or (page["error"] or {}).get("message", "")
        print(
            f"{name:22} page {page['page']}  {sample['language']:5}  {share:8.3%}  {page['elapsed_s']:6.1f} s  {note}"
        )
    for language, each in sorted(shares.items()):
        characters = sum(count for _, count in each)
        mean = sum(share * count for share, count in each) / characters
        print(f"{language:5}  {mean:8.3%} of {characters:,} characters on {len(each)} pages")
    print(f"exit code {done.returncode}")


if __name__ == "__main__":
    main()
