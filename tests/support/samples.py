"""Small files of every type that may be attached, made here, and some that only pretend."""

from __future__ import annotations

import struct
import zlib


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def _riff(kind: bytes, *chunks: tuple[bytes, bytes]) -> bytes:
    body = kind + b"".join(name + struct.pack("<I", len(data)) + data for name, data in chunks)
    return b"RIFF" + struct.pack("<I", len(body)) + body


def _box(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", 8 + len(data)) + name + data


def _page(codec: bytes) -> bytes:
    return b"OggS\0\2" + bytes(20) + b"\1" + bytes([len(codec)]) + codec


def _tracks(*kinds: bytes) -> bytes:
    return b"".join(_box(b"trak", _box(b"mdia", _box(b"hdlr", bytes(8) + kind + bytes(13)))) for kind in kinds)


def pdf(words: str = "The ledger") -> bytes:
    """A PDF of one page with these words."""
    drawn = f"BT /F1 24 Tf 40 100 Td ({words}) Tj ET".encode("ascii")
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(drawn), drawn),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    made, starts = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, 1):
        starts.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % start for start in starts)
    end = b"trailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % len(made)
    return made + b"xref\n0 6\n0000000000 65535 f \n" + table + end


PDF = pdf()
PNG = (
    b"\x89PNG\r\n\x1a\n"
    + _chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    + _chunk(b"IDAT", zlib.compress(b"\0\xff"))
    + _chunk(b"IEND", b"")
)
JPEG = b"\xff\xd8\xff\xe0\0\x10JFIF\0\1\1\0\0\1\0\1\0\0\xff\xda\0\x08\1\1\0\0?\0\x37\xff\xd9"
GIF = b"GIF89a\1\0\1\0\x80\0\0\0\0\0\xff\xff\xff,\0\0\0\0\1\0\1\0\0\2\2D\1\0;"
WEBP = _riff(b"WEBP", (b"VP8 ", bytes(16)))
WAV = _riff(b"WAVE", (b"fmt ", struct.pack("<HHIIHH", 1, 1, 8000, 8000, 1, 8)), (b"data", b"\x80" * 8000))
FRAME = b"\xff\xfb\x90\0" + bytes(413)
MP3 = FRAME * 3
TAGGED_MP3 = b"ID3\3\0\0\0\0\0\x0a" + bytes(10) + MP3
OGG = _page(b"\1vorbis" + bytes(23))
OPUS = _page(b"OpusHead" + bytes(11))
M4A = _box(b"ftyp", b"M4A \0\0\0\0M4A mp42isom") + _box(b"moov", _tracks(b"soun"))
MP4_SOUND = _box(b"ftyp", b"mp42\0\0\0\0mp42isom") + _box(b"moov", _tracks(b"soun"))
MP4_FILM = _box(b"ftyp", b"mp42\0\0\0\0mp42isom") + _box(b"moov", _tracks(b"vide", b"soun"))
FLAC = b"fLaC\x80\0\0\x22" + bytes(34)
TEXT = "Paid: 4.2 million crowns to “Northgate”.\n".encode()
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HTML = b"<!doctype html><title>x</title><script>alert(1)</script>"
