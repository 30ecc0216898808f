"""Splits a mail into words, just as Vocabulary.cs does."""

import re

UNKNOWN = "<unknown>"
MARKS = [UNKNOWN, "<url>", "<address>", "<money>", "<number>", "!"]

# A group for each mark, in their order, and one for words. ASCII only, so that other languages' libraries agree.
PATTERN = re.compile(
    r"((?:https?://|www\.)[^ \t\r\n<>\"]+)"
    r"|([A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+)"
    r"|([$][ ]?[0-9][0-9.,]*)"
    r"|([0-9][0-9.,:/%-]*)"
    r"|(!+)"
    r"|([A-Za-z]+(?:'[A-Za-z]+)*)")


def words_of(text: str) -> list[str]:
    """The words in lower case, and marks for what is none."""
    return [MARKS[match.lastindex] if match.lastindex < len(MARKS) else match.group().lower() for match in PATTERN.finditer(text)]
