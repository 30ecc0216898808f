"""Writes small networks of tokens with the names of known checkpoints, in plain PyTorch in float64.

sequences.npz: of each network NAME its weights as NAME/w/TENSOR, and NAME/logits of the tokens IDS and NAME/AttnLRP, NAME/CPLRP, the relevance of each
token for the largest logit: input times gradient of a graph in which 1/σ, f(a)/a and (CPLRP) attention and gates are constants, and (AttnLRP) the
gradient is halved at each product, and multiplied by z / s(z) where z stands in a denominator.
"""
import math
import pathlib

import numpy as np
import torch
import torch.nn.functional as F

EPSILON = 1e-6
IDS = [3, 17, 8, 8, 1, 12]
VOCABULARY, WIDTH, LAYERS, HEADS, HIDDEN, GROUPS = 20, 24, 2, 4, 40, 2


class Weights:
    """Tensors that are drawn when they are first asked for, rounded to float32."""

    def __init__(self, seed):
        self.random = np.random.default_rng(seed)
        self.tensors = {}

    def __call__(self, name, *shape):
        if name not in self.tensors:
            scale = 1 / math.sqrt(shape[-1]) if len(shape) > 1 else 0.3
            middle = 1 if len(shape) == 1 and name.endswith("weight") else 0
            self.tensors[name] = (middle + scale * self.random.standard_normal(shape)).astype(np.float32)
        return torch.from_numpy(self.tensors[name]).double()


class Graph:
    """The parts of networks, with constants such that input times gradient is relevance."""

    def __init__(self, weights, rule):
        self.w, self.rule = weights, rule

    def half(self, z):
        return (z + z.detach()) / 2 if self.rule == "AttnLRP" else z

    def table(self, name, count, width):
        return self.w(f"{name}.weight", count, width)

    def embed(self, name, width=WIDTH):
        self.embedding = self.table(name, VOCABULARY, width)[IDS].requires_grad_()
        return self.embedding

    def linear(self, name, x, outputs, bias=True, transposed=False):
        inputs = x.shape[-1]
        weight = self.w(f"{name}.weight", inputs, outputs).T if transposed else self.w(f"{name}.weight", outputs, inputs)
        return stable(F.linear(x, weight, self.w(f"{name}.bias", outputs) if bias else None))

    def norm(self, name, x, eps):
        centred = x - x.mean(-1, keepdim=True)
        return stable(centred / (centred.square().mean(-1, keepdim=True) + eps).sqrt().detach() * self.w(f"{name}.weight", WIDTH) + self.w(f"{name}.bias", WIDTH))

    def rms(self, name, x, eps):
        return stable(x / (x.square().mean(-1, keepdim=True) + eps).sqrt().detach() * self.w(f"{name}.weight", WIDTH))

    def function(self, f, x):
        return x * (f(x) / x).detach()

    def attend(self, q, k, v, groups=HEADS, causal=False):
        q, k, v = (x.unflatten(-1, (heads, -1)).transpose(0, 1) for x, heads in ((q, HEADS), (k, groups), (v, groups)))
        k, v = (x.repeat_interleave(HEADS // groups, 0) for x in (k, v))
        scores = self.half(q @ k.transpose(-2, -1) / math.sqrt(q.shape[-1]))
        if causal:
            scores = scores.masked_fill(torch.ones(len(IDS), len(IDS), dtype=torch.bool).triu(1), -math.inf)
        weights = scores.softmax(-1)
        weights = weights if self.rule == "AttnLRP" else weights.detach()
        return self.half(stable(weights @ v)).transpose(0, 1).flatten(1)


def stable(z):
    """z, whose gradient is times z / s(z): what a share of R / s(z) gives."""
    return z.detach() + (z - z.detach()) * (z / (z + torch.where(z >= 0, EPSILON, -EPSILON))).detach()


def rotated(x, heads, base):
    x = x.unflatten(-1, (heads, -1))
    half = x.shape[-1] // 2
    angles = torch.arange(len(IDS))[:, None, None] * base ** (-torch.arange(half).double() / half)
    first, second = x[..., :half], x[..., half:]
    return stable(torch.cat([first * angles.cos() - second * angles.sin(), second * angles.cos() + first * angles.sin()], -1)).flatten(1)


def encoder_layer(g, x, name, eps):
    q, k, v = (g.linear(f"{name}.attention.self.{part}", x, WIDTH) for part in ("query", "key", "value"))
    x = g.norm(f"{name}.attention.output.LayerNorm", stable(x + g.linear(f"{name}.attention.output.dense", g.attend(q, k, v), WIDTH)), eps)
    hidden = g.function(F.gelu, g.linear(f"{name}.intermediate.dense", x, HIDDEN))
    return g.norm(f"{name}.output.LayerNorm", stable(x + g.linear(f"{name}.output.dense", hidden, WIDTH)), eps)


def bert_rows(g, prefix, eps, positions=512, offset=0, types=2):
    x = g.embed(f"{prefix}embeddings.word_embeddings")
    x = stable(x + g.table(f"{prefix}embeddings.position_embeddings", positions, WIDTH)[offset:offset + len(IDS)])
    x = stable(x + g.table(f"{prefix}embeddings.token_type_embeddings", types, WIDTH)[0])
    x = g.norm(f"{prefix}embeddings.LayerNorm", x, eps)
    for number in range(LAYERS):
        x = encoder_layer(g, x, f"{prefix}encoder.layer.{number}", eps)
    return x


def bert(g):
    pooled = g.function(torch.tanh, g.linear("bert.pooler.dense", bert_rows(g, "bert.", 1e-12)[0], WIDTH))
    return g.linear("classifier", pooled, 3)


def minilm(g):
    mean = stable(bert_rows(g, "", 1e-12).mean(0))
    return mean / mean.norm().detach()


def roberta(g):
    dense = g.function(torch.tanh, g.linear("classifier.dense", bert_rows(g, "roberta.", 1e-5, 514, 2, 1)[0], WIDTH))
    return g.linear("classifier.out_proj", dense, 3)


def distilbert(g):
    x = g.embed("distilbert.embeddings.word_embeddings")
    x = stable(x + g.table("distilbert.embeddings.position_embeddings", 512, WIDTH)[:len(IDS)])
    x = g.norm("distilbert.embeddings.LayerNorm", x, 1e-12)
    for number in range(LAYERS):
        name = f"distilbert.transformer.layer.{number}"
        q, k, v = (g.linear(f"{name}.attention.{part}_lin", x, WIDTH) for part in "qkv")
        x = g.norm(f"{name}.sa_layer_norm", stable(x + g.linear(f"{name}.attention.out_lin", g.attend(q, k, v), WIDTH)), 1e-12)
        hidden = g.function(F.gelu, g.linear(f"{name}.ffn.lin1", x, HIDDEN))
        x = g.norm(f"{name}.output_layer_norm", stable(x + g.linear(f"{name}.ffn.lin2", hidden, WIDTH)), 1e-12)
    return g.linear("classifier", g.function(F.relu, g.linear("pre_classifier", x[0], WIDTH)), 3)


def gpt2(g):
    x = stable(g.embed("wte") + g.table("wpe", 1024, WIDTH)[:len(IDS)])
    gelu = lambda a: F.gelu(a, approximate="tanh")
    for number in range(LAYERS):
        name = f"h.{number}"
        q, k, v = g.linear(f"{name}.attn.c_attn", g.norm(f"{name}.ln_1", x, 1e-5), 3 * WIDTH, transposed=True).chunk(3, -1)
        x = stable(x + g.linear(f"{name}.attn.c_proj", g.attend(q, k, v, causal=True), WIDTH, transposed=True))
        hidden = g.linear(f"{name}.mlp.c_fc", g.norm(f"{name}.ln_2", x, 1e-5), 4 * WIDTH, transposed=True)
        x = stable(x + g.linear(f"{name}.mlp.c_proj", g.function(gelu, hidden), WIDTH, transposed=True))
        g.w(f"{name}.attn.bias", 1, 1, len(IDS), len(IDS))
        g.w(f"{name}.attn.masked_bias", 1)
    return stable(F.linear(g.norm("ln_f", x, 1e-5)[-1], g.table("wte", VOCABULARY, WIDTH)))


def decoder(g, base, eps, bias):
    x = g.embed("model.embed_tokens")
    keys = WIDTH // HEADS * GROUPS
    for number in range(LAYERS):
        name = f"model.layers.{number}"
        a = g.rms(f"{name}.input_layernorm", x, eps)
        q, k, v = (g.linear(f"{name}.self_attn.{part}_proj", a, size, bias) for part, size in (("q", WIDTH), ("k", keys), ("v", keys)))
        attended = g.attend(rotated(q, HEADS, base), rotated(k, GROUPS, base), v, GROUPS, causal=True)
        x = stable(x + g.linear(f"{name}.self_attn.o_proj", attended, WIDTH, bias=False))
        a = g.rms(f"{name}.post_attention_layernorm", x, eps)
        gate = g.function(F.silu, g.linear(f"{name}.mlp.gate_proj", a, HIDDEN, bias=False))
        gate = gate if g.rule == "AttnLRP" else gate.detach()
        x = stable(x + g.linear(f"{name}.mlp.down_proj", g.half(gate * g.linear(f"{name}.mlp.up_proj", a, HIDDEN, bias=False)), WIDTH, bias=False))
    return stable(F.linear(g.rms("model.norm", x, eps)[-1], g.table("model.embed_tokens", VOCABULARY, WIDTH)))


def llama(g):
    return decoder(g, 100000, 1e-5, bias=False)


def qwen2(g):
    return decoder(g, 1000000, 1e-6, bias=True)


def lstm(g, size=6):
    x = g.embed("model.embedding")
    directions = []
    parameters = {}
    for suffix, order in (("", 1), ("_reverse", -1)):
        shapes = (("weight_ih", (4 * size, WIDTH)), ("weight_hh", (4 * size, size)), ("bias_ih", (4 * size,)), ("bias_hh", (4 * size,)))
        u, v, b, d = tensors = [g.w(f"model.lstm.{name}_l0{suffix}", *shape) for name, shape in shapes]
        parameters.update({f"{name}_l0{suffix}": tensor for (name, _), tensor in zip(shapes, tensors)})
        h = c = torch.zeros(size).double()
        rows = []
        for row in x[::order] if order > 0 else x.flip(0):
            i, f, z, o = (F.linear(row, u, b) + F.linear(h, v, d)).chunk(4)
            c = f.sigmoid().detach() * c + i.sigmoid().detach() * g.function(torch.tanh, z)
            h = o.sigmoid().detach() * g.function(torch.tanh, c)
            rows.append(h)
        directions.append(torch.stack(rows[::order]))
    rows = torch.cat(directions, -1)
    own = torch.nn.LSTM(WIDTH, size, bidirectional=True, batch_first=True).double()
    own.load_state_dict(parameters)
    assert (own(x[None])[0][0] - rows).abs().max() < 1e-12
    return g.linear("model.fc", stable(rows.mean(0)), 3)


def main():
    result = {}
    for seed, network in enumerate((bert, minilm, distilbert, roberta, gpt2, llama, qwen2, lstm)):
        weights = Weights(seed)
        for rule in ("AttnLRP", "CPLRP"):
            graph = Graph(weights, rule)
            logits = network(graph)
            (gradient,) = torch.autograd.grad(logits[logits.argmax()], graph.embedding)
            result[f"{network.__name__}/{rule}"] = (graph.embedding * gradient).sum(-1).detach().numpy()
            result[f"{network.__name__}/logits"] = logits.detach().numpy()
        for name, tensor in weights.tensors.items():
            # Of long tables only the first rows are read; the others are 0, which takes no space.
            result[f"{network.__name__}/w/{name}"] = tensor if len(tensor) < 500 else np.concatenate([tensor[:9], np.zeros_like(tensor[9:])])
        print(network.__name__, len(weights.tensors), logits.max().item(), result[f"{network.__name__}/AttnLRP"].sum(), result[f"{network.__name__}/CPLRP"].sum())
    np.savez_compressed(pathlib.Path(__file__).with_name("sequences.npz"), **result)


main()
