"""What a file is, found from its bytes: the few types that may be attached, and nothing else.

puremagic says what a file may be; the check here says whether it really has the parts such a file must have. A file is
of a type when both say so, which keeps out what only begins like one.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from annotator.errors import Invalid


@dataclass(frozen=True, slots=True)
class FileType:
    """One type: its media type, what people call it, the endings and other media types it goes by.

    `magic` are the endings puremagic knows it by, none for text. `inline` says whether a browser may show it.
    """

    media_type: str
    called: str
    endings: tuple[str, ...]
    holds: Callable[[bytes], bool]
    also: tuple[str, ...] = ()
    magic: tuple[str, ...] = ()
    inline: bool = True


def _pdf(data: bytes) -> bool:
    return re.match(rb"%PDF-[12]\.\d", data) is not None and b"startxref" in data and b"%%EOF" in data


def _png(data: bytes) -> bool:
    return data.startswith(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR") and b"IEND\xaeB`\x82" in data


def _jpeg(data: bytes) -> bool:
    return data.startswith(b"\xff\xd8\xff") and b"\xff\xda" in data and b"\xff\xd9" in data


def _gif(data: bytes) -> bool:
    return data[:6] in (b"GIF87a", b"GIF89a") and len(data) > 13 and data.rstrip(b"\0").endswith(b";")


def _webp(data: bytes) -> bool:
    return data[:4] == b"RIFF" and data[8:12] == b"WEBP" and data[12:16] in (b"VP8 ", b"VP8L", b"VP8X")


def _wav(data: bytes) -> bool:
    return data[:4] == b"RIFF" and data[8:12] == b"WAVE" and b"fmt " in data[:1024]


def _flac(data: bytes) -> bool:
    return data.startswith(b"fLaC") and len(data) >= 42 and data[4] & 0x7F == 0 and data[5:8] == b"\0\0\x22"


def _ogg(data: bytes) -> bool:
    """Audio only: the first page names the codec."""
    codecs = (b"\x01vorbis", b"OpusHead", b"Speex   ", b"\x7fFLAC")
    return data.startswith(b"OggS\0") and any(codec in data[:100] for codec in codecs) and b"\x80theora" not in data


def _m4a(data: bytes) -> bool:
    """A track of sound and none of pictures."""
    tracks = {found[1] for found in re.finditer(rb"hdlr.{8}(soun|vide)", data, re.DOTALL)}
    return data[4:8] == b"ftyp" and tracks == {b"soun"}


def _mp3(data: bytes) -> bool:
    """Two frames of MPEG audio, one after the other, behind the tag if there is one."""
    first = _behind_tag(data)
    length = _frame(data[first : first + 4])
    return length > 0 and _frame(data[first + length : first + length + 4]) > 0


def _behind_tag(data: bytes) -> int:
    if not data.startswith(b"ID3"):
        return 0
    size = 0
    for seven in data[6:10]:
        size = size << 7 | seven & 0x7F
    end = 10 + size
    padding = re.compile(rb"\0*").match(data, end)
    return padding.end() if padding else end


_KBITS = (
    (0, 32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448),
    (0, 32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384),
    (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    (0, 32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256),
    (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
)
_HERTZ = (44100, 48000, 32000)


def _frame(head: bytes) -> int:
    """The length of the frame with this header in bytes, 0 when it is none (ISO/IEC 11172-3, 2.4.2.3)."""
    if len(head) < 4 or head[0] != 0xFF or head[1] & 0xE0 != 0xE0:
        return 0
    version, layer = head[1] >> 3 & 3, 4 - (head[1] >> 1 & 3)
    rate, hertz, padding = head[2] >> 4, head[2] >> 2 & 3, head[2] >> 1 & 1
    if version == 1 or layer == 4 or rate in (0, 15) or hertz == 3:
        return 0
    first = version == 3
    bits = _KBITS[layer - 1 if first else 3 + (layer > 1)][rate] * 1000
    per_second = _HERTZ[hertz] >> {3: 0, 2: 1, 0: 2}[version]
    if layer == 1:
        return (12 * bits // per_second + padding) * 4
    return (72 if layer == 3 and not first else 144) * bits // per_second + padding


_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
_MARKUP = re.compile(r"\s*(?:<[a-zA-Z!?/]|#!|%PDF|%!PS)|.*<(?:script|svg|html|iframe)\b", re.IGNORECASE | re.DOTALL)


def _text(data: bytes) -> bool:
    """UTF-8 without control characters, that is no web page, picture or program."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    return not _CONTROL.search(text) and not _MARKUP.match(text)


TYPES = (
    FileType("application/pdf", "PDF", (".pdf",), _pdf, ("application/x-pdf",), (".pdf",)),
    FileType("image/png", "PNG", (".png",), _png, (), (".png",)),
    FileType("image/jpeg", "JPEG", (".jpg", ".jpeg", ".jpe", ".jfif"), _jpeg, ("image/jpg",), (".jpg",)),
    FileType("image/gif", "GIF", (".gif",), _gif, (), (".gif",)),
    FileType("image/webp", "WebP", (".webp",), _webp, (), (".webp",)),
    FileType("audio/mpeg", "MP3", (".mp3",), _mp3, ("audio/mp3", "audio/mpeg3"), (".mp3", ".mpga")),
    FileType("audio/wav", "WAV", (".wav",), _wav, ("audio/wave", "audio/x-wav", "audio/vnd.wave"), (".wav",)),
    FileType("audio/ogg", "Ogg", (".ogg", ".oga", ".opus"), _ogg, ("application/ogg", "audio/opus"), (".ogg",)),
    FileType("audio/mp4", "M4A", (".m4a", ".mp4"), _m4a, ("audio/x-m4a", "audio/m4a", "video/mp4"), (".m4a", ".mp4")),
    FileType("audio/flac", "FLAC", (".flac",), _flac, ("audio/x-flac",), (".flac",)),
    FileType("text/plain", "plain text", (".txt", ".md", ".csv"), _text, ("text/markdown", "text/csv"), inline=False),
)
BY_MEDIA_TYPE = {one.media_type: one for one in TYPES}
ENDINGS = tuple(ending for one in TYPES for ending in one.endings)
NO_CLAIM = ("", "application/octet-stream", "binary/octet-stream", "application/x-www-form-urlencoded")
TAKEN = f"{', '.join(one.called for one in TYPES[:-1])} and {TYPES[-1].called}"


def type_of(data: bytes, name: str, claimed: str) -> FileType:
    """The type of a file. Raises Invalid on `file`: empty, none of TYPES, or another than name or claim say.

    `claimed` is the media type that came with it, if one did; a name without an ending says nothing.
    """
    if not data:
        raise Invalid({"file": "This file is empty."})
    found = _found(data)
    if found is None:
        raise Invalid({"file": f"This file cannot be attached: it is none of {TAKEN}, or it is damaged."})
    ending = _ending(name)
    if ending and ending not in found.endings:
        raise Invalid({"file": f"The name ends in {ending}, but the file is {found.called}. Give it the right name."})
    said = claimed.partition(";")[0].strip().lower()
    if said not in (*NO_CLAIM, found.media_type, *found.also):
        raise Invalid({"file": f"The file is said to be {said[:80]}, but it is {found.called}."})
    return found


def _found(data: bytes) -> FileType | None:
    endings = _magic(data)
    return next((one for one in TYPES if (not one.magic or endings & set(one.magic)) and one.holds(data)), None)


def _magic(data: bytes) -> set[str]:
    """The endings of what puremagic takes the file for; loaded when a file comes, not with every start."""
    import puremagic

    try:
        return {match.extension for match in puremagic.magic_string(data)}
    except (puremagic.PureError, ValueError):
        return set()


def _ending(name: str) -> str:
    _, dot, ending = name.rpartition(".")
    return f".{ending.strip().lower()}" if dot else ""
