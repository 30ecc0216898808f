"""Writes the recurrent classifiers of this folder as torch.onnx.export does. usage: make_models.py, in this folder; made with torch 1.13.

They have random weights, few features, and the ways in which a classifier reads the states.
"""

import torch
from torch import nn

TOKENS, FEATURES, HIDDEN, LENGTH = 20, 6, 5, 8


class Recurrent(nn.Module):
    """The outputs of the last row; of token ids, or of numbers."""

    def __init__(self, kind, tokens=True, bidirectional=False, **arguments):
        super().__init__()
        self.emb = nn.Embedding(TOKENS, FEATURES) if tokens else nn.Identity()
        self.rnn = kind(FEATURES, HIDDEN, num_layers=2, batch_first=True, bidirectional=bidirectional, **arguments)
        self.fc = nn.Linear(2 * HIDDEN if bidirectional else HIDDEN, 3)

    def forward(self, input):
        return self.fc(self.rnn(self.emb(input))[0][:, -1])


class OfStates(Recurrent):
    """The states at the end of the upper layer's directions, as the module gives them."""

    def forward(self, input):
        states = self.rnn(self.emb(input))[1]
        states = states[0] if isinstance(states, tuple) else states
        return self.fc(torch.cat([states[-2], states[-1]], 1) if self.rnn.bidirectional else states[-1])


class Modules(nn.Module):
    """Two modules, which stay two layers."""

    def __init__(self):
        super().__init__()
        self.first, self.second = nn.LSTM(FEATURES, HIDDEN, batch_first=True), nn.RNN(HIDDEN, 4, batch_first=True, bias=False)
        self.fc = nn.Linear(4, 2)

    def forward(self, input):
        return self.fc(self.second(self.first(input)[0])[0].mean(1))


def export(name, network, dynamic):
    torch.manual_seed(0)
    for parameter in network.parameters():
        nn.init.uniform_(parameter, -0.8, 0.8)
    data = torch.full((1, LENGTH), 3) if dynamic else torch.zeros(1, LENGTH, FEATURES)
    torch.onnx.export(
        network.eval(), (data,), f"{name}.onnx", opset_version=13, input_names=["input"], output_names=["output"],
        dynamic_axes={"input": {0: "N", 1: "T"}} if dynamic else None)


def main():
    export("lstm", Recurrent(nn.LSTM), dynamic=True)
    export("gru_bidirectional", Recurrent(nn.GRU, bidirectional=True), dynamic=True)
    export("states_bidirectional", OfStates(nn.LSTM, bidirectional=True), dynamic=True)
    export("lstm_series", Recurrent(nn.LSTM, tokens=False), dynamic=False)
    export("states", OfStates(nn.GRU, tokens=False), dynamic=False)
    export("modules", Modules(), dynamic=False)


main()
