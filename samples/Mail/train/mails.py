"""Reads the SpamAssassin corpus as text, and replaces addresses and people's names in it."""

import email
import email.header
import email.utils
import html
import json
import re
import zlib
from dataclasses import dataclass
from email.message import Message
from pathlib import Path

from words import words_of

INVENTED = ["Alex", "Billie", "Charlie", "Dana", "Eden", "Frankie", "Harper", "Jamie", "Kim", "Logan", "Morgan", "Quinn", "Robin", "Sam", "Toni"]
PERSON = re.compile(r"[A-Z][a-z]+ (?:[A-Z][.]? )?[A-Z][A-Za-z'-]+")
MOSTLY = 0.75  # a name is written with a capital in more than this share of its places in mails


@dataclass(frozen=True)
class Mail:
    id: str
    spam: bool
    text: str  # subject, an empty line, what one reads


def read_corpus(folder: Path) -> tuple[list[Mail], set[str]]:
    """All mails that have a word, none twice, and the words of the names in their headers."""
    mails: dict[tuple, Mail] = {}
    names: set[str] = set()
    for path in sorted(folder.glob("*/*.json")):
        record = json.loads(path.read_text(encoding="utf-8"))
        spam = record["group"].startswith("spam")
        message = email.message_from_string(record["text"])
        for name, _ in email.utils.getaddresses([str(value) for key, value in message.items() if key.lower() in ("from", "to", "cc", "reply-to")]):
            if not spam and PERSON.fullmatch(name):  # that spam gives are mostly of goods
                names.update(word.lower() for word in re.findall(r"[A-Z][A-Za-z]{2,}", name))
        text = text_of(message)
        words = tuple(words_of(text))
        if words:
            mails.setdefault(words, Mail(f"{record['group']}/{record['id']}", spam, text))
    return list(mails.values()), names


def text_of(message: Message) -> str:
    """Subject and body, without markup."""
    parts = [part for part in message.walk() if part.get_content_maintype() == "text"]
    plain = [part for part in parts if part.get_content_subtype() == "plain"]
    body = "\n".join(decoded(part) if plain else without_markup(decoded(part)) for part in plain or parts)
    # Some are markup but do not say so.
    body = without_markup(body) if re.search(r"<html|<body|<br>", body, re.IGNORECASE) else body
    lines = [re.sub(r"[ \t\xa0]+", " ", line).strip() for line in body.splitlines()]
    return f"{subject_of(message)}\n\n{re.sub(chr(10) + '{3,}', chr(10) * 2, chr(10).join(lines)).strip()}"


def subject_of(message: Message) -> str:
    try:
        subject = str(email.header.make_header(email.header.decode_header(str(message["subject"] or ""))))
    except (UnicodeError, LookupError, email.errors.HeaderParseError):
        subject = str(message["subject"])
    return " ".join(subject.split())


def decoded(part: Message) -> str:
    content = part.get_payload(decode=True) or b""
    try:
        return content.decode(part.get_content_charset() or "latin-1", "replace")
    except LookupError:
        return content.decode("latin-1")


def without_markup(text: str) -> str:
    text = re.sub(r"<(script|style)\b.*?</\1>|<!--.*?-->", " ", text, flags=re.IGNORECASE | re.DOTALL)
    text = re.sub(r"<(?:br|p|div|tr|li|h[1-6])\b[^>]*>", "\n", text, flags=re.IGNORECASE)
    return html.unescape(re.sub(r"<[^>]*>", " ", text))


def name_words(mails: list[Mail], candidates: set[str]) -> set[str]:
    """Of the words in headers' names, in lower case, those that mails hardly write small."""
    counts = {word: [0, 0] for word in candidates}
    for mail in mails:
        for word in re.findall(r"[A-Za-z]{3,}", mail.text):
            if word.lower() in counts:
                counts[word.lower()][word[0].isupper() and not word[1].isupper()] += 1
    return {word for word, (small, capital) in counts.items() if capital > MOSTLY * (small + capital) or small == 0}


def anonymized(text: str, names: set[str]) -> str:
    """The text with invented addresses, telephone numbers and people. A name is an unknown word before and after."""
    text = re.sub(r"((?:https?://|www\.))[^ \t\r\n<>\"]+", r"\1example.com", text)
    text = re.sub(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+", "somebody@example.com", text)
    text = re.sub(r"\b(?!www\.)(?:[A-Za-z0-9-]+\.)+(?:com|net|org|biz|info|edu|ie|uk)\b", "example.com", text, flags=re.IGNORECASE)
    text = re.sub(r"(?:\+[0-9]+[ .-]?)?(?:\([0-9]+\)|[0-9]{3,4})[ .-]?[0-9]{3}[ .-][0-9]{4}\b", "555-0100", text)
    return re.sub(r"[A-Z][A-Za-z]{2,}", lambda match: invented(match.group()) if match.group().lower() in names else match.group(), text)


def invented(name: str) -> str:
    return INVENTED[zlib.crc32(name.lower().encode()) % len(INVENTED)]
