"""Writes the models of this folder as torch.onnx.export does. usage: make_models.py, in this folder; made with torch 1.13.

Each shows other ways of writing layers that an import has to understand.
"""

import torch
from torch import nn
from torch.nn import functional
from torch.onnx import TrainingMode

KEEP = {"training": TrainingMode.PRESERVE, "do_constant_folding": False}


class Forward(nn.Module):
    """A module from its parts and a function of them and of the input."""

    def __init__(self, function, **parts):
        super().__init__()
        self.function = function
        for name, part in parts.items():
            setattr(self, name, part)

    def forward(self, x):
        return self.function(self, x)


def export(name, network, shape, opset=13, dynamic=True, **options):
    torch.manual_seed(0)
    for parameter in network.parameters():
        nn.init.uniform_(parameter, -0.5, 0.5)
    for norm in network.modules():
        if isinstance(norm, (nn.BatchNorm1d, nn.BatchNorm2d)):
            nn.init.uniform_(norm.weight, 0.5, 1.5)
            nn.init.uniform_(norm.running_mean, -0.5, 0.5)
            nn.init.uniform_(norm.running_var, 0.5, 1.5)
    axes = {"input": {0: "N"}} if dynamic else None
    torch.onnx.export(
        network.eval(), torch.zeros(1, *shape), f"{name}.onnx", opset_version=opset, input_names=["input"], output_names=["output"],
        dynamic_axes=axes, **options)


def bottleneck():
    """An inverted residual, as MobileNet has: depthwise, ReLU6, a sum."""
    return Forward(
        lambda m, x: m.head(m.pool((y := m.stem(x)) + m.block(y)).flatten(1)),
        stem=nn.Sequential(nn.Conv2d(3, 4, 3, stride=2, padding=1, bias=False), nn.BatchNorm2d(4), nn.ReLU6()),
        block=nn.Sequential(
            nn.Conv2d(4, 8, 1, bias=False), nn.BatchNorm2d(8, eps=1e-3), nn.ReLU6(),
            nn.Conv2d(8, 8, 3, padding=1, groups=8, bias=False), nn.BatchNorm2d(8), nn.ReLU6(),
            nn.Conv2d(8, 4, 1, bias=False), nn.BatchNorm2d(4)),
        pool=nn.AdaptiveAvgPool2d(1),
        head=nn.Linear(4, 3))


def activations():
    return nn.Sequential(
        nn.Linear(5, 6), nn.GELU(), nn.Linear(6, 6), nn.GELU(approximate="tanh"), nn.Linear(6, 6), nn.SiLU(),
        nn.Linear(6, 6), nn.Softplus(beta=2), nn.Linear(6, 6), nn.ELU(0.5), nn.Linear(6, 6), nn.LeakyReLU(0.2),
        nn.Linear(6, 6), nn.Sigmoid(), nn.Linear(6, 6), nn.Tanh(), nn.Linear(6, 6), nn.PReLU(), nn.Linear(6, 6), nn.Softplus(),
        nn.BatchNorm1d(6), nn.Dropout(), nn.Linear(6, 3))


def windows():
    """Pools whose padding or last window is special."""
    return Forward(
        lambda m, x: m.head(torch.cat([pool(m.conv(x)).flatten(1) for pool in (m.a, m.b, m.c, m.d, m.e)], 1)),
        conv=nn.Conv2d(2, 3, (3, 2), padding=(2, 1), dilation=(2, 1)),
        a=nn.AvgPool2d(3, 2, padding=1),
        b=nn.AvgPool2d(3, 2, padding=1, count_include_pad=False, ceil_mode=True),
        c=nn.MaxPool2d(2, ceil_mode=True),
        d=nn.AdaptiveAvgPool2d((3, 4)),
        e=nn.AvgPool2d(2, 2, ceil_mode=True),
        head=nn.Linear(204, 3))


def reshaped():
    """A vector by a computed shape, and a product with a weight of its own."""
    return Forward(
        lambda m, x: m.conv(x).relu().view(x.size(0), -1) @ m.matrix + m.vector,
        conv=nn.Conv2d(2, 3, 3), matrix=nn.Parameter(torch.zeros(48, 4)), vector=nn.Parameter(torch.zeros(4)))


def mean():
    return Forward(lambda m, x: m.fc(m.conv(x).mean([2, 3])), conv=nn.Conv2d(2, 3, 3), fc=nn.Linear(3, 4))


def channels_last():
    """What a model that was trained with its channels last looks like."""
    return Forward(
        lambda m, x: m.head(m.conv(functional.pad(x.permute(0, 3, 1, 2), (0, 1, 0, 1))).relu().permute(0, 2, 3, 1).flatten(1)),
        conv=nn.Conv2d(3, 4, 3, stride=2), head=nn.Linear(4 * 3 * 4, 5))


def signal():
    return nn.Sequential(
        nn.Conv1d(2, 4, 3, stride=2, padding=1, groups=2), nn.BatchNorm1d(4), nn.ReLU(), nn.AvgPool1d(2), nn.MaxPool1d(3, 1, padding=1),
        nn.Flatten(), nn.Linear(16, 3), nn.Softmax(1))


def mobile_v3():
    """Squeeze and excitation, and Hardswish."""
    return Forward(
        lambda m, x: m.head(functional.hardswish((y := m.conv(x)) * m.squeeze(y).sigmoid()).flatten(1)),
        conv=nn.Conv2d(2, 3, 3), squeeze=nn.Sequential(nn.AdaptiveAvgPool2d(1), nn.Conv2d(3, 3, 1)), head=nn.Linear(48, 2))


def main():
    export("bottleneck", bottleneck(), (3, 8, 8))
    export("bottleneck_with_batch_norm", bottleneck(), (3, 8, 8), **KEEP)
    export("activations", activations(), (5,))
    export("activations_opset9", activations()[3:], (6,), opset=9, dynamic=False)
    export("windows", windows(), (2, 6, 7))
    export("reshaped", reshaped(), (2, 6, 6))
    export("mean", mean(), (2, 6, 6))
    export("channels_last", channels_last(), (6, 8, 3))
    export("signal", signal(), (2, 16))
    export("mobile_v3", mobile_v3(), (2, 6, 6), opset=14)


main()
