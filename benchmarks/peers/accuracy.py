"""Opacus on the digits of accuracy.json: one line of JSON for each case and seed that is asked for.

accuracy.py DIGITS-FOLDER FIRST-SEED LAST-SEED. Lines go to standard output.
"""

import os

os.environ["OMP_NUM_THREADS"] = "1"

import json
import sys
import time
import warnings

import numpy as np

from common import example_network, installed


def idx(file):
    with open(file, "rb") as source:
        content = source.read()
    sizes = [int.from_bytes(content[4 + 4 * i : 8 + 4 * i], "big") for i in range(content[3])]
    return np.frombuffer(content, np.uint8, offset=4 + 4 * len(sizes)).reshape(sizes)


def train(case, delta, rows, labels, seed):
    """The trained network and its noise multiplier."""
    import torch
    from opacus import PrivacyEngine

    torch.manual_seed(seed)
    model = example_network()
    optimizer = torch.optim.SGD(
        model.parameters(), lr=case["learning_rate"], momentum=case["momentum"]
    )
    data = torch.utils.data.TensorDataset(rows, labels)
    model, optimizer, loader = PrivacyEngine(accountant="prv").make_private_with_epsilon(
        module=model,
        optimizer=optimizer,
        data_loader=torch.utils.data.DataLoader(data, batch_size=case["batch"]),
        target_epsilon=case["epsilon"],
        target_delta=delta,
        epochs=case["epochs"],
        max_grad_norm=case["clip"],
        grad_sample_mode="ew",
    )
    criterion = torch.nn.CrossEntropyLoss()
    for _ in range(case["epochs"]):
        for batch, targets in loader:
            optimizer.zero_grad()
            criterion(model(batch), targets).backward()
            optimizer.step()
    # The network itself: gradients of single rows are of no use any more.
    return model._module, optimizer.noise_multiplier


def accuracy(model, rows, labels):
    import torch

    model.eval()
    with torch.no_grad():
        return float((model(rows).argmax(1) == labels).float().mean())


def main():
    import torch

    folder, first, last = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    warnings.filterwarnings("ignore")
    torch.set_num_threads(1)
    with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "accuracy.json")) as source:
        asked = json.load(source)
    rows = torch.tensor(idx(os.path.join(folder, "digits.idx")) / np.float32(255)).unsqueeze(1)
    labels = torch.tensor(idx(os.path.join(folder, "labels.idx")).astype(np.int64))
    cut = asked["train_rows"]
    for seed in range(first, last + 1):
        for case in asked["cases"]:
            if case["network"] != "cnn":
                continue
            start = time.process_time()
            model, noise = train(case, asked["delta"], rows[:cut], labels[:cut], seed)
            line = {
                "trainer": "Opacus " + installed("opacus"),
                "network": case["network"],
                "epsilon": case["epsilon"],
                "seed": seed,
                "noise_multiplier": noise,
                "accuracy": accuracy(model, rows[cut:], labels[cut:]),
                "seconds": time.process_time() - start,
            }
            print(json.dumps(line), flush=True)


main()
