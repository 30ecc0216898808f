"""Trains the sample's network on Fashion-MNIST and writes what the sample reads.

    apt-get install python3-torch python3-numpy dataset-fashion-mnist
    python3 train.py

writes ../Data/fashion.safetensors (the weights) and ../Data/test-{images-idx3,labels-idx1}-ubyte (real test images, in
the data set's own format). That takes about a quarter of an hour on one core; the weights that come with the sample
classify 92.97 % of the official test images rightly. The seed is fixed, but another machine may round differently.
"""

import argparse
import gzip
import json
import time
from pathlib import Path

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

IMAGES_PER_CLASS = 25  # bundled with the sample: the first of each class, in the official order
BATCH = 128
MAX_SHIFT = 2  # pixels, in training
MAX_RATE = 0.003
WEIGHT_DECAY = 0.01
BLANK_PENALTY = 1.0


def network() -> nn.Sequential:
    """The network that FashionNet.cs declares."""
    return nn.Sequential(
        nn.Conv2d(1, 16, 5, padding=2), nn.ReLU(), nn.MaxPool2d(2),
        nn.Conv2d(16, 32, 5, padding=2), nn.ReLU(), nn.MaxPool2d(2),
        nn.Flatten(),
        nn.Linear(32 * 7 * 7, 128), nn.ReLU(),
        nn.Linear(128, 10))


def read_idx(path: Path) -> np.ndarray:
    """Reads a gzipped IDX file of bytes: two zeros, the type (8), the rank, big-endian lengths, the data."""
    content = gzip.decompress(path.read_bytes())
    shape = np.frombuffer(content, ">i4", count=content[3], offset=4)
    return np.frombuffer(content, np.uint8, offset=4 + 4 * content[3]).reshape(shape)


def write_idx(path: Path, values: np.ndarray) -> None:
    path.write_bytes(bytes([0, 0, 8, values.ndim]) + np.array(values.shape, ">i4").tobytes() + values.tobytes())


def write_safetensors(path: Path, tensors: dict[str, torch.Tensor]) -> None:
    """Writes the length of the header, the header (JSON, padded with spaces to a multiple of 8), the data."""
    header, end = {}, 0
    for name, tensor in tensors.items():
        start, end = end, end + 4 * tensor.numel()
        header[name] = {"dtype": "F32", "shape": list(tensor.shape), "data_offsets": [start, end]}
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    data = b"".join(tensor.numpy().astype("<f4").tobytes() for tensor in tensors.values())
    path.write_bytes(len(text).to_bytes(8, "little") + text + data)


def scale(pixels: np.ndarray) -> torch.Tensor:
    """Maps 0..255 to -1..1, as TestSet.cs does."""
    return torch.from_numpy(pixels.astype(np.float32)).unsqueeze(1) / 127.5 - 1


def augment(images: torch.Tensor) -> torch.Tensor:
    """Mirrors every other image, on average, and shifts each by at most MAX_SHIFT pixels."""
    count = len(images)
    mirrored = torch.where(torch.rand(count, 1, 1, 1) < 0.5, images.flip(3), images)
    padded = F.pad(mirrored, 4 * [MAX_SHIFT], value=-1)
    rows, columns = torch.arange(28) + torch.randint(2 * MAX_SHIFT + 1, (2, count, 1))
    return padded[torch.arange(count)[:, None, None], 0, rows[:, :, None], columns[:, None, :]].unsqueeze(1)


def blank_activity(model: nn.Sequential) -> torch.Tensor:
    """How much an empty image excites the convolutions. Driven to 0, so that an empty background bears no relevance."""
    blank = torch.full((1, 1, 28, 28), -1.0)
    return model[:2](blank).mean() + model[:5](blank).mean()


def train(model: nn.Sequential, images: torch.Tensor, labels: torch.Tensor, epochs: int) -> None:
    optimizer = torch.optim.AdamW(model.parameters(), weight_decay=WEIGHT_DECAY)
    steps = -(-len(images) // BATCH)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, MAX_RATE, epochs=epochs, steps_per_epoch=steps)
    start = time.perf_counter()
    for epoch in range(1, epochs + 1):
        total = 0.0
        for batch in torch.randperm(len(images)).split(BATCH):
            loss = F.cross_entropy(model(augment(images[batch])), labels[batch]) + BLANK_PENALTY * blank_activity(model)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            schedule.step()
            total += loss.item() * len(batch)
        print(f"epoch {epoch:2}: loss {total / len(images):.4f}, {time.perf_counter() - start:.0f} s", flush=True)


@torch.no_grad()
def accuracy(model: nn.Module, images: torch.Tensor, labels: torch.Tensor) -> float:
    right = sum((model(x).argmax(1) == y).sum().item() for x, y in zip(images.split(1000), labels.split(1000)))
    return right / len(images)


def main() -> None:
    parser = argparse.ArgumentParser(description="Trains the sample's network on Fashion-MNIST.")
    parser.add_argument("--source", type=Path, default="/usr/share/datasets/fashion-mnist", help="the official .gz files")
    parser.add_argument("--output", type=Path, default=Path(__file__).parent.parent / "Data")
    parser.add_argument("--epochs", type=int, default=24)
    arguments = parser.parse_args()

    torch.manual_seed(1)
    torch.set_num_threads(1)  # sums in one order
    train_pixels, train_labels, test_pixels, test_labels = (
        read_idx(arguments.source / f"{part}-{kind}-ubyte.gz")
        for part in ("train", "t10k") for kind in ("images-idx3", "labels-idx1"))

    model = network()
    train(model, scale(train_pixels), torch.from_numpy(train_labels.astype(np.int64)), arguments.epochs)
    print(f"activity of an empty image: {blank_activity(model).item():.2g}")
    result = accuracy(model, scale(test_pixels), torch.from_numpy(test_labels.astype(np.int64)))
    print(f"accuracy on the official {len(test_labels):,} test images: {result:.2%}")

    write_safetensors(arguments.output / "fashion.safetensors", model.state_dict())
    bundled = np.sort(np.concatenate([np.flatnonzero(test_labels == label)[:IMAGES_PER_CLASS] for label in range(10)]))
    write_idx(arguments.output / "test-images-idx3-ubyte", test_pixels[bundled])
    write_idx(arguments.output / "test-labels-idx1-ubyte", test_labels[bundled])


if __name__ == "__main__":
    main()
