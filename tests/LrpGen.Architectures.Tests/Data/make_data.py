"""Writes what torchvision says of its networks, and what PyTorch computes with them in float64.

NAME.txt: the names and shapes of the state_dict, and the number of parameters.
NAME.npz: statistics of batch norms, the logits of one image, and its relevance, summed over squares: by EpsilonPlusFlat, of vit_b_16 by AttnLRP and CPLRP,
of convnext_tiny by CPLRP.
Weights and images are not stored: they follow from a formula, which SyntheticTensors.cs has as well.

Arguments: the names of some networks, else all. Needs torch 1.13 and torchvision 0.14.
"""
import math
import operator
import pathlib
import sys

import numpy as np
import torch
import torch.nn.functional as F
import torchvision
from torch import fx, nn
from torch.fx.experimental.optimization import fuse

NETWORKS = {
    "vgg16": {}, "resnet18": {}, "resnet50": {}, "squeezenet1_1": {}, "mobilenet_v2": {}, "densenet121": {},
    "googlenet": {"aux_logits": False, "init_weights": False}, "convnext_tiny": {}, "vit_b_16": {},
}
FOLDER = pathlib.Path(__file__).parent
SIDE = 224
SQUARE = 32  # pixels along a side of the squares over which relevance is summed
IMAGES = 4  # for the statistics of batch norms; the first one is predicted and explained
EPSILON = 1e-6


def uniform(name, count, start=0):
    """Numbers between -1 and 1: the SplitMix64 sequence whose seed is the FNV-1a hash of the name. The same bits everywhere."""
    seed = 0xCBF29CE484222325
    for byte in name.encode():
        seed = (seed ^ byte) * 0x100000001B3 % 2**64
    z = np.uint64(seed) + np.arange(start + 1, start + count + 1, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    z = z ^ (z >> np.uint64(31))
    return ((z >> np.uint64(40)).astype(np.float64) + 0.5) / 2**23 - 1


def weight(name, shape):
    """Weights of layers as He et al. draw them, factors of batch norms around 1, biases around 0; rounded to float32."""
    values = uniform(name, math.prod(shape))
    if len(shape) > 1:
        values = values * math.sqrt(6 / math.prod(shape[1:]))
    else:
        values = 1 + 0.3 * values if name.endswith("weight") else 0.1 * values
    return torch.from_numpy(values.astype(np.float32).reshape(shape))


def image(number):
    """Squares of one colour with some noise, between -1 and 1; rounded to float32."""
    squares = uniform("squares", 3 * 49, number * 3 * 49).reshape(3, 7, 7).repeat(32, 1).repeat(32, 2)
    noise = uniform("noise", 3 * SIDE * SIDE, number * 3 * SIDE * SIDE).reshape(3, SIDE, SIDE)
    return torch.from_numpy((0.7 * squares + 0.3 * noise).astype(np.float32)).double()


def statistics(network, images):
    """The mean and the variance of each batch norm's input, rounded to float16 because they need only be near."""
    norms = {name: module for name, module in network.named_modules() if isinstance(module, nn.BatchNorm2d)}
    for norm in norms.values():
        norm.train()
        norm.momentum = 1.0
    with torch.no_grad():
        network(images)
    network.eval()
    result = {}
    for name, norm in norms.items():
        for buffer in ("running_mean", "running_var"):
            values = getattr(norm, buffer)
            values.copy_(values.half().double())
            result[f"{name}.{buffer}"] = values.numpy().astype(np.float16)
    return result


def stabilized(z):
    return z + torch.where(z >= 0, EPSILON, -EPSILON)


class Share(torch.autograd.Function):
    """A layer whose backward pass is R_i = sum over terms of part_i * sum_j w_ij R_j / s(denominator_j), for parts of the input."""

    @staticmethod
    def forward(ctx, layer, terms, a):
        ctx.terms = terms
        ctx.save_for_backward(a)
        return layer(a)

    @staticmethod
    def backward(ctx, relevance):
        (a,) = ctx.saved_tensors
        with torch.enable_grad():
            parts = [part(a).detach().requires_grad_() for part, _, _ in ctx.terms]
            products = [product(part) for (_, product, _), part in zip(ctx.terms, parts)]
            bias = sum(bias for _, _, bias in ctx.terms)
            s = relevance / stabilized(sum(products) + bias).detach()
            transposed = torch.autograd.grad(products, parts, [s] * len(parts))
        return None, None, sum(part * c for part, c in zip(parts, transposed)).detach()


class Relevance(fx.Interpreter):
    """Predicts; the gradient of what it gives is relevance by EpsilonPlusFlat."""

    def __init__(self, module):
        super().__init__(module)
        self.first = True

    def call_module(self, target, args, kwargs):
        layer, a = self.fetch_attr(target), args[0]
        if isinstance(layer, nn.Conv2d):
            first, self.first = self.first, False
            return self.flat(layer, a) if first else self.z_plus(layer, a)
        if isinstance(layer, nn.Linear):
            return Share.apply(layer, [(lambda a: a, lambda a: F.linear(a, layer.weight), layer.bias)], a)
        if isinstance(layer, nn.BatchNorm2d):
            factor = (layer.weight / torch.sqrt(layer.running_var + layer.eps))[:, None, None]
            shift = layer.bias[:, None, None] - layer.running_mean[:, None, None] * factor
            return Share.apply(layer, [(lambda a: a, lambda a: a * factor, shift)], a)
        if isinstance(layer, (nn.AvgPool2d, nn.AdaptiveAvgPool2d)):
            return Share.apply(layer, [(lambda a: a, layer, 0)], a)
        if isinstance(layer, (nn.ReLU, nn.ReLU6)):
            return a + (layer(a.clone()) - a).detach()
        assert isinstance(layer, (nn.MaxPool2d, nn.Dropout, nn.Identity, nn.Flatten)), layer
        return layer(a)

    def call_function(self, target, args, kwargs):
        if target in (operator.add, operator.iadd):
            pair = torch.stack([args[0], args[1]])
            return Share.apply(lambda pair: pair.sum(0), [(lambda pair: pair, lambda pair: pair.sum(0), 0)], pair)
        if target is F.relu:
            return args[0] + (F.relu(args[0]) - args[0]).detach()
        if target is F.adaptive_avg_pool2d:
            pool = lambda a: F.adaptive_avg_pool2d(a, args[1])
            return Share.apply(pool, [(lambda a: a, pool, 0)], args[0])
        assert target in (torch.flatten, torch.cat), target
        return target(*args, **kwargs)

    @staticmethod
    def z_plus(layer, a):
        product = lambda w: lambda a: layer._conv_forward(a, w, None)
        bias = 0 if layer.bias is None else layer.bias.clamp(min=0)[:, None, None]
        return Share.apply(layer, [
            (lambda a: a.clamp(min=0), product(layer.weight.clamp(min=0)), bias),
            (lambda a: a.clamp(max=0), product(layer.weight.clamp(max=0)), 0)], a)

    @staticmethod
    def flat(layer, a):
        ones = lambda a: layer._conv_forward(a, torch.ones_like(layer.weight), None)
        return Share.apply(layer, [(torch.ones_like, ones, 0)], a)


def explain(network, sample):
    """Relevance of the likeliest class, summed over colours and over squares of pixels."""
    sample = sample[None].requires_grad_()
    logits = Relevance(fuse(network)).run(sample)
    target = logits.argmax()
    (relevance,) = torch.autograd.grad(logits[0, target], sample, logits[0, target].detach())
    squares = relevance[0].sum(0).reshape(SIDE // SQUARE, SQUARE, SIDE // SQUARE, SQUARE).sum((1, 3))
    return logits[0].detach().numpy(), squares.numpy()


def norm(layer, a):
    """A layer norm whose deviation is a constant."""
    centred = a - a.mean(-1, keepdim=True)
    return centred / (centred.square().mean(-1, keepdim=True) + layer.eps).sqrt().detach() * layer.weight + layer.bias


def convnext(network, sample):
    """Logits of a ConvNeXt, and relevance as the input times the gradient of a graph with constants, as ε goes to 0."""
    for module in network.modules():
        if isinstance(module, torchvision.models.convnext.LayerNorm2d):
            module.forward = lambda a, layer=module: norm(layer, a.permute(0, 2, 3, 1)).permute(0, 3, 1, 2)
        elif isinstance(module, nn.LayerNorm):
            module.forward = lambda a, layer=module: norm(layer, a)
        elif isinstance(module, nn.GELU):
            module.forward = lambda a: a * (F.gelu(a) / a).detach()
    sample = sample[None].requires_grad_()
    return input_times_gradient(network(sample), sample)


def input_times_gradient(logits, sample):
    """The logits, and for the likeliest class input times gradient, summed over colours and over squares of pixels."""
    (gradient,) = torch.autograd.grad(logits[0, logits.argmax()], sample)
    squares = (sample * gradient)[0].sum(0).reshape(SIDE // SQUARE, SQUARE, SIDE // SQUARE, SQUARE).sum((1, 3))
    return logits[0].detach().numpy(), squares.detach().numpy()


def transformer(network, sample, attention):
    """Logits of a vision transformer, and relevance as the input times the gradient of a graph with constants, as ε goes to 0."""
    sample = sample[None].requires_grad_()
    half = lambda z: (z + z.detach()) / 2 if attention == "AttnLRP" else z

    def attend(layer, a):
        q, k, v = (part.unflatten(-1, (layer.num_heads, -1)).transpose(1, 2) for part in F.linear(a, layer.in_proj_weight, layer.in_proj_bias).chunk(3, -1))
        weights = half(q @ k.transpose(-2, -1) / math.sqrt(q.shape[-1])).softmax(-1)
        weights = weights if attention == "AttnLRP" else weights.detach()
        return layer.out_proj(half(weights @ v).transpose(1, 2).flatten(-2))

    x = network.conv_proj(sample).flatten(2).transpose(1, 2)
    x = torch.cat([network.class_token, x], 1) + network.encoder.pos_embedding
    for layer in network.encoder.layers:
        x = x + attend(layer.self_attention, norm(layer.ln_1, x))
        hidden = layer.mlp[0](norm(layer.ln_2, x))
        x = x + layer.mlp[3](hidden * (F.gelu(hidden) / hidden).detach())
    logits = network.heads(norm(network.encoder.ln, x)[:, 0])
    return input_times_gradient(logits, sample)


def main():
    images = torch.stack([image(number) for number in range(IMAGES)])
    for name, arguments in NETWORKS.items() if len(sys.argv) == 1 else [(name, NETWORKS[name]) for name in sys.argv[1:]]:
        network = getattr(torchvision.models, name)(**arguments).eval()
        shapes = {key: tuple(tensor.shape) for key, tensor in network.state_dict().items()}
        parameters = sum(parameter.numel() for parameter in network.parameters())
        lines = [f"parameters {parameters}", *(" ".join([key, *map(str, shape)]) for key, shape in shapes.items())]
        (FOLDER / f"{name}.txt").write_text("\n".join(lines) + "\n")

        network.load_state_dict({key: weight(key, shape) for key, shape in shapes.items() if "running" not in key and "num_batches" not in key}, strict=False)
        network.double().requires_grad_(False)
        if name in ("vit_b_16", "convnext_tiny"):
            with torch.no_grad():
                logits = network(images[:1])[0].numpy()
            if name == "vit_b_16":
                explained = {attention: transformer(network, images[0].clone(), attention) for attention in ("AttnLRP", "CPLRP")}
            else:
                explained = {"CPLRP": convnext(network, images[0].clone())}
            assert all(np.abs(again - logits).max() < 1e-9 * np.abs(logits).max() for again, _ in explained.values())
            np.savez_compressed(FOLDER / f"{name}.npz", logits=logits, **{key: squares for key, (_, squares) in explained.items()})
            continue

        stored = statistics(network, images)
        with torch.no_grad():
            logits = network(images[:1])[0].numpy()
        again, relevance = explain(network, images[0].clone())
        assert np.abs(again - logits).max() < 1e-9 * np.abs(logits).max()
        np.savez_compressed(FOLDER / f"{name}.npz", logits=logits, relevance=relevance, **stored)
        print(f"{name}: {len(shapes)} tensors, {parameters} parameters, logits {logits.min():.3f} to {logits.max():.3f}, "
              f"standard deviation {logits.std():.3f}, relevance {relevance.sum():.6f} of {logits.max():.6f}, {relevance.min():.4f} to {relevance.max():.4f}")


main()
