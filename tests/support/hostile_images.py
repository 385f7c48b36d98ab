"""Hostile images: every format, cut, bent, lying about its size, or swelling when it is unpacked."""

from __future__ import annotations

import base64
import io
import random
import struct
import zlib
from collections.abc import Iterator

from PIL import Image, ImageDraw, PngImagePlugin

from tests.documents.image_files import HEIC_OF_64_BY_64, gif_header, png, tiff
from tests.support.hostile import REFUSED, Hostile

_CUTS = (0.1, 0.4, 0.7, 0.95)
_PLAIN = (
    *(("png", "PNG"), ("jpg", "JPEG"), ("webp", "WEBP"), ("gif", "GIF"), ("bmp", "BMP"), ("tif", "TIFF")),
    *(("avif", "AVIF"), ("jp2", "JPEG2000"), ("ppm", "PPM"), ("ico", "ICO")),
)
_ANY = frozenset({"", *REFUSED})  # half of a picture may be shown, or not
_SIZE = frozenset({"too_large", "too_long", "damaged"})


def hostile_images(*, quick: bool = False) -> Iterator[Hostile]:
    """All of them, one after the other; the same each time. Quick ones do not need a second each."""
    yield from _bent()
    yield from _lying()
    yield from _tiffs()
    yield from _odd_pixels()
    yield from _foreign()
    if not quick:
        yield from _swelling()
        yield from _chatty()


def _picture(mode: str = "RGB") -> Image.Image:
    image = Image.new("RGB", (64, 48), "white")
    ImageDraw.Draw(image).text((4, 12), "Invoice 7", fill="black")
    return image.convert(mode)


def _saved(image: Image.Image, name: str, **options: object) -> bytes:
    stream = io.BytesIO()
    image.save(stream, name, **options)
    return stream.getvalue()


def _good() -> list[tuple[str, bytes]]:
    """One file of each format that can be read."""
    files = [(suffix, _saved(_picture(), name)) for suffix, name in _PLAIN]
    files.append(("heic", base64.b64decode(HEIC_OF_64_BY_64)))
    frames = [_picture(), Image.new("RGB", (64, 48), "red")]
    files.append(("apng", _saved(frames[0], "PNG", save_all=True, append_images=frames[1:])))
    return files


def _bent() -> Iterator[Hostile]:
    chance = random.Random(7)
    good = _good()
    for number, (suffix, content) in enumerate(good):
        yield Hostile(f"good.{suffix}", content, frozenset({""}))
        for share in _CUTS:
            yield Hostile(f"cut at {share:.0%}.{suffix}", content[: max(1, int(len(content) * share))], _ANY)
        for kind in range(3):
            bent = bytearray(content)
            for _ in range(3 if kind < 2 else len(bent) // 20):
                bent[chance.randrange(12, len(bent))] ^= 1 << chance.randrange(8)
            yield Hostile(f"bits flipped {kind}.{suffix}", bytes(bent), _ANY)
        yield Hostile(f"named wrongly ({suffix}).{good[number - 1][0]}", content, frozenset({""}))
        yield Hostile(
            f"with rubbish after ({suffix}).{suffix}", content + b"\xff\0%PDF-1.4 rubbish" * 50, frozenset({""})
        )
        yield Hostile(f"only a beginning.{suffix}", content[:12], REFUSED)


def _png_chunks(
    width: int, height: int, *chunks: tuple[bytes, bytes], bits: int = 8, colour: int = 0, lace: int = 0
) -> bytes:
    header = struct.pack(">IIBBBBB", width, height, bits, colour, 0, 0, lace)
    parts = ((b"IHDR", header), *chunks, (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body)) for name, body in parts
    )


def _bmp(width: int, height: int, data: bytes = b"") -> bytes:
    return (
        b"BM"
        + struct.pack("<IHHI", 54 + len(data), 0, 0, 54)
        + struct.pack("<IiiHHIIiiII", 40, width, height, 1, 24, 0, 0, 0, 0, 0, 0)
        + data
    )


def _webp_lossless(width: int, height: int) -> bytes:
    bits = (width - 1) | (height - 1) << 14
    body = b"VP8L" + struct.pack("<I", 6) + b"\x2f" + struct.pack("<I", bits) + b"\0"
    return b"RIFF" + struct.pack("<I", 4 + len(body)) + b"WEBP" + body


def _lying() -> Iterator[Hostile]:
    """Headers that promise other sizes than there are."""
    jpeg = _saved(_picture(), "JPEG")
    frame = jpeg.index(b"\xff\xc0") + 5
    jp2 = _saved(_picture(), "JPEG2000")
    box = jp2.index(b"ihdr") + 4
    codestream = jp2.index(b"\xff\x51") + 6
    for width, height in ((65535, 65535), (10**9, 1), (1, 10**9), (2**31 - 1, 2**31 - 1), (0, 0), (0, 9), (40_000, 30)):
        size = f"{width}x{height}"
        refused = _SIZE | REFUSED
        yield Hostile(f"claims {size}.png", _png_chunks(width, height, (b"IDAT", zlib.compress(b"\0" * 99))), refused)
        yield Hostile(f"claims {size}.ppm", b"P6 %d %d 255\n" % (width, height) + b"\0" * 99, refused)
        yield Hostile(f"claims {size}.bmp", _bmp(width, height, bytes(99)), refused)
        yield Hostile(
            f"claims {size}.tif", tiff({256: width, 257: height, 258: 8, 262: 1, 273: 8, 278: 1, 279: 1}), refused
        )
        sized = struct.pack(">II", height, width)
        stream = jp2[:codestream] + struct.pack(">II", width, height) + jp2[codestream + 8 :]
        yield Hostile(f"claims {size}.jp2", jp2[:box] + sized + jp2[box + 8 :], _ANY)
        yield Hostile(f"claims {size} within.jp2", stream, _ANY)
        if max(width, height) < 65536:
            yield Hostile(f"claims {size}.gif", gif_header(width, height), refused)
            yield Hostile(
                f"claims {size}.jpg", jpeg[:frame] + struct.pack(">HH", height, width) + jpeg[frame + 4 :], refused
            )
    yield Hostile("claims 16384x16384.webp", _webp_lossless(16384, 16384), _SIZE)
    yield Hostile("ico of nothing.ico", b"\0\0\1\0\0\0", REFUSED)
    yield Hostile("ico of 65535 pictures.ico", b"\0\0\1\0\xff\xff" + bytes(16) * 65535, REFUSED)
    inner = png(20_000, 20_000)
    entry = struct.pack("<BBBBHHII", 0, 0, 0, 0, 1, 32, len(inner), 22)
    yield Hostile("ico with a huge png.ico", b"\0\0\1\0\1\0" + entry + inner, _ANY | _SIZE)


def _swelling() -> Iterator[Hostile]:
    """A few bytes that become very many."""
    yield Hostile("bomb of 100 million pixels.png", png(10_000, 10_000), _SIZE)
    yield Hostile("just within the limit.png", png(8_900, 8_900), frozenset({""}))
    yield Hostile("data goes on for 200 MB.png", _png_chunks(9, 9, (b"IDAT", zlib.compress(bytes(200_000_000)))), _ANY)
    strip = zlib.compress(bytes(200_000_000))
    swollen = {256: 64, 257: 64, 258: 8, 259: 8, 262: 1, 273: 8, 278: 64, 279: len(strip)}
    yield Hostile("deflate of 200 MB.tif", tiff(swollen, strip), _ANY)
    wide = Image.new("1", (9_000, 9_000))
    for name in ("tiff_lzw", "tiff_adobe_deflate", "packbits", "group4"):
        yield Hostile(f"81 million pixels in {name}.tif", _saved(wide, "TIFF", compression=name), _SIZE)
    within = Image.new("1", (8_000, 8_000))
    yield Hostile("64 million pixels in lzw.tif", _saved(within, "TIFF", compression="tiff_lzw"), frozenset({""}))
    flat = Image.new("L", (5_000, 5_000))
    for suffix, name in (("webp", "WEBP"), ("jp2", "JPEG2000"), ("jpg", "JPEG"), ("avif", "AVIF"), ("gif", "GIF")):
        yield Hostile(f"25 million pixels of nothing.{suffix}", _saved(flat, name), frozenset({""}))
    header = b"GIF89a" + struct.pack("<HH", 9, 9) + b"\x80\0\0" + b"\0\0\0\xff\xff\xff"
    frame = b"\x2c" + struct.pack("<HHHH", 0, 0, 9, 9) + b"\0\x02\x02\x4c\x01\0"
    yield Hostile("300,000 frames.gif", header + frame * 300_000 + b";", _ANY)
    control = struct.pack(">II", 10**9, 0)
    yield Hostile(
        "claims a billion frames.apng",
        _png_chunks(9, 9, (b"acTL", control), (b"IDAT", zlib.compress(b"\0" * 90))),
        _ANY,
    )


def _chatty() -> Iterator[Hostile]:
    """What goes along with a picture is huge, broken or endless."""
    data = (b"IDAT", zlib.compress((b"\0" + b"\xff" * 9) * 9))
    swollen = zlib.compress(bytes(100_000_000))
    for name, body in (
        (b"zTXt", b"Comment\0\0" + swollen),
        (b"iTXt", b"XML:com.adobe.xmp\0\1\0\0\0" + swollen),
        (b"iCCP", b"icc\0\0" + swollen),
        (b"tEXt", b"Comment\0" + b"x" * 20_000_000),
        (b"eXIf", b"II*\0\x08\0\0\0" + b"\xff" * 50_000),
        (b"tRNS", b"\0" * 5_000),
        (b"PLTE", b"\0" * 10_000),
    ):
        yield Hostile(f"{name.decode()} bomb.png", _png_chunks(9, 9, (name, body), data), _ANY)
    many = [(b"tEXt", b"K%d\0v" % number) for number in range(100_000)]
    yield Hostile("100,000 texts.png", _png_chunks(9, 9, *many, data), _ANY)
    loop = b"II*\0\x08\0\0\0" + struct.pack("<H", 1) + struct.pack("<HHII", 34665, 4, 1, 8) + struct.pack("<I", 8)
    yield Hostile("exif in a circle.jpg", _saved(_picture(), "JPEG", exif=b"Exif\0\0" + loop), frozenset({""}))
    yield Hostile(
        "exif of rubbish.jpg", _saved(_picture(), "JPEG", exif=b"Exif\0\0" + b"\xff" * 9_000), frozenset({""})
    )
    yield Hostile("icc of rubbish.jpg", _saved(_picture(), "JPEG", icc_profile=b"\xff" * 900_000), frozenset({""}))
    yield Hostile("xmp of 60 kB.jpg", _saved(_picture(), "JPEG", xmp=b"<a>" * 20_000), frozenset({""}))
    turned = Image.Exif()
    turned[274] = 99
    yield Hostile("turned by 99.jpg", _saved(_picture(), "JPEG", exif=turned.tobytes()), frozenset({""}))
    text = PngImagePlugin.PngInfo()
    text.add_text("Title", "\x1b[2J\u202e" * 99)
    yield Hostile("commands in its texts.png", _saved(_picture(), "PNG", pnginfo=text), frozenset({""}))


def _tiffs() -> Iterator[Hostile]:
    """Directories in circles, too many of them, and values that point anywhere."""
    one = tiff({256: 9, 257: 9, 258: 8, 262: 1, 273: 8, 278: 9, 279: 81}, bytes(81))
    yield Hostile("directories in a circle.tif", one[:-4] + struct.pack("<I", 8 + 81), _ANY)
    yield Hostile("next directory far away.tif", one[:-4] + struct.pack("<I", 2**32 - 2), _ANY)
    entries = struct.pack("<HHII", 256, 4, 1, 9) + struct.pack("<HHII", 257, 4, 1, 9)
    length = 2 + len(entries) + 4
    chain = b"".join(struct.pack("<H", 2) + entries + struct.pack("<I", 8 + length * (n + 1)) for n in range(100_000))
    yield Hostile("100,000 directories.tif", b"II*\0\x08\0\0\0" + chain[:-4] + bytes(4), REFUSED | {"too_many_pages"})
    yield Hostile("65535 entries.tif", b"II*\0\x08\0\0\0\xff\xff" + entries * 30_000, REFUSED)
    huge = b"II*\0\x08\0\0\0" + struct.pack("<H", 1) + struct.pack("<HHII", 270, 2, 2**32 - 1, 8) + bytes(4)
    yield Hostile("a text of 4 GB.tif", huge, REFUSED)
    for tag, value in (
        (278, 0),
        (273, 2**32 - 1),
        (279, 2**32 - 1),
        (258, 65535),
        (277, 65535),
        (259, 34661),
        (317, 9),
    ):
        wrong = {256: 9, 257: 9, 258: 8, 262: 1, 273: 8, 278: 9, 279: 81} | {tag: value}
        yield Hostile(f"tag {tag} is {value}.tif", tiff(wrong, bytes(81)), _ANY | _SIZE)
    yield Hostile("big tiff of nothing.tif", b"II\x2b\0\x08\0\0\0" + struct.pack("<Q", 2**63), REFUSED)


def _odd_pixels() -> Iterator[Hostile]:
    """Kinds of pixels that scanners seldom make."""
    fine = frozenset({""})
    for mode, name, suffix in (
        *(("CMYK", "JPEG", "jpg"), ("CMYK", "TIFF", "tif"), ("F", "TIFF", "tif"), ("I", "TIFF", "tif")),
        *(("LA", "PNG", "png"), ("P", "PNG", "png"), ("1", "TIFF", "tif"), ("RGBA", "WEBP", "webp")),
        *(("LAB", "TIFF", "tif"), ("YCbCr", "JPEG", "jpg"), ("L", "BMP", "bmp")),
    ):
        yield Hostile(f"pixels {mode}.{suffix}", _saved(_picture(mode), name), fine)
    yield Hostile("16 bits.png", _saved(Image.new("I;16", (9, 9), 40_000), "PNG"), fine)
    yield Hostile("not a number.tif", _saved(Image.new("F", (9, 9), float("nan")), "TIFF"), fine)
    yield Hostile("infinite.tif", _saved(Image.new("F", (9, 9), float("inf")), "TIFF"), fine)
    yield Hostile("palette without colours.png", _png_chunks(9, 9, (b"IDAT", zlib.compress(bytes(90))), colour=3), _ANY)
    laced = _png_chunks(9, 9, (b"IDAT", zlib.compress(bytes(20))), lace=1)
    yield Hostile("interlaced and cut.png", laced, _ANY)
    for bits, colour in ((3, 0), (8, 5), (16, 3), (0, 0)):
        bad = _png_chunks(9, 9, (b"IDAT", zlib.compress(bytes(900))), bits=bits, colour=colour)
        yield Hostile(f"{bits} bits of colour {colour}.png", bad, REFUSED)
    yield Hostile("one pixel.png", png(1, 1), fine)
    yield Hostile("a line of 32,000 pixels.png", png(32_000, 1), fine)


def _foreign() -> Iterator[Hostile]:
    """Other files under the name of an image."""
    yield Hostile("empty.png", b"", frozenset({"empty_file"}))
    yield Hostile("one byte.png", b"\x89", frozenset({"unknown_format"}))
    yield Hostile("text.png", b"Dear Sir or Madam,\n" * 99, frozenset({"is_text"}))
    yield Hostile("archive.png", b"PK\3\4" + bytes(99), frozenset({"is_archive"}))
    yield Hostile("film.jpg", b"\0\0\0\x20ftypisom" + bytes(99), frozenset({"is_film_or_sound"}))
    yield Hostile("program.jpg", b"\x7fELF\2\1\1" + bytes(99), frozenset({"is_program"}))
    yield Hostile("script.png", b"%!PS-Adobe-3.0 EPSF-3.0\n(/etc/passwd) (r) file\n", frozenset({"is_other_image"}))
    yield Hostile("drawing.png", b'<svg xmlns="http://www.w3.org/2000/svg"/>', frozenset({"is_other_image"}))
    yield Hostile("zeros.png", bytes(1_000_000), frozenset({"unknown_format"}))
    yield Hostile("noise.jpg", random.Random(3).randbytes(100_000), frozenset({"unknown_format"}))
