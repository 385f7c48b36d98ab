"""Hostile PDFs: cut, looping, swelling, locked, and such as would like to act."""

from __future__ import annotations

import random
import zlib
from collections.abc import Iterator

from tests.documents.pdf_files import BLACK_SQUARE, encrypted_pdf, pages_pdf, pdf, stream
from tests.support.hostile import REFUSED, Hostile

_FINE = frozenset({""})
_ANY = frozenset({"", *REFUSED})
_CATALOG = b"<</Type/Catalog/Pages 2 0 R>>"
_TREE = b"<</Type/Pages/Kids[3 0 R]/Count 1>>"
_DRAW = b"500 0 0 500 0 0 cm /I Do"
_GREY = b"/Type/XObject/Subtype/Image/ColorSpace/DeviceGray/BitsPerComponent 8"
_ACTIONS = (
    b"/S/JavaScript/JS(app.launchURL\\('http://127.0.0.1:9/'\\); while\\(true\\){})",
    b"/S/Launch/F(/bin/sh)/Win<</F(cmd.exe)>>",
    b"/S/URI/URI(http://127.0.0.1:9/)",
    b"/S/SubmitForm/F(http://127.0.0.1:9/)",
    b"/S/GoToR/F(//127.0.0.1/share/x.pdf)/D[0/Fit]",
    b"/S/ImportData/F(/etc/passwd)",
)


def hostile_pdfs(*, quick: bool = False) -> Iterator[Hostile]:
    """All of them, one after the other; the same each time. Quick ones do not need a second each."""
    yield from _bent()
    yield from _trees()
    yield from _boxes()
    yield from _images()
    yield from _locked()
    yield from _acting()
    yield from _two_things()
    if not quick:
        yield from _loops()
        yield from _large_images()
        yield from _swelling()


def _page(content: bytes, resources: bytes = b"", *more: bytes, box: bytes = b"0 0 595 842") -> bytes:
    """A PDF of one page; its content is object 4, what else there is begins with object 5."""
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[%s]/Contents 4 0 R/Resources<<%s>>>>" % (box, resources)
    return pdf([_CATALOG, _TREE, page, stream(content), *more])


def _bent() -> Iterator[Hostile]:
    good = pages_pdf(BLACK_SQUARE, BLACK_SQUARE, BLACK_SQUARE)
    chance = random.Random(11)
    yield Hostile("good.pdf", good, _FINE)
    for share in (0.05, 0.2, 0.4, 0.6, 0.8, 0.95, 0.99):
        yield Hostile(f"cut at {share:.0%}.pdf", good[: int(len(good) * share)], _ANY)
    for number in range(8):
        bent = bytearray(good)
        for _ in range(1 + 5 * number):
            bent[chance.randrange(len(bent))] ^= 1 << chance.randrange(8)
        yield Hostile(f"bits flipped {number}.pdf", bytes(bent), frozenset({*_ANY, "is_text", "password_needed"}))
    table = good.index(b"xref")
    yield Hostile("no table of objects.pdf", good[:table], _ANY)
    yield Hostile("table points behind the end.pdf", good.replace(b"startxref\n", b"startxref\n9999999"), _ANY)
    yield Hostile("table points at itself.pdf", good.replace(b"/Root", b"/Prev %d/Root" % table), _ANY)
    yield Hostile("table points below zero.pdf", good.replace(b"startxref\n", b"startxref\n-"), _ANY)
    yield Hostile("a billion objects.pdf", good.replace(b"xref\n0 ", b"xref\n0 1000000000"), _ANY)
    yield Hostile("no trailer.pdf", good.replace(b"trailer", b"tractor"), _ANY)
    yield Hostile("rubbish before.pdf", b"\0\xff" * 300 + good, _ANY)
    yield Hostile("rubbish after.pdf", good + b"\0" * 5_000, _ANY)
    yield Hostile("only its name.pdf", b"%PDF-1.7", frozenset({"damaged"}))
    yield Hostile("only its end.pdf", b"%PDF-1.7\n%%EOF", frozenset({"damaged"}))
    yield Hostile("version 9.pdf", good.replace(b"-1.7", b"-9.9"), _ANY)
    yield Hostile("old line ends.pdf", good.replace(b"\n", b"\r"), _ANY)
    yield Hostile("noise.pdf", b"%PDF-1.4\n" + chance.randbytes(100_000), frozenset({"damaged"}))


def _trees() -> Iterator[Hostile]:
    yield Hostile("no pages.pdf", pages_pdf(), frozenset({"no_pages"}))
    yield Hostile("tree in a circle.pdf", pages_pdf(BLACK_SQUARE, kids=b"2 0 R"), REFUSED)
    yield Hostile("page and circle.pdf", pages_pdf(BLACK_SQUARE, kids=b"3 0 R 2 0 R", count=2), _ANY)
    for count in (10**6, 2**31 - 1, -1, 10**12):
        yield Hostile(
            f"claims {count} pages.pdf", pages_pdf(BLACK_SQUARE, count=count), frozenset({*_ANY, "too_many_pages"})
        )
    yield Hostile("a page of nobody.pdf", pages_pdf(BLACK_SQUARE, kids=b"99 0 R"), _ANY)
    yield Hostile("the catalogue is a page.pdf", pages_pdf(BLACK_SQUARE, kids=b"1 0 R"), _ANY)
    yield Hostile("the same page 1,000 times.pdf", pages_pdf(BLACK_SQUARE, kids=b"3 0 R " * 1_000, count=1_000), _FINE)
    depth = 3_000
    nested = [b"<</Type/Pages/Kids[%d 0 R]/Count 1/Parent %d 0 R>>" % (n + 1, n - 1) for n in range(2, depth)]
    yield Hostile("a tree of 3,000 levels.pdf", pdf([_CATALOG, *nested, b"<</Type/Page/MediaBox[0 0 9 9]>>"]), _ANY)
    root = pages_pdf(BLACK_SQUARE).replace(b"/Root 1 0 R", b"/Root 99 0 R")
    yield Hostile("no catalogue.pdf", root, _ANY)


def _boxes() -> Iterator[Hostile]:
    for box in (
        *(b"0 0 0 0", b"0 0 -5 -5", b"595 842 0 0", b"0 0 1e30 1e30", b"0 0 200000 200000", b"0 0 0.001 0.001"),
        *(b"nan nan nan nan", b"0 0 99999999999999999999 1", b"", b"0 0", b"(a)(b)(c)(d)", b"-1e9 -1e9 1e9 1e9"),
        *(b"0 0 1 100000", b"2147483647 0 2147483647 9", b"3 0 R 3 0 R 3 0 R 3 0 R"),
    ):
        yield Hostile(f"box {box.decode()}.pdf".replace("/", "_"), pages_pdf(BLACK_SQUARE, box=box), _ANY)
    for entry in (
        b"/UserUnit 1000000",
        b"/Rotate 45",
        b"/Rotate -2147483648",
        b"/CropBox[0 0 0 0]",
        b"/CropBox[9 9 1 1]",
    ):
        name = entry.decode().replace("/", "")
        yield Hostile(f"page with {name}.pdf", pages_pdf(BLACK_SQUARE, more=entry), _ANY)


def _loops() -> Iterator[Hostile]:
    form = b"/Type/XObject/Subtype/Form/BBox[0 0 595 842]/Resources<</XObject<</F %d 0 R/G %d 0 R>>>>"
    call = b"/XObject<</F 5 0 R/G 5 0 R>>"
    yield Hostile("form within itself.pdf", _page(b"/F Do", call, stream(b"/F Do /G Do", form % (5, 5))), _ANY)
    pair = stream(b"/F Do", form % (6, 6)), stream(b"/F Do", form % (5, 5))
    yield Hostile("two forms within each other.pdf", _page(b"/F Do", call, *pair), _ANY)
    doubling = [stream(b"/F Do /G Do", form % (number, number)) for number in range(6, 20)]
    laughs = _page(b"/F Do", call, *doubling, stream(BLACK_SQUARE, form % (1, 1)))
    yield Hostile("a form 16,384 times.pdf", laughs, _ANY)
    pattern = stream(
        b"/Pattern cs /P scn 0 0 9 9 re f",
        b"/Type/Pattern/PatternType 1/PaintType 1/TilingType 1"
        b"/BBox[0 0 9 9]/XStep 9/YStep 9/Resources<</Pattern<</P 5 0 R>>>>",
    )
    yield Hostile(
        "pattern of itself.pdf", _page(b"/Pattern cs /P scn 0 0 500 500 re f", b"/Pattern<</P 5 0 R>>", pattern), _ANY
    )
    glyph = (
        b"<</Type/Font/Subtype/Type3/FontBBox[0 0 9 9]/FontMatrix[1 0 0 1 0 0]/CharProcs<</a 6 0 R>>/Encoding"
        b"<</Differences[97/a]>>/FirstChar 97/LastChar 97/Widths[9]/Resources<</Font<</T 5 0 R>>>>>>"
    )
    letter = stream(b"9 0 d0 BT /T 9 Tf (aa) Tj ET")
    yield Hostile(
        "letters of themselves.pdf", _page(b"BT /T 9 Tf (aaa) Tj ET", b"/Font<</T 5 0 R>>", glyph, letter), _ANY
    )
    yield Hostile("its length is itself.pdf", pages_pdf(BLACK_SQUARE).replace(b"/Length 31", b"/Length 4 0 R"), _ANY)
    for sign, end in ((b"[", b"]"), (b"<<", b">>"), (b"<</A", b">>")):
        deep = sign * 100_000 + end * 100_000
        yield Hostile(
            f"100,000 times {sign.decode().replace('/', '')} in an object.pdf".replace("<", "("),
            _page(BLACK_SQUARE, b"/X 5 0 R", deep),
            _ANY,
        )
    yield Hostile("100,000 arrays on the page.pdf", _page(b"[" * 100_000 + BLACK_SQUARE), _ANY)
    yield Hostile("100,000 states saved.pdf", _page(b"q " * 100_000 + BLACK_SQUARE), _ANY)
    yield Hostile("100,000 clips.pdf", _page(b"0 0 500 500 re W n " * 100_000 + BLACK_SQUARE), _ANY)
    outline = b"<</Type/Outlines/First 5 0 R/Last 5 0 R/Title(x)/Next 5 0 R/Parent 5 0 R>>"
    looped = _page(BLACK_SQUARE, b"", outline).replace(b"/Pages 2 0 R", b"/Pages 2 0 R/Outlines 5 0 R")
    yield Hostile("outline in a circle.pdf", looped, _ANY)


def _large_images() -> Iterator[Hostile]:
    for width, height in ((65535, 65535), (10**9, 10**9), (0, 0), (-5, -5), (30_000, 30_000)):
        sized = _GREY + b"/Width %d/Height %d/Filter/FlateDecode" % (width, height)
        image = stream(zlib.compress(bytes(99)), sized)
        yield Hostile(f"image of {width}x{height}.pdf", _page(_DRAW, b"/XObject<</I 5 0 R>>", image), _ANY)


def _swelling() -> Iterator[Hostile]:
    flate = b"/Filter/FlateDecode"
    blank = zlib.compress(b" " * 300_000_000)
    body = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R>>"
    yield Hostile("300 MB of spaces.pdf", pdf([_CATALOG, _TREE, body, stream(blank, flate)]), _ANY)
    twice = zlib.compress(blank)
    doubled = stream(twice, b"/Filter[/FlateDecode/FlateDecode]")
    yield Hostile("300 MB packed twice.pdf", pdf([_CATALOG, _TREE, body, doubled]), _ANY)
    many = stream(b"x", b"/Filter[%s]" % (b"/ASCIIHexDecode" * 50_000))
    yield Hostile("50,000 filters.pdf", pdf([_CATALOG, _TREE, body, many]), _ANY)
    unknown = stream(b"x", b"/Filter/NoSuchFilter")
    yield Hostile("a filter that is none.pdf", pdf([_CATALOG, _TREE, body, unknown]), _ANY)
    predictor = stream(zlib.compress(bytes(999)), flate + b"/DecodeParms<</Predictor 15/Columns 2147483647/Colors 32>>")
    yield Hostile("a predictor of 2 thousand million columns.pdf", pdf([_CATALOG, _TREE, body, predictor]), _ANY)
    steps = b"".join(b"%d %d m %d %d l S " % (n % 595, n % 842, n % 17, n % 23) for n in range(300_000))
    yield Hostile("300,000 lines.pdf", pdf([_CATALOG, _TREE, body, stream(zlib.compress(steps), flate)]), _ANY)


def _images() -> Iterator[Hostile]:
    rubbish = random.Random(5).randbytes(3_000)
    for name in (b"JBIG2Decode", b"JPXDecode", b"DCTDecode", b"CCITTFaxDecode", b"LZWDecode", b"RunLengthDecode"):
        image = stream(rubbish, _GREY + b"/Width 500/Height 500/Filter/" + name)
        yield Hostile(f"{name.decode()} of rubbish.pdf", _page(_DRAW, b"/XObject<</I 5 0 R>>", image), _ANY)
    masked = stream(bytes(81), _GREY + b"/Width 9/Height 9/SMask 5 0 R")
    yield Hostile("image masked by itself.pdf", _page(_DRAW, b"/XObject<</I 5 0 R>>", masked), _ANY)
    indexed = _GREY.replace(b"/DeviceGray", b"[/Indexed/DeviceRGB 99999(x)]") + b"/Width 9/Height 9"
    yield Hostile(
        "image without its colours.pdf", _page(_DRAW, b"/XObject<</I 5 0 R>>", stream(bytes(81), indexed)), _ANY
    )
    yield Hostile("image within the text.pdf", _page(b"BI /W 999999 /H 999999 /BPC 8 /CS /G ID xxxx EI"), _ANY)
    font = b"<</Type/Font/Subtype/TrueType/BaseFont/NoSuch/FontDescriptor 6 0 R>>"
    words = b"BT /F 40 Tf 50 500 Td (Words) Tj ET"
    yield Hostile("font that is missing.pdf", _page(words, b"/Font<</F 5 0 R>>", font), _ANY)
    broken = b"<</Type/FontDescriptor/FontName/NoSuch/Flags 4/FontFile2 7 0 R>>", stream(rubbish)
    yield Hostile("font of rubbish.pdf", _page(words, b"/Font<</F 5 0 R>>", font, *broken), _ANY)


def _locked() -> Iterator[Hostile]:
    yield Hostile("locked.pdf", encrypted_pdf(BLACK_SQUARE, b"secret"), frozenset({"password_needed"}))
    yield Hostile("locked for its owner only.pdf", encrypted_pdf(BLACK_SQUARE, b""), _FINE)
    unknown = pages_pdf(BLACK_SQUARE).replace(b"/Root", b"/Encrypt<</Filter/NoSuch/V 9>>/ID[<00><00>]/Root")
    yield Hostile("locked in a way that is none.pdf", unknown, frozenset({"protected", "damaged", "password_needed"}))
    short = encrypted_pdf(BLACK_SQUARE, b"").replace(b"/O<", b"/O<>/Q<")
    yield Hostile("locked without a key.pdf", short, frozenset({"password_needed", *REFUSED}))


def _acting() -> Iterator[Hostile]:
    for action in _ACTIONS:
        name = action.split(b"/")[2].decode()
        opening = pages_pdf(BLACK_SQUARE).replace(b"/Pages 2", b"/OpenAction<<%s>>/Pages 2" % action)
        yield Hostile(f"{name} when opened.pdf", opening, _FINE)
        yield Hostile(f"{name} on the page.pdf", pages_pdf(BLACK_SQUARE, more=b"/AA<</O<<%s>>>>" % action), _FINE)
    form = b"<</Fields[5 0 R]/XFA 6 0 R/NeedAppearances true>>"
    field = b"<</FT/Tx/T(x)/Subtype/Widget/Rect[9 9 99 99]/AA<</C<<%s>>>>/Kids[5 0 R]/Parent 5 0 R>>" % _ACTIONS[0]
    xfa = stream(b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><xdp:xdp>&a;</xdp:xdp>')
    xfa_pdf = _page(BLACK_SQUARE, b"", field, xfa).replace(b"/Pages 2 0 R", b"/Pages 2 0 R/AcroForm" + form)
    yield Hostile("form of XFA.pdf", xfa_pdf, _ANY)


def _two_things() -> Iterator[Hostile]:
    good = pages_pdf(BLACK_SQUARE)
    yield Hostile("PDF and archive.pdf", good + b"PK\3\4" + bytes(26) + b"PK\5\6" + bytes(18), _FINE)
    yield Hostile("page of the web and PDF.pdf", b"<!DOCTYPE html><script>alert(1)</script>" + good, _ANY)
    yield Hostile("PDF called an image.png", good, _FINE)
    yield Hostile("image and PDF.pdf", b"GIF89a" + bytes(20) + good, _ANY)
    yield Hostile("Word document.pdf", b"PK\3\4" + bytes(26) + b"word/document.xml", frozenset({"is_word"}))
    yield Hostile("e-mail.pdf", b"From: a@b.c\nSubject: %PD\n\nSee below", frozenset({"is_message"}))
    yield Hostile("empty.pdf", b"", frozenset({"empty_file"}))
