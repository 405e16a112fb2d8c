"""For WSGI servers other than the one that `python -m annotator serve` starts."""

from annotator.app import create_app

app = create_app()
