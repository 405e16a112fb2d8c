"""Word documents: what is read of a sound one, and the sentence for each that is not."""

from __future__ import annotations

import pytest

from annotator.errors import Invalid
from annotator.extract import MOST_CHARACTERS, Extracted, from_file
from annotator.extract.docx.package import MOST_ATTRIBUTES, MOST_BYTES, MOST_ELEMENTS, MOST_MEMBERS
from tests.extract.reading import links, shapes
from tests.extract.wordfiles import STYLES, W, core, notes, paragraph, word, zipped

SENTENCE = "The harbour authority denies it."


def read(body: str, **more: object) -> Extracted:
    return from_file(word(body, **more), "Story.DOCX")  # type: ignore[arg-type]


def test_styles_become_block_types():
    body = paragraph("Hafen dementiert", "Titel") + paragraph(SENTENCE) + paragraph("Zahlen", "H2")
    body += paragraph("Nein.", "Zitat") + paragraph("Erstens", "Aufz") + paragraph("Zweitens", "Aufz")
    extracted = read(body, extra={"word/styles.xml": STYLES})
    assert shapes(extracted) == [
        ("h1", "Hafen dementiert"),
        ("p", SENTENCE),
        ("h2", "Zahlen"),
        ("q", "Nein."),
        ("li", "Erstens"),
        ("li", "Zweitens"),
    ]
    assert (extracted.title, extracted.language) == ("Hafen dementiert", "de-AT")


def test_core_properties_are_offered_and_the_date_is_remarked_on():
    extra = core(title="Harbour denies", creator="Jane Doe", created="2026-02-19T08:00:00Z", language="en_gb")
    extracted = read(paragraph(SENTENCE), extra=extra)
    assert extracted.title == "Harbour denies"
    assert extracted.byline == "Jane Doe"
    assert extracted.published_at == "2026-02-19"
    assert extracted.language == "en-GB"
    assert "day on which the document was made" in extracted.remarks[0]


def test_what_the_text_says_comes_before_the_core_properties():
    extra = core(title="Template", creator="python-docx", created="2013-12-23T00:00:00Z")
    body = "".join(paragraph(text) for text in ("Harbour denies", "By Jane Doe", "19 February 2026", SENTENCE))
    extracted = read(body, extra=extra)
    assert (extracted.byline, extracted.published_at, extracted.remarks) == ("Jane Doe", "2026-02-19", ())


def test_tracked_changes_are_read_as_accepted():
    change = 'w:id="1" w:author="A" w:date="2026-01-01T00:00:00Z"'
    body = f"""<w:p><w:r><w:t xml:space="preserve">It cost </w:t></w:r>
    <w:del {change}><w:r><w:delText>two</w:delText></w:r></w:del><w:ins {change}><w:r><w:t>three</w:t></w:r></w:ins>
    <w:moveFrom {change}><w:r><w:t>old</w:t></w:r></w:moveFrom><w:r><w:t xml:space="preserve"> million.</w:t></w:r></w:p>"""
    extracted = read(body)
    assert [draft.text for draft in extracted.drafts] == ["It cost three million."]
    assert extracted.remarks == (
        "Tracked changes are shown as accepted: insertions are in the text, deletions are not.",
    )


def test_comments_are_left_out_with_a_remark():
    body = '<w:p><w:r><w:t>Said.</w:t></w:r><w:r><w:commentReference w:id="5"/></w:r></w:p>'
    extracted = read(body, extra=notes("comment", "Is that so?"))
    assert [draft.text for draft in extracted.drafts] == ["Said."]
    assert extracted.remarks == ("Comments in the margin of the document were left out.",)


@pytest.mark.parametrize("kind", ["footnote", "endnote"])
def test_notes_stand_at_the_end_with_their_number(kind: str):
    body = f'<w:p><w:r><w:t>Said.</w:t></w:r><w:r><w:{kind}Reference w:id="5"/></w:r></w:p>'
    assert shapes(read(body, extra=notes(kind, "Letter of 3 May."))) == [
        ("p", "Said.[1]"),
        ("li", "[1] Letter of 3 May."),
    ]


def test_only_web_links_are_kept():
    run = '<w:hyperlink r:id="{}"><w:r><w:t>{}</w:t></w:r></w:hyperlink>'
    body = f"<w:p>{run.format('a', 'report')}{run.format('b', 'file')}</w:p>"
    extracted = read(body, links={"a": "https://paper.example/r", "b": "file:///etc/passwd"})
    assert links(extracted) == [("report", "https://paper.example/r")]


def test_a_table_row_is_a_line():
    cells = "<w:tr>{}</w:tr>".format("".join(f"<w:tc>{paragraph(text)}</w:tc>" for text in ("Year", "Cases", "1,024")))
    assert [draft.text for draft in read(f"<w:tbl>{cells}</w:tbl>").drafts] == ["Year | Cases | 1,024"]


ENCRYPTED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600 + "EncryptedPackage".encode("utf-16-le")
DTD = f'<!DOCTYPE d [<!ENTITY x "{"ha" * 100}">]><w:document xmlns:w="{W}"><w:body><w:p/></w:body></w:document>'
REFUSED = {
    "nothing": (b"", "no text in it"),
    "a blank document": (word("<w:p/>"), "no text in it"),
    "a password": (ENCRYPTED, "protected by a password"),
    "an old document": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "old Word document (.doc)"),
    "half a document": (word(paragraph(SENTENCE))[:300], "damaged or incomplete"),
    "a PDF": (b"%PDF-1.7 ...", "looks like a PDF"),
    "another zip": (zipped({"a.txt": "a"}), "no Word document"),
    "a bomb": (word("", extra={"word/media/a.bin": b"\x00" * (MOST_BYTES + 1)}), "unpacks to more"),
    "many members": (word("", extra={f"x/{n}": "" for n in range(MOST_MEMBERS + 1)}), "unpacks to more"),
    "many elements": (word("<w:p/>" * MOST_ELEMENTS), "unpacks to more"),
    "many attributes": (word(("<w:p " + " ".join(f'a{n}=""' for n in range(1000)) + "/>") * (MOST_ATTRIBUTES // 1000)), "unpacks to more"),
    "much text": (word(paragraph("a" * (2 * MOST_CHARACTERS + 1))), "unpacks to more"),
    "long text": (word(paragraph("a" * (MOST_CHARACTERS + 1))), "1,000,001 characters"),
    "deep nesting": (word("<w:sdt>" * 200 + "</w:sdt>" * 200), "unpacks to more"),
    "a DTD": (word("", extra={"word/document.xml": DTD}), "no word processor writes"),
    "a DTD elsewhere": (word(paragraph("x"), extra={"word/styles.xml": DTD}), "no word processor writes"),
    "broken XML": (word("<w:p>"), "damaged or incomplete"),
    "nonsense": (word('<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="x"/></w:tcPr></w:tc></w:tr></w:tbl>'), "cannot be read"),
}  # fmt: skip


@pytest.mark.parametrize(("data", "sentence"), REFUSED.values(), ids=REFUSED)
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_refusals_are_sentences_on_the_file(data: bytes, sentence: str):
    with pytest.raises(Invalid) as refusal:
        from_file(data, "story.docx")
    assert sentence in refusal.value.fields["file"]


def test_pictures_are_never_opened():
    drawing = """<w:p><w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing">
    <a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:graphicData>
    <pic:pic xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:blipFill><a:blip r:link="img"/></pic:blipFill>
    </pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>"""
    extracted = read(drawing + paragraph(SENTENCE), links={"img": "file:///etc/passwd"})
    assert [draft.text for draft in extracted.drafts] == [SENTENCE]
