"""The networks of the zoo, small enough to run on encrypted rows in seconds."""

import torch
from torch import nn


class Scaled(nn.Module):
    """Pixels 0..255 to 0..1, inside the model."""

    def forward(self, x):
        return x / 255.0


class Square(nn.Module):
    def forward(self, x):
        return x * x


class Cubic(nn.Module):
    """A polynomial of degree 3 with learned coefficients."""

    def __init__(self):
        super().__init__()
        self.a = nn.Parameter(torch.tensor(0.02))
        self.b = nn.Parameter(torch.tensor(0.2))
        self.c = nn.Parameter(torch.tensor(0.5))

    def forward(self, x):
        return self.a * x**3 + self.b * x * x + self.c * x


class ErfGelu(nn.Module):
    """GELU as the subgraph of Erf that exporters write; a gain drives its input far out."""

    def __init__(self, gain=1.0):
        super().__init__()
        self.gain = gain

    def forward(self, x):
        x = x * self.gain
        return 0.5 * x * (1 + torch.erf(x / 2**0.5)) / self.gain


class Residual(nn.Module):
    """x + f(x), where f takes levels and x does not."""

    def __init__(self, channels):
        super().__init__()
        self.inner = nn.Sequential(
            nn.Conv2d(channels, channels, 3, padding=1, bias=False),
            nn.BatchNorm2d(channels),
            Cubic(),
            nn.Conv2d(channels, channels, 3, padding=1, bias=False),
            nn.BatchNorm2d(channels),
        )

    def forward(self, x):
        return x + self.inner(x)


class ChannelsLast(nn.Module):
    """Takes images [n, height, width, channels], as exports of Keras do."""

    def __init__(self, inner):
        super().__init__()
        self.inner = inner

    def forward(self, x):
        return self.inner(x.permute(0, 3, 1, 2))


def mlp(activation, *sizes):
    layers = [Scaled(), nn.Flatten()]
    for i in range(len(sizes) - 1):
        layers.append(nn.Linear(sizes[i], sizes[i + 1]))
        if i < len(sizes) - 2:
            layers.append(activation())
    return nn.Sequential(*layers)


def fashion_cnn():
    """Padding, squares and average pooling."""
    return nn.Sequential(
        Scaled(), nn.Conv2d(1, 8, 5, stride=2, padding=2), Square(),
        nn.AvgPool2d(3, stride=2, padding=1, count_include_pad=False),
        nn.Conv2d(8, 16, 3, padding=1), nn.BatchNorm2d(16), Square(),
        nn.AvgPool2d(2), nn.Flatten(), nn.Linear(16 * 9, 10))


def residual_cubic():
    """BatchNorm, a residual sum and polynomials of degree 3."""
    return nn.Sequential(
        Scaled(), nn.AvgPool2d(2), nn.Conv2d(1, 6, 3, stride=2, padding=1), nn.BatchNorm2d(6),
        Cubic(), Residual(6), nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(6, 10))


def grouped_dilated():
    """Four channels of 20x12 pixels; groups, a depthwise kernel and a dilation."""
    return nn.Sequential(
        Scaled(), nn.Conv2d(4, 8, 3, groups=2, padding=1), Square(),
        nn.Conv2d(8, 8, (3, 1), groups=8, dilation=(2, 1), padding=(2, 0)),
        nn.Conv2d(8, 12, 1), nn.BatchNorm2d(12), nn.AvgPool2d((4, 3)), Square(),
        nn.Flatten(), nn.Linear(12 * 20, 10))


def signal_conv1d():
    return nn.Sequential(
        nn.Conv1d(2, 8, 7, stride=2, padding=3), nn.BatchNorm1d(8), Square(),
        nn.Conv1d(8, 8, 5, padding=4, dilation=2), nn.BatchNorm1d(8), Square(),
        nn.AvgPool1d(8), nn.Flatten(), nn.Linear(32, 3))


def dense_in_a_row():
    return nn.Sequential(
        Scaled(), nn.Flatten(), nn.Linear(784, 64), nn.Linear(64, 48), Square(),
        nn.Linear(48, 32), nn.BatchNorm1d(32), nn.Linear(32, 10))


def lenet5(activation=Square):
    """LeCun's layer sizes, with polynomials and averages."""
    return nn.Sequential(
        Scaled(), nn.Conv2d(1, 6, 5, padding=2), activation(), nn.AvgPool2d(2),
        nn.Conv2d(6, 16, 5), activation(), nn.AvgPool2d(2), nn.Flatten(),
        nn.Linear(400, 120), activation(), nn.Linear(120, 84), nn.Linear(84, 10))


def lenet5_small():
    """Two convolutions and two dense layers, four squares."""
    return nn.Sequential(
        Scaled(), nn.Conv2d(1, 5, 5, stride=2, padding=2), Square(), nn.AvgPool2d(2),
        nn.Conv2d(5, 10, 3, padding=1), nn.BatchNorm2d(10), Square(), nn.Flatten(),
        nn.Linear(490, 32), Square(), nn.Linear(32, 10))


def cifar_shape():
    """Three convolutions and two dense layers on 3x32x32."""
    return nn.Sequential(
        Scaled(), nn.Conv2d(3, 16, 3, stride=2, padding=1), nn.BatchNorm2d(16), Square(),
        nn.Conv2d(16, 32, 3, stride=2, padding=1), nn.BatchNorm2d(32), Square(),
        nn.Conv2d(32, 32, 3, stride=2, padding=1), nn.BatchNorm2d(32), Square(),
        nn.Flatten(), nn.Linear(512, 64), Square(), nn.Linear(64, 10))


def channels_last():
    return ChannelsLast(nn.Sequential(
        Scaled(), nn.Conv2d(3, 8, 5, stride=2, padding=2), Square(), nn.AvgPool2d(2),
        nn.Flatten(), nn.Linear(512, 10)))
