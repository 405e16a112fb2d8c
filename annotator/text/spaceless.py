"""Scripts that are written without spaces between words, as members of a character class of the `regex` library."""

SPACELESS = r"\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}"
