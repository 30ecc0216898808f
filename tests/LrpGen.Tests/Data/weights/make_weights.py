"""Writes the weight files of this folder. Needs PyTorch and NumPy; run it in this folder.

types.safetensors, types.npz    a tensor "values" in every type of element, and other kinds of arrays
types_compressed.npz            the same arrays as types.npz, deflated
network.safetensors, .npz       the state_dict of a small trained network, as PyTorch orders and names it
"""

import io
import json
import struct
import zipfile

import numpy
import torch


def save_safetensors(tensors, path):
    """The length of the header in 8 bytes, the header in JSON padded to a multiple of 8, the data."""
    names = {
        torch.float64: "F64", torch.float32: "F32", torch.float16: "F16", torch.bfloat16: "BF16",
        torch.int64: "I64", torch.uint8: "U8", torch.bool: "BOOL",
    }
    header, data = {"__metadata__": {"format": "pt"}}, b""
    for name, tensor in tensors.items():
        raw = tensor.reshape(-1).view(torch.uint8).numpy().tobytes()
        header[name] = {"dtype": names[tensor.dtype], "shape": list(tensor.shape), "data_offsets": [len(data), len(data) + len(raw)]}
        data += raw
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text + data)


def add_array(archive, name, array, version):
    """An array with a header of the given version, which NumPy by itself writes only if it must."""
    content = io.BytesIO()
    numpy.lib.format.write_array(content, array, version=version)
    archive.writestr(name + ".npy", content.getvalue())


# 1/3 is rounded differently in every type.
values = torch.tensor([0, -0.5, 1 / 3, 1e-7, 65504, -2], dtype=torch.float64).reshape(2, 3)

save_safetensors({
    "f64": values, "f32": values.float(), "f16": values.half(), "bf16": values.bfloat16(),
    "i64": torch.tensor(7), "u8": torch.arange(5, dtype=torch.uint8), "empty": torch.zeros(0, 4), "scalar": torch.tensor(1.5),
}, "types.safetensors")

arrays = {
    "f8": values.numpy(), "f4": values.float().numpy(), "f2": values.half().numpy(),
    "big_f8": values.numpy().astype(">f8"), "big_f4": values.numpy().astype(">f4"), "big_f2": values.numpy().astype(">f2"),
    "column_major": numpy.asfortranarray(numpy.arange(24, dtype=numpy.float32).reshape(2, 3, 4)),
    "i8": numpy.array(7), "bool": numpy.array([True, False]), "empty": numpy.zeros((0, 4)), "scalar": numpy.array(1.5),
}
numpy.savez("types.npz", **arrays)
numpy.savez_compressed("types_compressed.npz", **arrays)
with zipfile.ZipFile("types.npz", "a") as archive:
    add_array(archive, "version2", arrays["f4"], (2, 0))
    add_array(archive, "version3", arrays["f4"], (3, 0))

torch.manual_seed(0)
network = torch.nn.Sequential(
    torch.nn.Conv2d(1, 2, 3), torch.nn.BatchNorm2d(2), torch.nn.ReLU(), torch.nn.Flatten(), torch.nn.Linear(8, 3))
network(torch.randn(5, 1, 4, 4))
state = network.state_dict()
save_safetensors(state, "network.safetensors")
numpy.savez_compressed("network.npz", **{name: tensor.numpy() for name, tensor in state.items()})
