"""Carrying annotations from one version of a text to the next.

`align` sets the old and the new text side by side once: words first, anchored on runs that stand once in each text,
then sentences in the gaps, then the words of each pair of sentences, then what moved. Each new word belongs to one old
word at most, so a look-alike that was there before can never be taken for a passage that is gone. `carry` maps spans
through that alignment and says how far each can be believed. The method and its figures: benchmarks/carrying/README.md.

Offsets are code points, half open. Any string is accepted; canonical texts are what it is made for.
"""

from annotator.text.reanchoring.alignment import Alignment, Stretch, align
from annotator.text.reanchoring.carrying import Carried, carry, carry_along
from annotator.text.reanchoring.judging import State, same_letters

__all__ = ["Alignment", "Carried", "State", "Stretch", "align", "carry", "carry_along", "same_letters"]
