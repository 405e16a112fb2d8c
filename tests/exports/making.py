"""Snapshots made up by hypothesis, the schema they are held against, and what a document promises beyond it."""

from __future__ import annotations

import json
from datetime import UTC
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from annotator.exports import snapshot
from annotator.text.blocks import Document, Draft, build
from annotator.text.selectors import Quote, quote_selector
from annotator.text.spans import Span, settle
from annotator.vocabulary import (
    ANCHORS,
    CARRIED,
    CHANNELS,
    CORRECTION_STATES,
    COVERAGE,
    FIELDS,
    KINDS,
    METHODS,
    OUTCOMES,
    PURPOSES,
    SEVERITIES,
    SOURCE_TYPES,
    STANCES,
    STATES,
    VERDICTS,
    Field,
    verdict_label,
)

SCHEMA = Path(__file__).parents[2] / "docs/formats/annotator-3.schema.json"
HOSTILE = (
    "<script>alert(1)</script>",
    "</script><img src=x onerror=alert(1)>",
    '"}]},"format":"other"',
    "=HYPERLINK(“https://example.org”)",
    "𝔘𝔫𝔦 👩‍👩‍👧‍👦 e\u0301 🏳️‍🌈",
    "שלום \u202eevil\u202c مرحبا",
    "line\u2028separator\u2029 and \\u0000 written out",
    "tab\there\nand a new line",
)
storable = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=30)
words = st.sampled_from(HOSTILE) | storable
maybe = st.just("") | words
moments = st.datetimes(timezones=st.just(UTC))
people = st.sampled_from([snapshot.Person("ada", "Ada Okafor"), snapshot.Person("ben", "Ben </script> Lindqvist")])
uuids = st.uuids().map(str)
verdicts = st.none() | st.sampled_from(list(VERDICTS))
methods = st.none() | st.sampled_from(list(METHODS))


@cache
def schema() -> dict[str, Any]:
    """The published schema."""
    read: dict[str, Any] = json.loads(SCHEMA.read_text(encoding="utf-8"))
    return read


def wrong(document: Any) -> list[str]:
    """What a document does that the schema forbids."""
    validator = Draft202012Validator(schema(), format_checker=Draft202012Validator.FORMAT_CHECKER)
    return [f"{error.json_path}: {error.message}" for error in validator.iter_errors(document)]


def broken(document: dict[str, Any]) -> list[str]:
    """Which promises of `docs/formats/annotator-3.md` a document breaks that a schema cannot state."""
    text, ids = document["version"]["text"], {one["id"] for one in document["annotations"]}
    found = [] if sha256(text.encode()).hexdigest() == document["version"]["sha256"] else ["sha256"]
    found += [] if len(text) == document["version"]["length"] else ["length"]
    for one in document["annotations"]:
        anchor = one["anchor"]
        if anchor["status"] == "orphan":
            continue
        start, end = anchor["start"], anchor["end"]
        around = text[max(0, start - 32) : start], text[start:end], text[end : end + 32]
        found += [] if around == (anchor["prefix"], anchor["exact"], anchor["suffix"]) else [f"words of {one['id']}"]
        found += [f"tie of {one['id']}" for tie in one["relations"] if tie["to"] not in ids]
    known = [one["username"] for one in document["people"]]
    found += [] if known == sorted(set(known)) else ["order of people"]
    return found + [f"{name} is nobody" for name in names(document) if name not in known]


NAMING = ("created_by", "by", "author", "asked_by", "confirmed_by", "decided_by", "resolved_by", "lead")


def names(value: Any) -> list[str]:
    """Every username that a document names, wherever it stands."""
    if isinstance(value, list):
        return [name for one in value for name in names(one)]
    if not isinstance(value, dict):
        return []
    own = [value[key] for key in NAMING if isinstance(value.get(key), str)]
    return own + [name for one in value.values() for name in names(one)]


documents = (
    st.lists(st.builds(Draft, st.sampled_from(HOSTILE) | st.text(min_size=1, max_size=60)), min_size=1, max_size=4)
    .map(build)
    .filter(lambda made: made.text)
)


digests = st.text("0123456789abcdef", min_size=64, max_size=64)
files = st.builds(snapshot.File, digests, words, st.just("application/pdf"), st.integers(1, 10**9))
withdrawals = st.builds(snapshot.Withdrawn, moments, people, words)
addresses = st.sampled_from(["", "https://example.org/a?b=<c>", "HTTP://example.com/ü"])
dates = st.sampled_from(["", "2026-11-23", "2026-11-23T18:30", "2026-11-23T18:30:00+01:00"])


@st.composite
def pieces(draw: st.DrawFn, *, earlier: bool = False) -> snapshot.Evidence:
    """A piece of evidence."""
    address = draw(addresses)
    description = draw(maybe if address else words)
    said = draw(maybe), draw(st.sampled_from(["", *SOURCE_TYPES])), draw(maybe), draw(maybe)
    more = draw(maybe), draw(dates), draw(addresses), draw(st.sampled_from(["", *STANCES])), draw(maybe)
    rests = draw(uuids), draw(st.none() | files), None if earlier else draw(st.none() | withdrawals)
    return snapshot.Evidence(draw(uuids), address, description, *said, *more, *rests)


wordings = st.builds(
    snapshot.Wording, moments, maybe, verdicts, methods, st.lists(pieces(earlier=True), max_size=2).map(tuple)
)


@st.composite
def notes(draw: st.DrawFn) -> snapshot.Note:
    """A note, sometimes with earlier wordings."""
    evidence, earlier = draw(st.lists(pieces(), max_size=2)), draw(st.lists(wordings, max_size=2))
    said = draw(uuids), draw(maybe), draw(verdicts), draw(methods), 1, draw(people)
    times = draw(moments), draw(moments), 1 + len(earlier)
    order = draw(st.none() | st.integers(1, 9)), draw(st.booleans())
    return snapshot.Note(*said, *times, tuple(evidence), *order, tuple(earlier))


follow_ups = st.builds(snapshot.FollowUp, moments, people, st.sampled_from(list(CHANNELS)), maybe)
parties = st.builds(snapshot.Party, words, maybe, maybe)
times = moments | st.none()
contacts = st.builds(
    snapshot.Contact,
    *(uuids, parties, people, st.sampled_from(list(CHANNELS)), moments, words, times),
    *(st.lists(follow_ups, max_size=2).map(tuple), st.sampled_from(["", *OUTCOMES]), maybe, times),
    *(st.none() | st.booleans(), moments, moments, st.just(1)),
)
decisions = st.none() | st.builds(snapshot.Decided, people, moments, maybe)
corrections = st.builds(
    snapshot.Correction,
    *(uuids, st.just(1), words, maybe, words, st.sampled_from(list(SEVERITIES))),
    *(
        st.sampled_from(list(CORRECTION_STATES)),
        people,
        moments,
        moments,
        decisions,
        st.none() | st.just(2),
        st.just(1),
    ),
)
comments = st.builds(
    snapshot.Comment,
    *(uuids, st.none() | uuids, people, words, moments, moments, st.none() | people, times, st.just(1)),
)
closings = st.builds(snapshot.Closed, people, moments, words)
whole_sign_offs = st.builds(
    snapshot.ArticleSignOff, uuids, st.just(1), digests, people, moments, maybe, st.integers(0, 9), times, maybe
)
sign_offs = st.builds(snapshot.SignOff, uuids, st.just(1), words, verdicts, people, moments, maybe, times, maybe)
assignments = st.builds(
    snapshot.Assignment, uuids, st.sampled_from(list(PURPOSES)), st.none() | people, people, times, moments
)
HANGING = {
    "contacts": contacts,
    "corrections": corrections,
    "comments": comments,
    "sign_offs": sign_offs,
    "assignments": assignments,
}


def values_of(field: Field) -> st.SearchStrategy[Any]:
    """What may stand in a field of a kind."""
    if field.type == "flag":
        return st.booleans()
    if field.choices:
        return st.sampled_from(list(field.choices))
    return {"url": addresses.filter(bool), "moment": dates.filter(bool)}.get(field.type, words)


@st.composite
def given(draw: st.DrawFn, kind: str) -> snapshot.Given | None:
    """A verdict that stands, or none."""
    value = draw(verdicts)
    return snapshot.Given(value, verdict_label(value, kind), draw(people), draw(moments)) if value else None


@st.composite
def spans(draw: st.DrawFn, text: str) -> Span:
    """A settled span of the text."""
    solid = [at for at, character in enumerate(text) if not character.isspace()]
    start = draw(st.sampled_from(solid))
    return settle(text, start, draw(st.integers(start + 1, len(text))))


@st.composite
def places(draw: st.DrawFn, span: Span, quote: Quote) -> snapshot.Anchor:
    """Where an annotation sits: made here, or carried here and perhaps confirmed, or an orphan."""
    words, status = (quote.exact, quote.prefix, quote.suffix), draw(st.sampled_from(list(ANCHORS)))
    end = span.start if status == "orphan" else span.end
    carried = draw(maybe), draw(st.none() | st.sampled_from(list(CARRIED))), draw(st.none() | st.integers(1, 9))
    score = draw(st.floats(0, 1))
    return snapshot.Anchor(1, span.start, end, *words, status, score, *carried, draw(st.none() | people), draw(times))


@st.composite
def annotations(draw: st.DrawFn, text: str, number: int, others: tuple[str, ...]) -> snapshot.Annotation:
    """An annotation of the text; a denial may deny one of the others."""
    kind, span = draw(st.sampled_from(list(KINDS))), draw(spans(text))
    quote = quote_selector(text, span)
    place = draw(places(span, quote))
    denied = draw(st.none() | st.sampled_from(others)) if kind == "denial" and others else None
    ties = (snapshot.Relation("denies", denied, None),) if denied else ()
    party = draw(st.none() | parties)
    fields = draw(st.fixed_dictionaries({}, optional={one.name: values_of(one) for one in FIELDS[kind]}))
    hanging = {name: tuple(draw(st.lists(one, max_size=1))) for name, one in HANGING.items()}
    state, noted = draw(st.sampled_from(list(STATES))), tuple(draw(st.lists(notes(), max_size=2)))
    told = draw(uuids), 1, number, kind, state, draw(given(kind)), place, party, ties, noted
    made = draw(people), draw(moments), draw(moments), 1
    closed = draw(st.none() | closings)
    return snapshot.Annotation(*told, *made, fields=fields, reopened_why=draw(words), closed=closed, **hanging)


@st.composite
def snapshots(draw: st.DrawFn) -> snapshot.Snapshot:
    """A whole record."""
    document: Document = draw(documents)
    found: list[snapshot.Annotation] = []
    for number in range(1, draw(st.integers(0, 4)) + 1):
        found.append(draw(annotations(document.text, number, tuple(one.id for one in found))))
    digest = sha256(document.text.encode()).hexdigest()
    made = "paste", draw(people), draw(moments), draw(maybe), draw(st.none() | files), draw(st.booleans())
    version = snapshot.Version(1, document.text, document.blocks, digest, *made)
    besides = tuple(draw(st.lists(one, max_size=1).map(tuple)) for one in (comments, assignments))
    read = tuple(draw(st.lists(sentences, max_size=3))), tuple(draw(st.lists(whole_sign_offs, max_size=1)))
    return snapshot.Snapshot(draw(articles()), version, tuple(found), *besides, (version.head,), *read)


sentences = st.builds(
    snapshot.Sentence, st.just(0), st.just(3), st.sampled_from(list(COVERAGE)), st.none() | people, times
)


@st.composite
def articles(draw: st.DrawFn) -> snapshot.Article:
    """What is known of an article."""
    told = draw(words), draw(maybe), draw(maybe), draw(st.sampled_from(["", "https://example.org/<b>"]))
    more = draw(st.sampled_from(["", "en", "pt-BR"])), draw(dates), 1, 1
    made = draw(people), draw(moments), draw(moments)
    arranged = {"lead": draw(st.none() | people), "due_at": draw(times), "blind": draw(st.booleans())}
    return snapshot.Article(1, draw(uuids), *told, *more, *made, **arranged)
