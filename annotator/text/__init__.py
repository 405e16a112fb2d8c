"""The pure core: canonical text, blocks, sentences, spans and segments as functions of plain values.

Every offset in this package is a Unicode code point, half open (`start`, `end`), on one version's canonical
text. Nothing here knows of the web, the database or the clock.
"""
