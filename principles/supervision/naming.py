"""Whether a text seems to name somebody. The board supervises no case of a pupil or of somebody who works at the school. It
looks at the text alone: asking who is at the school would tell it to whoever tries a name."""

import re

PAIR = re.compile(r"(?<![\w.])[^\W\d_a-zæøå][\w’'-]+(?: [^\W\d_a-zæøå]\.)? [^\W\d_a-zæøå][\w’'-]+")


def like_names(text):
    """Two words with capitals beside each other, such as a first name and a family name."""
    return sorted({found[0] for found in PAIR.finditer(text)})
