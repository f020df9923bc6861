"""The line reader: convolutions, two bidirectional LSTM layers, CTC; a second CTC on the convolutions
makes it learn sooner. About one million weights: made for one CPU core."""
import torch
from torch import nn


class Reader(nn.Module):
    def __init__(self, characters, hidden=128):
        super().__init__()

        def block(inputs, outputs, kernel, stride):
            return nn.Sequential(nn.Conv2d(inputs, outputs, kernel, stride, kernel // 2, bias=False),
                                 nn.BatchNorm2d(outputs), nn.ReLU(inplace=True))

        self.columns = nn.Sequential(          # height: 40
            block(1, 16, 5, 2),                # 20
            block(16, 32, 3, 1), nn.MaxPool2d(2),   # 10
            block(32, 64, 3, 1),
            block(64, 128, 3, (2, 1)),         # 5
            nn.Conv2d(128, 192, (5, 3), 1, (0, 1), bias=False), nn.BatchNorm2d(192), nn.ReLU(inplace=True))  # 1
        self.drop = nn.Dropout(0.2)
        self.memory = nn.LSTM(192, hidden, 2, bidirectional=True, dropout=0.2)
        self.letters = nn.Linear(2 * hidden, characters + 1)     # 0 = CTC blank
        self.shortcut = nn.Linear(192, characters + 1)

    def forward(self, pictures):
        """[batch, 1, 40, width] in 0..1 -> (scores, shortcut scores), each [width / 4, batch, characters + 1]"""
        seen = self.columns(pictures)
        steps = self.drop(seen.permute(3, 0, 2, 1).reshape(seen.shape[3], seen.shape[0], 192))
        return self.letters(self.memory(steps)[0]), self.shortcut(steps)
