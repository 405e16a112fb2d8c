"""Bytes of text files: the encodings that are read, and the sentence for each thing that is no text."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.errors import Invalid
from annotator.extract import READABLE, from_file
from tests.extract.reading import built_or_refused

WORDS = "The café’s “owner” denies it — für immer."
WINDOWS = "Read as Windows-1252; check the accents and quotation marks."
META = '<meta charset="{}"><p>{}</p>'
READ = {
    "UTF-8": (WORDS.encode(), "a.txt", WORDS, ()),
    "UTF-8 with a mark": (codecs.BOM_UTF8 + WORDS.encode(), "a.txt", WORDS, ()),
    "UTF-16 little": (codecs.BOM_UTF16_LE + WORDS.encode("utf-16-le"), "a.txt", WORDS, ()),
    "UTF-16 big": (codecs.BOM_UTF16_BE + WORDS.encode("utf-16-be"), "a.md", WORDS, ()),
    "UTF-32 little": (codecs.BOM_UTF32_LE + WORDS.encode("utf-32-le"), "a.txt", WORDS, ()),
    "UTF-32 big": (codecs.BOM_UTF32_BE + WORDS.encode("utf-32-be"), "a.txt", WORDS, ()),
    "Windows-1252": (WORDS.encode("cp1252"), "a.txt", WORDS, (WINDOWS,)),
    "HTML says Latin-1": (META.format("iso-8859-1", WORDS).encode("cp1252"), "a.html", WORDS, (WINDOWS,)),
    "HTML says KOI8-R": (META.format("koi8-r", "Мэр отрицает это.").encode("koi8-r"), "a.htm", "Мэр отрицает это.", ()),
    "HTML says Shift_JIS": (META.format("Shift_JIS", "市長は否定した。").encode("shift_jis"), "a.html", "市長は否定した。", ()),
    "HTML says nonsense": (META.format("zlib", WORDS).encode("cp1252"), "a.html", WORDS, (WINDOWS,)),
    "HTML says UTF-7": (META.format("utf-7", "+ADw-b+AD4-").encode(), "a.html", "+ADw-b+AD4-", ()),
    "HTML named .txt": (b"<!DOCTYPE html><p>Said.</p>", "a.txt", "Said.", ("Read as HTML, because the file begins like a web page.",)),
    "upper-case ending": (b"Said.", "C:\\STORY.TXT", "Said.", ()),
}  # fmt: skip


@pytest.mark.parametrize(("data", "name", "text", "remarks"), READ.values(), ids=READ)
def test_encodings_that_are_read(data: bytes, name: str, text: str, remarks: tuple[str, ...]):
    extracted = from_file(data, name)
    assert [draft.text for draft in extracted.drafts] == [text]
    assert extracted.remarks == remarks


@pytest.mark.parametrize("text", ["The cafÃ© denies it.", "Itâ€™s a lie.", "A \ufffd here."])
def test_garbled_characters_are_pointed_out(text: str):
    (remark,) = from_file(text.encode(), "a.txt").remarks
    assert "Garbled characters" in remark
    assert "save the file again as UTF-8" in remark


REFUSED = {
    "nothing": (b"", "no text in it"),
    "white space": (b" \r\n\t\n", "no text in it"),
    "only a mark": (codecs.BOM_UTF8, "no text in it"),
    "a PDF": (b"%PDF-1.7\n%\xe2\xe3", "looks like a PDF. Open it, select all and paste"),
    "a picture": (b"\x89PNG\r\n\x1a\n\x00\x00", "looks like a PNG picture"),
    "a photograph": (b"\xff\xd8\xff\xe0\x00\x10JFIF", "looks like a JPEG picture"),
    "rich text": (b"{\\rtf1\\ansi Said.}", "looks like an RTF document"),
    "an old document": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 99, "an old Word document"),
    "a zip": (b"PK\x03\x04" + b"\x00" * 99, "a zip or office document"),
    "a renamed docx": (b"PK\x03\x04....word/document.xml....", "name it .docx"),
    "a film": (b"\x00\x00\x00\x18ftypmp42", "a film or picture"),
    "a program": (b"Said\x00\x01\x02\x03 and done, said and done", "program or a picture, not text"),
    "controls": (b"\x01\x02\x03\x04\x05\x06 said", "program or a picture, not text"),
    "UTF-16 unmarked": ("The café denies it.".encode("utf-16-le"), "UTF-16 without its byte order mark"),
    "mixed": ("ä\nö\nü é ß\n".encode() + b"caf\xe9\n", "byte 19 on line 4 is not"),
    "a broken mark": (codecs.BOM_UTF16_LE + b"a\x00\x00\xd8", "says it is UTF-16-LE, but byte 5 is not"),
    "no encoding": (b"Said \x81\x8d and done.", "not UTF-8 (byte 6, line 1)"),
    "mostly high bytes": (bytes(range(0xC0, 0x100)), "not UTF-8"),
}


@pytest.mark.parametrize(("data", "sentence"), REFUSED.values(), ids=REFUSED)
@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.html"])
def test_refusals_are_sentences_on_the_file(data: bytes, sentence: str, name: str):
    with pytest.raises(Invalid) as refusal:
        from_file(data, name)
    assert sentence in refusal.value.fields["file"]


@pytest.mark.parametrize("name", ["a.pdf", "a.doc", "a.odt", "a", "", "txt", "a.txt.exe", ".docx/a"])
def test_other_endings_are_refused_with_the_list(name: str):
    with pytest.raises(Invalid) as refusal:
        from_file(b"Said.", name)
    assert all(suffix in refusal.value.fields["file"] for suffix in READABLE)


STARTS = st.sampled_from(
    [b"", b"PK\x03\x04", b"\xff\xfe", b"\xef\xbb\xbf", b"<html>", b"---\ntitle: a\n", b"\xd0\xcf\x11\xe0"]
)


@settings(max_examples=300)
@given(STARTS, st.binary(max_size=400), st.sampled_from(READABLE))
def test_any_bytes_are_read_or_refused(start: bytes, data: bytes, suffix: str):
    built_or_refused(lambda: from_file(start + data, f"story{suffix}"), "file")
