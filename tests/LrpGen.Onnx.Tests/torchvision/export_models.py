"""Writes torchvision's classifiers as ONNX models: random weights, and batch-norm statistics of random images.

usage: export_models.py FOLDER [NAME ...]

For every network NAME.onnx, as torch.onnx.export writes it (batch norm folded into convolutions), and, where it has batch norm,
NAME_bn.onnx with the batch norms as they are. Made with torch 1.13 and torchvision 0.14.
"""

import sys
from pathlib import Path

import torch
import torchvision
from torch.onnx import TrainingMode

NAMES = ["vgg11", "vgg16_bn", "resnet18", "resnet50", "squeezenet1_1", "mobilenet_v2", "densenet121", "googlenet"]
SHAPE = (1, 3, 224, 224)


def build(name):
    torch.manual_seed(0)
    options = {"aux_logits": False} if name == "googlenet" else {}
    network = getattr(torchvision.models, name)(init_weights=True, **options) if name == "googlenet" else getattr(torchvision.models, name)()
    norms = [module for module in network.modules() if isinstance(module, torch.nn.BatchNorm2d)]
    if norms:
        for norm in norms:
            torch.nn.init.uniform_(norm.weight, 0.5, 1.5)
            torch.nn.init.normal_(norm.bias, std=0.1)
        network.train()
        with torch.no_grad():
            for _ in range(4):
                network(torch.randn(4, *SHAPE[1:]))
    return network.eval(), bool(norms)


def export(network, path, **options):
    axes = {"input": {0: "N"}, "output": {0: "N"}}
    torch.onnx.export(
        network, torch.zeros(SHAPE), path, opset_version=13, input_names=["input"], output_names=["output"], dynamic_axes=axes, **options)


def main(folder, *names):
    Path(folder).mkdir(parents=True, exist_ok=True)
    for name in names or NAMES:
        network, has_norms = build(name)
        export(network, f"{folder}/{name}.onnx")
        if has_norms:
            export(network, f"{folder}/{name}_bn.onnx", training=TrainingMode.PRESERVE, do_constant_folding=False)


main(*sys.argv[1:])
