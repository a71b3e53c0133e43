"""Trains the zoo and writes it with its test rows.

Needs PyTorch, scikit-learn and skl2onnx, and Debian's package dataset-fashion-mnist.
Usage: python3 train.py FOLDER [NAME...]
"""

import json
import pathlib
import sys
import time

import numpy as np
import torch
from torch import nn

import classical
import data
import networks

SEED = 20241121
TRAIN_ROWS = 12000
TEST_ROWS = 200
CALIBRATION_ROWS = 120


def fashion_sets():
    train, test = data.fashion("train"), data.fashion("t10k")
    return {"fashion": (train, test),
            "coloured": (data.coloured(*train, 1), data.coloured(*test, 2)),
            "last": tuple((np.moveaxis(x, 1, 3).copy(), y) for x, y in
                          (data.coloured(*train, 1), data.coloured(*test, 2))),
            "wide": (data.wide(*train), data.wide(*test)),
            "signals": (data.signals(TRAIN_ROWS, 3), data.signals(2000, 4))}


ZOO = {
    "fashion_cnn": (networks.fashion_cnn, "fashion", 4),
    "residual_cubic": (networks.residual_cubic, "fashion", 5),
    "mlp_sigmoid": (lambda: networks.mlp(nn.Sigmoid, 784, 48, 32, 10), "fashion", 6),
    "mlp_tanh": (lambda: networks.mlp(nn.Tanh, 784, 48, 32, 10), "fashion", 6),
    "mlp_gelu": (lambda: networks.mlp(networks.ErfGelu, 784, 48, 32, 10), "fashion", 6),
    "mlp_gelu_far": (lambda: networks.mlp(lambda: networks.ErfGelu(20.0), 784, 48, 10),
                     "fashion", 6),
    "grouped_dilated": (networks.grouped_dilated, "wide", 5),
    "signal_conv1d": (networks.signal_conv1d, "signals", 6),
    "dense_in_a_row": (networks.dense_in_a_row, "fashion", 5),
    "lenet5": (networks.lenet5, "fashion", 3),
    "lenet5_small": (networks.lenet5_small, "fashion", 4),
    "cifar_shape": (networks.cifar_shape, "coloured", 4),
    "channels_last": (networks.channels_last, "last", 3),
}


def fit(model, rows, labels, epochs):
    batch = 64
    steps = epochs * (len(rows) // batch)
    optimizer = torch.optim.AdamW(model.parameters(), weight_decay=1e-3)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, 4e-3, total_steps=steps)
    for _ in range(epochs):
        order = torch.randperm(len(rows))
        for i in range(len(rows) // batch):
            chosen = order[i * batch:(i + 1) * batch]
            logits = model(rows[chosen].float())
            # The last term keeps answers small, which encrypted arithmetic likes.
            loss = nn.functional.cross_entropy(logits, labels[chosen], label_smoothing=0.05)
            loss = loss + 1e-3 * logits.square().mean()
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            schedule.step()


def accuracy(model, rows, labels):
    with torch.no_grad():
        return (model(rows.float()).argmax(1) == labels).float().mean().item()


def export(model, example, path):
    torch.onnx.export(model, example.float(), str(path), opset_version=13, input_names=["x"],
                      output_names=["logits"], dynamic_axes={"x": {0: "n"}, "logits": {0: "n"}})


def main():
    folder = pathlib.Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    names = sys.argv[2:] or list(ZOO) + ["classical"]
    torch.set_num_threads(1)
    sets = fashion_sets()
    meta_file = folder / "zoo.json"
    meta = json.loads(meta_file.read_text()) if meta_file.exists() else {}
    for name in names:
        if name == "classical":
            meta.update(classical.write(folder))
            continue
        torch.manual_seed(SEED)
        build, source, epochs = ZOO[name]
        (x, y), (tx, ty) = sets[source]
        rows, labels = torch.tensor(x[:TRAIN_ROWS]), torch.tensor(y[:TRAIN_ROWS])
        start = time.time()
        model = build()
        fit(model, rows, labels, epochs)
        model.eval()
        meta[name] = {"rows": source,
                      "accuracy": round(accuracy(model, torch.tensor(tx[:2000]),
                                                 torch.tensor(ty[:2000])), 4)}
        export(model, rows[:1], folder / f"{name}.onnx")
        count = 100 if source in ("coloured", "last") else TEST_ROWS
        np.save(folder / f"{source}_test.npy", tx[-count:])
        np.save(folder / f"{source}_calibration.npy", x[-CALIBRATION_ROWS:])
        print(name, meta[name], f"{time.time() - start:.0f} s", flush=True)
        meta_file.write_text(json.dumps(meta, indent=1, sort_keys=True) + "\n")
    meta_file.write_text(json.dumps(meta, indent=1, sort_keys=True) + "\n")


if __name__ == "__main__":
    main()
