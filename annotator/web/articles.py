"""The list of articles, importing one, its details and its export."""

from __future__ import annotations

from flask import Blueprint, Response, flash, make_response, redirect, render_template, request, url_for

from annotator import extract, uploads
from annotator.access import IMPORT, READ
from annotator.db import look_once, unit_of_work
from annotator.errors import Invalid, Stale
from annotator.exports import native
from annotator.extract import Extracted
from annotator.queries import articles as query
from annotator.queries import sealing
from annotator.services import articles as service
from annotator.services import loading
from annotator.services.files import Kept
from annotator.services.reading import completed, offered
from annotator.text.blocks import build
from annotator.text.canonical import sha256
from annotator.web import arranging
from annotator.web.addresses import asked
from annotator.web.forms import row_version, show_refusal
from annotator.web.forms.article import DetailsForm, ImportForm
from annotator.web.forms.version import DraftForm
from annotator.web.whoami import me, signed_in

pages = Blueprint("articles", __name__)

SIZE = 50


@pages.get("/articles")
@signed_in(READ)
def index() -> str:
    """The list: searched by `q`, sorted by `sort`, page by page."""
    search, sort = request.args.get("q", "").strip()[:200], request.args.get("sort", "changed")
    sort = sort if sort in query.SORTS else "changed"
    archived = "archived" in request.args
    found = query.listing(search, sort, asked("page", 1), SIZE, archived=archived)
    kept = query.archived_count()
    return render_template("articles/index.html", found=found, search=search, sort=sort, archived=archived, kept=kept)


@pages.get("/articles/new")
@signed_in(IMPORT)
def new() -> str:
    """The form for a new article."""
    return render_template("articles/new.html", form=ImportForm(formdata=None))


@pages.post("/articles/new")
@signed_in(IMPORT)
def create() -> Response:
    """Import an article, then open it. 422 with everything that was typed when something will not do."""
    form = ImportForm()
    try:
        found, source, kept = read(form)
        details = completed(form.details(), found)
        with unit_of_work():
            made = service.import_article(me(), details, found.drafts, source, kept)
            article_id = made.id
    except Invalid as refusal:
        show_refusal(form, refusal)
        return make_response(render_template("articles/new.html", form=form), 422)
    tell(form, found, article_id)
    return redirect(url_for("review.show", article_id=article_id))  # type: ignore[return-value]


def read(form: ImportForm | DraftForm, *, keep: bool = True) -> tuple[Extracted, str, Kept | None]:
    """What the file or the pasted text holds, how it came in, and the file as kept. Raises Invalid (`file`, `text`)."""
    upload = form.file.data
    if upload and upload.filename and (form.text.data or "").strip():
        raise Invalid({"file": "Choose a file or paste the text, not both. What you pasted is still there."})
    if upload and upload.filename:
        suffix, data = upload.filename.rsplit(".", 1)[-1].lower(), upload.read()
        found = extract.from_file(data, upload.filename)
        return found, suffix[:16], uploads.keep_original(me(), upload.filename, data) if keep else None
    if not (form.text.data or "").strip():
        raise Invalid({"text": "Paste the article's text here, or choose a file."})
    return extract.from_paste(form.text.data), "paste", None


def tell(form: ImportForm, found: Extracted, article_id: int) -> None:
    """Tell what was taken from the text, what was guessed, and whether the same text is here already."""
    taken = offered(form.details(), found)
    if taken:
        names = " and ".join({"published_at": "date", "source_url": "source URL"}.get(name, name) for name in taken)
        flash(f"Taken from the text: {names}. “Edit details” changes them.")
    for remark in found.remarks:
        flash(remark)
    if twin := query.same_text(sha256(build(found.drafts).text), besides=article_id):
        flash(f"The very same text is already on the desk: “{twin.title}”, article {twin.id}.", "warning")


@pages.post("/articles/new/reading")
@signed_in(IMPORT)
def reading() -> Response:
    """The details with the empty ones filled from the text or the file, to look at before importing."""
    form = ImportForm()
    remarks: tuple[str, ...] = ()
    try:
        found, *_ = read(form, keep=False)
        taken = offered(form.details(), found)
        for name, value in taken.items():
            form[name].data = value
        remarks = (*found.remarks, *_twin(found))
    except Invalid as refusal:
        taken = {}
        remarks = tuple(refusal.fields.values()) if form.file.data else ()
    return make_response(render_template("articles/_details.html", form=form, taken=taken, remarks=remarks))


def _twin(found: Extracted) -> list[str]:
    twin = query.same_text(sha256(build(found.drafts).text))
    if twin:
        return [f"The very same text is already on the desk: “{twin.title}”, article {twin.id}."]
    named = query.same_title(found.title or "")
    if named is None:
        return []
    return [f"Article {named} has this title. If this is its next draft, open that one and press v: checks carry over."]


@pages.get("/articles/<int:article_id>/details")
@signed_in(IMPORT)
def details(article_id: int) -> str:
    """The form for title, byline and the like."""
    article = query.article(article_id)
    besides = arranging.shown(article_id)
    return render_template("articles/details.html", form=DetailsForm.of(article), article=article, **besides)


@pages.post("/articles/<int:article_id>/details")
@signed_in(IMPORT)
def describe(article_id: int) -> Response:
    """Change the details. 412 with both versions when somebody else was first."""
    form = DetailsForm()
    seen = row_version(form.row.data) or 0
    try:
        with unit_of_work():
            article = loading.article(me(), article_id, IMPORT)
            service.describe_article(me(), article, form.details(), seen)
    except (Invalid, Stale) as refusal:
        return _again(article_id, form, refusal)
    flash("The details are saved.")
    return redirect(url_for("review.show", article_id=article_id))  # type: ignore[return-value]


def _again(article_id: int, form: DetailsForm, refusal: Invalid | Stale) -> Response:
    article, stored = query.article(article_id), None
    if isinstance(refusal, Invalid):
        show_refusal(form, refusal)
    else:
        stored, form.row.data = DetailsForm.of(article), str(article.row_version)
    besides = arranging.shown(article_id) | {"stored": stored}
    page = render_template("articles/details.html", form=form, article=article, **besides)
    return make_response(page, refusal.status)


@pages.post("/articles/<int:article_id>/archiving")
@signed_in(IMPORT)
def archive(article_id: int) -> Response:
    """Take an article off the lists."""
    with unit_of_work():
        service.archive_article(me(), loading.article(me(), article_id, IMPORT))
    flash("The article is archived: off the lists, and nothing of it is lost.")
    return redirect(url_for("articles.index"), 303)  # type: ignore[return-value]


@pages.post("/articles/<int:article_id>/return")
@signed_in(IMPORT)
def unarchive(article_id: int) -> Response:
    """Put an archived article back on the lists."""
    with unit_of_work():
        service.unarchive_article(me(), loading.article(me(), article_id, IMPORT))
    flash("The article is back on the lists.")
    return redirect(url_for("review.show", article_id=article_id), 303)  # type: ignore[return-value]


@pages.get("/articles/<int:article_id>/export")
@signed_in(READ)
def export(article_id: int) -> Response:
    """The article with everything written about it, as a file in the native format."""
    look_once()
    shown = query.snapshot_of(article_id)
    sealing.check_export(me(), shown)
    response = make_response(native.to_bytes(shown))
    response.headers["Content-Type"] = "application/json"
    response.headers["Content-Disposition"] = f'attachment; filename="article-{article_id}.json"'
    return response
