"""What stands around the pages of an exported HTML file, which loads nothing, runs nothing, and can be printed."""

from __future__ import annotations

from html import escape

_STYLE = """
:root {
  color-scheme: light dark; --ink: #1f1f1f; --paper: #ffffff; --quiet: #5c5c5c; --rule: #c4c4c4; --shade: #f3f3f3;
}
@media (prefers-color-scheme: dark) {
  :root { --ink: #e4e4e4; --paper: #1c1c1c; --quiet: #a3a3a3; --rule: #4c4c4c; --shade: #2a2a2a; }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 1.0625rem/1.6 system-ui, -apple-system, "Segoe UI",
  "Noto Sans", "Microsoft YaHei", "PingFang SC", "Noto Sans CJK SC", sans-serif; }
main { max-width: 46rem; margin: 0 auto; padding: 2rem 1.25rem 4rem; }
p, li, td, th, h1, h2, h3, h4, h5, h6 { unicode-bidi: plaintext; text-align: start; overflow-wrap: break-word; }
h1, h2, h3, h4, h5, h6 { line-height: 1.3; margin: 1.6em 0 0.5em; }
h1 { font-size: 1.6rem; } h2 { font-size: 1.35rem; } h3 { font-size: 1.15rem; } h4, h5, h6 { font-size: 1rem; }
p { margin: 0 0 0.9em; }
ul, ol { margin: 0 0 0.9em; padding-inline-start: 1.8em; } li ul, li ol { margin: 0; }
header { border-bottom: 2px solid var(--rule); margin: 0 0 1.5rem; }
article + article { margin-top: 4rem; }
header p { font-size: 1.6rem; font-weight: 700; line-height: 1.3; margin: 0 0 0.4em; }
.page { color: var(--quiet); font-size: 0.85rem; margin: 2.5rem 0 1.5rem; }
.page { display: flex; gap: 0.75rem; align-items: center; }
.page::after { content: ""; flex: 1; border-top: 1px solid var(--rule); }
section:first-of-type > .page { margin-top: 0; }
.not-read { color: var(--quiet); }
.wide { overflow-x: auto; margin: 0 0 1.1em; }
table { border-collapse: collapse; border: 1px solid var(--rule); }
table { font-size: 0.95em; font-variant-numeric: tabular-nums; }
td, th { border: 1px solid var(--rule); padding: 0.35em 0.6em; vertical-align: top; }
th { background: var(--shade); font-weight: 600; }
pre, code { font-family: ui-monospace, "Cascadia Mono", Consolas, "DejaVu Sans Mono", monospace; font-size: 0.9em; }
pre { background: var(--shade); padding: 0.7em 0.9em; direction: ltr; text-align: left; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; }
code { background: var(--shade); padding: 0.1em 0.25em; } pre code { padding: 0; font-size: 1em; }
math { font-size: 1.1em; }
.formula { margin: 1.1em 0; padding: 0.1em 0; text-align: center; direction: ltr; }
.formula { overflow-x: auto; overflow-y: hidden; }
mtext[mathvariant^="bold"] { font-weight: bold; }
mtext[mathvariant$="italic"] { font-style: italic; }
mtable[columnspacing^="0em"] > mtr > mtd { padding-inline: 0; }
mtable[columnalign^="right left"] > mtr > mtd { text-align: left; }
mtable[columnalign^="right left"] > mtr > mtd:nth-child(odd) { text-align: right; }
mtable[columnalign^="left"] > mtr > mtd:first-child { text-align: left; }
mtable[columnalign="left left"] > mtr > mtd { text-align: left; }
mtable[frame="solid"] { border: 1px solid; }
mtable[columnlines*="solid"]:not([columnlines*="none"]) > mtr > mtd + mtd { border-inline-start: 1px solid; }
mtable[rowlines*="solid"]:not([rowlines*="none"]) > mtr + mtr > mtd { border-block-start: 1px solid; }
@media print {
  :root { --ink: #000; --paper: #fff; --quiet: #444; --rule: #999; --shade: #f3f3f3; color-scheme: light; }
  main { max-width: none; padding: 0; } body { font-size: 10.5pt; }
  section + section, article + article { break-before: page; } .page { margin-top: 0; }
  thead { display: table-header-group; } tr, .formula { break-inside: avoid; } .wide, .formula { overflow: visible; }
  h1, h2, h3, h4, h5, h6 { break-after: avoid; }
}
"""


def whole_page(title: str, language: str, body: str) -> str:
    """A whole HTML file.

    Args:
        title: Plain text.
        language: A code such as ``zh``.
        body: HTML of our own making.
    """
    return f"""<!DOCTYPE html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="GLM-OCR Desktop">
<title>{escape(title)}</title>
<style>{_STYLE}</style>
</head>
<body>
<main>
{body}
</main>
</body>
</html>
"""
