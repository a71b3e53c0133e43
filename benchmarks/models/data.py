"""Rows for the zoo: Fashion-MNIST, and images, signals and tables that are made from a seed."""

import gzip
import pathlib

import numpy as np

FASHION = pathlib.Path("/usr/share/datasets/fashion-mnist")


def _fashion_file(name, header):
    with gzip.open(FASHION / name) as file:
        return np.frombuffer(file.read(), np.uint8, offset=header)


def fashion(split):
    """uint8 [n, 1, 28, 28] and labels; split is train or t10k."""
    images = _fashion_file(f"{split}-images-idx3-ubyte.gz", 16).reshape(-1, 1, 28, 28)
    return images, _fashion_file(f"{split}-labels-idx1-ubyte.gz", 8).astype(np.int64)


def coloured(images, labels, seed):
    """Fashion-MNIST padded to 32x32 and tinted at random: uint8 [n, 3, 32, 32]."""
    rng = np.random.default_rng(seed)
    tints = rng.uniform(0.4, 1, (len(images), 3, 1, 1))
    padded = np.pad(images, ((0, 0), (0, 0), (2, 2), (2, 2)))
    return (padded * tints).astype(np.uint8), labels


def wide(images, labels):
    """Rows 4..24 of Fashion-MNIST at half width, four channels: the image and three edge maps."""
    x = images[:, 0, 4:24].astype(np.int64)
    half = (x[:, :, 2:26:2] + x[:, :, 3:27:2]) // 2
    right = np.abs(half - np.roll(half, 1, 2))
    down = np.abs(half - np.roll(half, 1, 1))
    stacked = np.stack([half, right, down, 255 - half], 1)
    return stacked.astype(np.uint8), labels


def signals(count, seed):
    """Two noisy channels of 64 samples of a sine, square or saw wave: float32 [n, 2, 64]."""
    rng = np.random.default_rng(seed)
    labels = rng.integers(0, 3, count)
    phase = rng.uniform(0, 1, (count, 1))
    cycles = rng.uniform(2, 5, (count, 1))
    turns = (np.arange(64) / 64 * cycles + phase) % 1
    waves = np.stack([np.sin(2 * np.pi * turns), np.sign(turns - 0.5), 2 * turns - 1], 1)
    chosen = waves[np.arange(count), labels]
    shifted = np.roll(chosen, 9, 1)
    both = np.stack([chosen, shifted], 1) + rng.normal(0, 0.25, (count, 2, 64))
    return both.astype(np.float32), labels
