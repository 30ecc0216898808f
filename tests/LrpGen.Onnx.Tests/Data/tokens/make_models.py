"""Writes the transformers of this folder as torch.onnx.export does. usage: make_models.py, in this folder; made with torch 1.13.

They have random weights, few features and the ways of writing attention that an import has to understand.
"""

import math

import torch
from torch import nn
from torch.nn import functional

FEATURES, HEADS, TOKENS, LENGTH = 12, 3, 20, 10


def heads(x, count=HEADS):
    """(N, T, h·d) as (N, h, T, d), with sizes that the graph computes."""
    return x.view(x.size(0), x.size(1), count, x.size(-1) // count).transpose(1, 2)


def rows(x):
    x = x.transpose(1, 2).contiguous()
    return x.view(x.size(0), x.size(1), -1)


class Bert(nn.Module):
    """As Hugging Face's: separate projections, a buffer of positions, a mask of numbers, the scale behind the product."""

    def __init__(self):
        super().__init__()
        self.words, self.types, self.positions = nn.Embedding(TOKENS, FEATURES), nn.Embedding(2, FEATURES), nn.Embedding(16, FEATURES)
        self.register_buffer("position_ids", torch.arange(16).expand(1, -1))
        self.norm = nn.LayerNorm(FEATURES, 1e-12)
        self.query, self.key, self.value = (nn.Linear(FEATURES, FEATURES) for _ in range(3))
        self.dense, self.pooler = nn.Linear(FEATURES, FEATURES), nn.Linear(FEATURES, 4)

    def forward(self, input_ids, attention_mask, token_type_ids):
        mask = (1.0 - attention_mask[:, None, None, :].to(torch.float32)) * -10000.0
        x = self.words(input_ids) + self.types(token_type_ids)
        x = self.norm(x + self.positions(self.position_ids[:, : input_ids.size(1)]))
        scores = heads(self.query(x)) @ heads(self.key(x)).transpose(-1, -2) / math.sqrt(FEATURES // HEADS) + mask
        x = x + functional.gelu(self.dense(rows(scores.softmax(-1) @ heads(self.value(x)))))
        return x, torch.tanh(self.pooler(x[:, 0]))


class Gpt(nn.Module):
    """A causal decoder: one projection that is split, a buffer of the mask, GELU with tanh in pieces, the last token's scores."""

    def __init__(self):
        super().__init__()
        self.wte, self.wpe, self.ln = nn.Embedding(TOKENS, FEATURES), nn.Embedding(16, FEATURES), nn.LayerNorm(FEATURES)
        self.c_attn, self.c_proj = nn.Linear(FEATURES, 3 * FEATURES), nn.Linear(FEATURES, FEATURES)
        self.register_buffer("bias", torch.tril(torch.ones(16, 16, dtype=torch.bool)).view(1, 1, 16, 16))
        self.lm_head = nn.Linear(FEATURES, TOKENS, bias=False)

    def forward(self, input_ids):
        length = input_ids.size(1)
        x = self.wte(input_ids) + self.wpe(torch.arange(0, length)[None])
        q, k, v = (heads(part) for part in self.c_attn(self.ln(x)).split(FEATURES, dim=2))
        scores = q @ k.transpose(-1, -2) / math.sqrt(FEATURES // HEADS)
        scores = torch.where(self.bias[:, :, :length, :length], scores, torch.tensor(torch.finfo(torch.float32).min))
        x = x + self.c_proj(rows(scores.softmax(-1) @ v))
        x = 0.5 * x * (1.0 + torch.tanh(math.sqrt(2.0 / math.pi) * (x + 0.044715 * torch.pow(x, 3.0))))
        return self.lm_head(x)[:, -1]


class Scaled(nn.Module):
    """The scale's root at queries and keys, as F.scaled_dot_product_attention is exported, a mask of truth values, RMSNorm and SiLU in pieces."""

    def __init__(self):
        super().__init__()
        self.embed, self.norm = nn.Embedding(TOKENS, FEATURES), nn.Parameter(torch.ones(FEATURES))
        self.q_proj, self.k_proj, self.v_proj, self.o_proj = (nn.Linear(FEATURES, FEATURES, bias=False) for _ in range(4))

    def forward(self, input_ids, attention_mask):
        x = self.embed(input_ids)
        x = self.norm * (x * torch.rsqrt(x.pow(2).mean(-1, keepdim=True) + 1e-6))
        root = (FEATURES // HEADS) ** -0.25
        scores = (heads(self.q_proj(x)) * root) @ (heads(self.k_proj(x)).transpose(-1, -2) * root)
        scores = scores.masked_fill(attention_mask[:, None, None, :] == 0, float("-inf"))
        return functional.silu(self.o_proj(rows(scores.softmax(-1) @ heads(self.v_proj(x))))).mean(1)


class Packed(nn.Module):
    """PyTorch's own encoder, and positions as a parameter, for one length."""

    def __init__(self, **arguments):
        super().__init__()
        self.emb, self.pos = nn.Embedding(TOKENS, FEATURES), nn.Parameter(torch.zeros(1, LENGTH, FEATURES))
        layer = nn.TransformerEncoderLayer(FEATURES, HEADS, 16, batch_first=True, activation="gelu", **arguments)
        self.enc, self.fc = nn.TransformerEncoder(layer, 2, enable_nested_tensor=False), nn.Linear(FEATURES, 2)

    def forward(self, input_ids):
        return self.fc(self.enc(self.emb(input_ids) + self.pos).mean(1))


class TextCnn(nn.Module):
    def __init__(self):
        super().__init__()
        self.emb, self.convs = nn.Embedding(TOKENS, 6), nn.ModuleList(nn.Conv1d(6, 4, k) for k in (2, 3))
        self.fc = nn.Linear(8, 3)

    def forward(self, input_ids):
        x = self.emb(input_ids).transpose(1, 2)
        return self.fc(torch.cat([functional.relu(conv(x)).max(-1)[0] for conv in self.convs], 1))


class Vision(nn.Module):
    """Patches, a class token that is expanded, positions, nn.MultiheadAttention."""

    def __init__(self):
        super().__init__()
        self.conv_proj, self.class_token = nn.Conv2d(3, FEATURES, 4, 4), nn.Parameter(torch.zeros(1, 1, FEATURES))
        self.pos_embedding, self.ln = nn.Parameter(torch.zeros(1, 7, FEATURES)), nn.LayerNorm(FEATURES, 1e-6)
        self.self_attention, self.head = nn.MultiheadAttention(FEATURES, HEADS, batch_first=True), nn.Linear(FEATURES, 5)

    def forward(self, image):
        x = self.conv_proj(image)
        x = x.reshape(x.shape[0], FEATURES, 6).permute(0, 2, 1)
        x = torch.cat([self.class_token.expand(x.shape[0], -1, -1), x], 1) + self.pos_embedding
        y = self.ln(x)
        return self.head((x + self.self_attention(y, y, y, need_weights=False)[0])[:, 0])


def export(name, network, inputs, outputs=("output",), dynamic=True, opset=13):
    torch.manual_seed(0)
    for parameter in network.parameters():
        nn.init.uniform_(parameter, -0.5, 0.5)
    axes = {name: {0: "N", 1: "T"} for name in inputs} if dynamic else None
    torch.onnx.export(
        network.eval(), tuple(inputs.values()), f"{name}.onnx", opset_version=opset, input_names=list(inputs), output_names=list(outputs),
        dynamic_axes=axes)


def main():
    ids, ones, zeros = (torch.full((1, LENGTH), value) for value in (3, 1, 0))
    export("bert", Bert(), {"input_ids": ids, "attention_mask": ones, "token_type_ids": zeros}, ("last_hidden_state", "pooler"))
    export("bert_opset17", Bert(), {"input_ids": ids, "attention_mask": ones, "token_type_ids": zeros}, ("last_hidden_state", "pooler"), opset=17)
    export("gpt", Gpt(), {"input_ids": ids})
    export("scaled", Scaled(), {"input_ids": ids, "attention_mask": ones})
    export("packed", Packed(), {"input_ids": ids}, dynamic=False)
    export("packed_norm_first", Packed(norm_first=True), {"input_ids": ids}, dynamic=False, opset=17)
    export("text_cnn", TextCnn(), {"input_ids": ids})
    export("vision", Vision(), {"image": torch.zeros(1, 3, 8, 12)}, dynamic=False)


main()
