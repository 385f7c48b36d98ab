"""Make the sample documents in `resources/samples/`, and the text that is written on them.

Needs Pillow, NumPy and matplotlib, and the Debian packages fonts-liberation and fonts-noto-cjk. All names and
texts are invented.
"""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

from PIL import Image
from sample_sheets import A4, BLUE, GREY, INK, RED, Sheet, assembled, face, in_stream, photographed, scanned

FOLDER = Path(__file__).resolve().parents[1] / "resources" / "samples"
TEXTS = json.loads(Path(__file__).with_name("sample_texts.json").read_text(encoding="utf-8"))


def few_colours(image: Image.Image, colours: int = 64) -> Image.Image:
    """A smaller file that looks the same."""
    return image.quantize(colours, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)


def letterhead(sheet: Sheet, name: str, lines: list[str], ink: Any) -> None:
    """A mark, a name and an address over a rule."""
    x, y = sheet.left, sheet.y
    sheet.draw.rounded_rectangle((x, y, x + 84, y + 84), 12, ink)
    for step in range(3):
        sheet.draw.rectangle((x + 20, y + 22 + 16 * step, x + 64 - 10 * step, y + 29 + 16 * step), "white")
    left, sheet.left = sheet.left, sheet.left + 112
    sheet.write(name, face("Sans-Bold", 38), ink, lead=1.35)
    for line in lines:
        sheet.write(line, face("Sans-Regular", 20), GREY, lead=1.4)
    sheet.left = left
    sheet.y += 24
    sheet.rule(ink, 3, 50)


def letter() -> Sheet:
    """A letter from an archive."""
    content, sheet, font = TEXTS["letter"], Sheet((1240, 1560)), face("Serif-Regular", 30)
    letterhead(sheet, content["from"], content["address"], BLUE)
    for line in content["to"]:
        sheet.write(line, font, lead=1.35)
    sheet.y += 30
    sheet.write(content["date"], font, align="right")
    sheet.y += 20
    sheet.write(content["subject"], face("Serif-Bold", 28), lead=2.0)
    for paragraph in content["body"]:
        sheet.fill(paragraph, font)
    sheet.y += 40
    for line in content["end"]:
        sheet.write(line, font)
    return sheet


def minutes() -> Sheet:
    """Minutes of a meeting, in Chinese."""
    content, sheet = TEXTS["minutes"], Sheet((1240, 1560), top=120)
    font, bold = face("NotoSerifCJK-Regular", 29), face("NotoSerifCJK-Bold", 31)
    sheet.write(content["title"], face("NotoSerifCJK-Bold", 50), RED, "center", 1.7)
    sheet.rule(RED, 3, 36)
    for line in content["facts"]:
        sheet.write(line, font, lead=1.65)
    sheet.y += 24
    for heading, paragraph in content["body"]:
        sheet.write(heading, bold, lead=1.8)
        sheet.fill(paragraph, font, lead=1.65, after=20)
    for line in content["end"]:
        sheet.write(line, font, align="right", lead=1.65)
    return sheet


def card() -> Sheet:
    """A catalogue card in Chinese and English."""
    content, sheet = TEXTS["card"], Sheet((1400, 780), (252, 250, 242), 90, 80)
    sheet.draw.rectangle((30, 30, 1369, 749), outline=(196, 188, 166), width=3)
    sheet.write(content["title"], face("NotoSansCJK-Bold", 42), BLUE, lead=1.6)
    sheet.rule(BLUE, 2, 26)
    for line in content["facts"]:
        sheet.write(line, face("NotoSansCJK-Regular", 29), lead=1.6)
    sheet.y += 16
    for paragraph in content["body"]:
        sheet.fill(paragraph, face("NotoSansCJK-Regular", 29), lead=1.55, after=12)
    return sheet


def newsletter() -> Sheet:
    """Two columns under a title."""
    content, sheet = TEXTS["newsletter"], Sheet((1240, 1060), margin=110, top=90)
    sheet.write(content["title"], face("Serif-Bold", 62), align="center", lead=1.3)
    sheet.write(content["issue"], face("Serif-Italic", 24), GREY, "center", 1.7)
    sheet.rule(INK, 3, 36)
    top, left, right = sheet.y, sheet.left, sheet.right
    for column, articles in enumerate(content["columns"]):
        sheet.left, sheet.right = (left, 590) if column == 0 else (650, right)
        sheet.y = top
        for heading, *paragraphs in articles:
            sheet.fill(heading, face("Sans-Bold", 30), BLUE, 1.25, 8)
            for paragraph in paragraphs:
                sheet.fill(paragraph, face("Serif-Regular", 25), lead=1.42, after=14)
            sheet.y += 16
    sheet.draw.line((620, top, 620, 960), (190, 190, 196), 2)
    return sheet


def invoice() -> Sheet:
    """A table with lines, on an invoice."""
    content, sheet = TEXTS["invoice"], Sheet((1240, 1000), top=90)
    letterhead(sheet, content["from"], content["address"], (20, 96, 84))
    font, bold = face("Sans-Regular", 25), face("Sans-Bold", 25)
    for line in content["facts"]:
        sheet.write(line, font, lead=1.5)
    sheet.y += 26
    widths = [90, 430, 120, 160, 160]
    edges = sheet.table(content["rows"], widths, font, bold)
    xs = [sheet.left + sum(widths[:number]) for number in range(len(widths) + 1)]
    for y in edges:
        sheet.draw.line((xs[0], y, xs[-1], y), INK, 2)
    for x in xs:
        sheet.draw.line((x, edges[0], x, edges[-1]), INK, 2)
    sheet.y += 30
    for line in content["end"]:
        sheet.write(line, font)
    return sheet


def timetable() -> Sheet:
    """A table without lines but three."""
    sheet = Sheet((1100, 520), margin=60, top=50)
    edges = sheet.table(
        TEXTS["timetable"]["rows"], [330, 200, 220, 230], face("Serif-Regular", 27), face("Serif-Bold", 27)
    )
    for y, width in ((edges[0], 4), (edges[1], 2), (edges[-1], 4)):
        sheet.draw.line((sheet.left, y, sheet.right, y), INK, width)
    return sheet


def screenshot() -> Sheet:
    """The window of a program, in dark."""
    content, sheet = TEXTS["screenshot"], Sheet((1280, 720), (30, 31, 38), 330, 100)
    sheet.draw.rectangle((0, 0, 1279, 55), (43, 45, 54))
    for number, colour in enumerate(((236, 95, 86), (245, 190, 79), (98, 197, 84))):
        sheet.draw.ellipse((24 + 34 * number, 19, 42 + 34 * number, 37), colour)
    sheet.draw.rectangle((0, 56, 279, 719), (37, 38, 46))
    sheet.draw.text((640, 28), content["title"], (214, 216, 224), face("Sans-Regular", 21), anchor="mm")
    sheet.lines.append(content["title"])
    for number, line in enumerate(content["menu"]):
        if number == 1:
            sheet.draw.rounded_rectangle((16, 138, 264, 182), 8, (58, 92, 160))
        sheet.draw.text((34, 100 + 58 * number), line, (226, 228, 234), face("Sans-Regular", 23), anchor="lm")
        sheet.lines.append(line)
    sheet.write(content["heading"], face("Sans-Bold", 34), (240, 241, 245), lead=1.9)
    for label, value in content["rows"]:
        sheet.draw.text((sheet.right, sheet.y), value, (134, 178, 255), face("Sans-Regular", 23), anchor="ra")
        sheet.write(label, face("Sans-Regular", 23), (204, 206, 214), lead=2.15)
        sheet.lines[-1] += f" {value}"
        sheet.draw.line((sheet.left, sheet.y - 12, sheet.right, sheet.y - 12), (56, 58, 68), 1)
    return sheet


def inventory() -> list[Sheet]:
    """Two typed pages in black and white."""
    sheets = []
    for page in TEXTS["inventory"]:
        sheet = Sheet(A4, margin=150, top=170)
        for line in page:
            sheet.write(line or " ", face("Mono-Regular", 33), "black", lead=1.7)
        sheet.lines = [line for line in page if line]
        sheets.append(sheet)
    return sheets


def note(name: str, height: int, ink: Any = INK) -> Sheet:
    """A heading and paragraphs on a sheet of their own."""
    content, sheet = TEXTS[name], Sheet((1240, height), margin=130, top=130)
    sheet.write(content["title"], face("Sans-Bold", 46), ink, lead=1.7)
    sheet.rule(ink, 3, 44)
    for paragraph in content["body"]:
        sheet.fill(paragraph, face("Sans-Regular", 34), lead=1.6, after=26)
    return sheet


def report() -> tuple[bytes, list[str]]:
    """A PDF with two pages of text and a scanned one."""
    scan = note("appendix", 1754)
    jpeg = io.BytesIO()
    scanned(scan.image).save(jpeg, "JPEG", quality=45)
    image = b"/Type/XObject/Subtype/Image/ColorSpace/DeviceGray/BitsPerComponent 8/Filter/DCTDecode"
    size = b"/Width %d/Height %d" % scan.image.size
    times = b"<</Type/Font/Subtype/Type1/Encoding/WinAnsiEncoding/BaseFont/Times-%s>>"
    fonts = b"/Font<</F1 %s/F2 %s>>" % (times % b"Roman", times % b"Bold")
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R 5 0 R 7 0 R]/Count 3>>"]
    pages = []
    for number, lines in enumerate(TEXTS["report"]):
        heading, *rest = lines
        escaped = [line.replace("(", r"\(").replace(")", r"\)").encode("cp1252") for line in rest]
        show = b"BT /F2 20 Tf 72 760 Td (%s) Tj ET BT /F1 13 Tf 20 TL 72 720 Td " % heading.encode("cp1252")
        objects += [
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<<%s>>/Contents %d 0 R>>"
            % (fonts, 4 + 2 * number),
            in_stream(show + b" ".join(b"(%s) Tj T*" % line for line in escaped) + b" ET"),
        ]
        pages.append("\n".join(line for line in lines if line))
    objects += [
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</XObject<</I 9 0 R>>>>/Contents 8 0 R>>",
        in_stream(b"595 0 0 842 0 0 cm /I Do"),
        in_stream(jpeg.getvalue(), image + size),
    ]
    return assembled(objects), [*pages, scan.text]


def formula(latex: str) -> Image.Image:
    """A formula as a book prints it."""
    from matplotlib import mathtext, rcParams

    rcParams["mathtext.fontset"] = "cm"
    stream = io.BytesIO()
    mathtext.math_to_image("$" + latex.replace("frac", "dfrac") + "$", stream, dpi=330, format="png")
    ink = Image.open(stream).convert("L")
    page = Image.new("L", (ink.width + 160, ink.height + 120), 255)
    page.paste(ink, (80, 60))
    return page


def main() -> None:
    """Write all samples and what is on them."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    known: dict[str, Any] = {}

    def keep(name: str, language: str, *pages: str, mode: str = "text", **more: Any) -> Path:
        known[name] = {"mode": mode, "language": language, "pages": list(pages), **more}
        return FOLDER / name

    for name, language, sheet in (
        ("letter.png", "en", letter()),
        ("会议纪要.png", "zh", minutes()),
        ("catalogue-card.png", "mixed", card()),
        ("newsletter.png", "en", newsletter()),
        ("dark-window.png", "en", screenshot()),
    ):
        few_colours(sheet.image).save(keep(name, language, sheet.text), optimize=True)
    for name, key, sheet in (("invoice.png", "invoice", invoice()), ("timetable.png", "timetable", timetable())):
        path = keep(name, "en", sheet.text, mode="table", rows=TEXTS[key]["rows"])
        few_colours(sheet.image).save(path, optimize=True)
    slip, notice = note("slip", 1480), note("notice", 1240, RED)
    photographed(slip.image).save(keep("phone-photo.jpg", "en", slip.text), quality=62)
    exif = Image.Exif()
    exif[0x0112] = 6  # held upright, stored lying on its left side
    sideways = notice.image.convert("L").transpose(Image.Transpose.ROTATE_90)
    sideways.save(keep("turned-notice.jpg", "en", notice.text), quality=60, exif=exif)
    first, *others = (sheet.image.convert("1", dither=Image.Dither.NONE) for sheet in inventory())
    path = keep("inventory.tif", "en", *(sheet.text for sheet in inventory()))
    first.save(path, save_all=True, append_images=others, compression="group4", dpi=(150, 150))
    content, pages = report()
    keep("report.pdf", "en", *pages).write_bytes(content)
    latex = TEXTS["formula"]
    formula(latex).save(keep("formula.png", "en", latex, mode="formula"), optimize=True)
    (FOLDER / "known-text.json").write_text(json.dumps(known, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
