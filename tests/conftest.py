"""Fixtures for all tests: an application on each engine, the cast, a strict client, a real server, a watched page."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import cache
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskCliRunner
from hypothesis import settings
from sqlalchemy import event

from annotator.extensions import db
from tests import cast as people
from tests.support import browser as browsers
from tests.support import postgres, report, server
from tests.support.database import Databases, PostgreSQL, SQLite, make_app, running
from tests.support.pages import StrictClient

FORGETTING = ("annotator.queries", "annotator.web", "annotator.api")
CACHED = type(cache(len))
settings.register_profile("house", deadline=None, derandomize=bool(os.environ.get("CI")))
settings.load_profile("house")
ENGINES = ["sqlite", "postgres"] if postgres.programs() else ["sqlite"]


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--counts FILE`: write how many tests ran on what, for the gate."""
    parser.addoption("--counts", metavar="FILE", help="write the numbers of tests as JSON")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Tests that use the application run on each engine that is installed, unless they name one themselves."""
    named = [mark.args[0] for mark in metafunc.definition.iter_markers("parametrize")]
    if "engine_name" in metafunc.fixturenames and "engine_name" not in named:
        metafunc.parametrize("engine_name", ENGINES, indirect=True, scope="function")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark each test by what it runs on, so that `-m sqlite`, `-m postgres` and `-m browser` choose."""
    for item in items:
        if hasattr(item, "callspec") and (engine := item.callspec.params.get("engine_name")):
            item.add_marker(engine)
        if "chromium" in getattr(item, "fixturenames", ()):
            item.add_marker("browser")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """Let fixtures know how the test went."""
    outcome = yield
    if outcome.when == "call":  # type: ignore[attr-defined]
        item.stash[browsers.FAILED] = outcome.failed  # type: ignore[attr-defined]
    return outcome


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Say how many tests ran on what, and what was not there."""
    counts = report.count(terminalreporter.stats)
    terminalreporter.write_line(report.sentence(counts))
    for line in report.missing(postgres.programs() is not None):
        terminalreporter.write_line(line)
    if path := config.getoption("--counts"):
        report.write(Path(path), counts)


@pytest.fixture(scope="session", autouse=True)
def instance(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """An instance folder for the run; the real one is never touched."""
    folder = tmp_path_factory.mktemp("instance")
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.startswith("ANNOTATOR_")]:
            patch.delenv(name)
        patch.setenv("ANNOTATOR_INSTANCE", str(folder))
        yield folder


@pytest.fixture(scope="session")
def databases(instance: Path) -> Iterator[Callable[[str], Databases]]:
    """`databases("sqlite")`: where fresh databases of an engine come from. Made when first asked for."""
    made: dict[str, Databases] = {}
    with ExitStack() as stack:

        def get(name: str) -> Databases:
            if name not in made:
                made[name] = _on_postgres(stack, instance) if name == "postgres" else SQLite(instance)
            return made[name]

        yield get


def _on_postgres(stack: ExitStack, folder: Path) -> PostgreSQL:
    programs = postgres.programs()
    assert programs, "only asked for when it is installed"
    return PostgreSQL(stack.enter_context(postgres.server(programs)), folder)


@pytest.fixture
def engine_name(request: pytest.FixtureRequest) -> str:
    """`sqlite` or `postgres`: the engine this test runs on."""
    name: str = request.param
    return name


@pytest.fixture
def app(engine_name: str, databases: Callable[[str], Databases], tmp_path: Path) -> Iterator[Flask]:
    """The application on a fresh, migrated, empty database, with its context pushed."""
    places = databases(engine_name)
    url = places.fresh(tmp_path)
    _forget_caches()
    try:
        application = make_app(url, tmp_path)
        application.test_client_class = StrictClient
        with running(application):
            yield application
    finally:
        places.forget(url)


def _forget_caches() -> None:
    """Answers kept for one database must not be given for the next."""
    for name, module in list(sys.modules.items()):
        if name.startswith(FORGETTING):
            for value in vars(module).values():
                if type(value) is CACHED:
                    value.cache_clear()


@pytest.fixture
def client(app: Flask) -> StrictClient:
    """A browser that nobody has signed in with yet."""
    made: StrictClient = app.test_client()  # type: ignore[assignment]
    return made


@pytest.fixture
def new_client(app: Flask) -> Callable[[str], StrictClient]:
    """`new_client("ben")`: one more browser, signed in as somebody of the cast."""

    def make(username: str) -> StrictClient:
        fresh: StrictClient = app.test_client()  # type: ignore[assignment]
        return people.signed_in(fresh, username)

    return make


@pytest.fixture
def runner(app: Flask) -> FlaskCliRunner:
    """Runs commands on the test's database: `runner.invoke(args=["user", "list"])`."""
    return app.test_cli_runner()


@pytest.fixture
def cast(app: Flask) -> people.Cast:
    """Ada (lead), Ben and Cleo (reviewers) and Dan (admin), as actors."""
    return people.bring_in()


@pytest.fixture
def ada(cast: people.Cast, client: StrictClient) -> StrictClient:
    """The client, signed in as Ada, a lead."""
    return people.signed_in(client, "ada")


@pytest.fixture
def ben(cast: people.Cast, new_client: Callable[[str], StrictClient]) -> StrictClient:
    """A client of its own, signed in as Ben, a reviewer."""
    return new_client("ben")


class Queries(list[str]):
    """The statements that were sent while counting, in order."""


@pytest.fixture
def queries(app: Flask) -> Callable[[], object]:
    """`with queries() as sent: …` collects every statement; `len(sent)` is their number."""

    @contextmanager
    def counting() -> Iterator[Queries]:
        sent = Queries()

        def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
            sent.append(statement)

        event.listen(db.engine, "before_cursor_execute", note)
        try:
            yield sent
        finally:
            event.remove(db.engine, "before_cursor_execute", note)

    return counting


@pytest.fixture(scope="session")
def live_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[server.Server]:
    """A real server process with the cast, shared by the run: make your own article, and look only at that."""
    with server.start(tmp_path_factory.mktemp("live")) as started:
        started.bring_in_cast()
        yield started


@pytest.fixture
def own_server(tmp_path: Path) -> Iterator[server.Server]:
    """A server process with the cast for this test alone, to be killed, stopped and started again."""
    with server.start(tmp_path / "own") as started:
        started.bring_in_cast()
        yield started


@pytest.fixture(scope="session")
def chromium() -> Iterator[browsers.Browser]:
    """One headless Chromium for the run."""
    with browsers.launched() as launched:
        yield launched


@pytest.fixture
def watch(request: pytest.FixtureRequest) -> browsers.Watch:
    """What may not happen in the test's pages; `watch.allow("part of a message")` for what a test provokes."""
    return browsers.Watch(request.node)


@pytest.fixture
def new_page(
    chromium: browsers.Browser, live_server: server.Server, watch: browsers.Watch
) -> Iterator[Callable[..., browsers.Page]]:
    """`new_page("ben", **options)`: a page in a browser profile of its own, signed in, watched like `page`."""
    with browsers.pages(chromium, live_server, watch) as make:
        yield make


@pytest.fixture
def page(new_page: Callable[..., browsers.Page]) -> browsers.Page:
    """A page signed in as Ada. The test fails on console errors, refused content and requests to other hosts."""
    return new_page("ada")
