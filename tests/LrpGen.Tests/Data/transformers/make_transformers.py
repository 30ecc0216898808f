"""Writes transformers.npz: layers of PyTorch's transformers with their outputs and gradients in float64. Needs PyTorch; run it in this folder.

NAME/weights/…   the state_dict: layers, or layers.0 and so on, and a head of one output
NAME/input       rows; of decoders the first 5 are theirs, and the last 4 the memory
NAME/output      what the head makes of the rows' mean
NAME/gradient    its gradient
"""

import numpy
import torch
from torch import nn

E, HEADS, INNER = 8, 2, 12


class Encoder(nn.Module):
    def __init__(self, **options):
        super().__init__()
        self.layers = nn.ModuleList([nn.TransformerEncoderLayer(E, HEADS, INNER, batch_first=True, **options) for _ in range(2)])
        self.head = nn.Linear(E, 1)

    def forward(self, rows):
        for layer in self.layers:
            rows = layer(rows)
        return self.head(rows.mean(1))


class Decoder(nn.Module):
    def __init__(self, causal, **options):
        super().__init__()
        self.causal = causal
        self.layers = nn.ModuleList([nn.TransformerDecoderLayer(E, HEADS, INNER, batch_first=True, **options) for _ in range(2)])
        self.head = nn.Linear(E, 1)

    def forward(self, rows):
        rows, memory = rows[:, :5], rows[:, 5:]
        mask = torch.full((5, 5), -torch.inf, dtype=rows.dtype).triu(1) if self.causal else None
        for layer in self.layers:
            rows = layer(rows, memory, tgt_mask=mask)
        return self.head(rows.mean(1))


torch.manual_seed(0)
tensors = {}
for name, network in {
    "Encoder": Encoder(),
    "EncoderNormFirst": Encoder(norm_first=True, activation="gelu", layer_norm_eps=1e-2),
    "Decoder": Decoder(causal=True),
    "DecoderNormFirst": Decoder(causal=False, norm_first=True, activation="gelu"),
}.items():
    for parameter in network.parameters():
        nn.init.uniform_(parameter, -0.7, 0.7)
    network = network.eval()
    tensors |= {f"{name}/weights/{key}": value.numpy() for key, value in network.state_dict().items()}
    rows = torch.randn(1, 9, E)
    tensors[f"{name}/input"] = rows[0].numpy()
    rows = rows.double().requires_grad_()
    output = network.double()(rows)
    output.sum().backward()
    tensors[f"{name}/output"] = output[0].detach().numpy()
    tensors[f"{name}/gradient"] = rows.grad[0].numpy()
numpy.savez_compressed("transformers.npz", **tensors)
