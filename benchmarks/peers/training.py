"""Opacus and plain PyTorch: steps of 256 rows of MNIST's shape, one thread, by gradient mode."""

import os

os.environ["OMP_NUM_THREADS"] = "1"

import warnings

from common import example_network, left_out, report, task, timed

BATCH = 256


def networks():
    from torch import nn

    def dense():
        return nn.Sequential(
            nn.Flatten(), nn.Linear(784, 256), nn.ReLU(), nn.Linear(256, 10)
        )

    def logistic():
        return nn.Sequential(nn.Flatten(), nn.Linear(784, 10))

    return {"mlp": dense, "cnn": example_network, "logistic": logistic}


def step_of(model, optimizer, criterion, rows, labels):
    def step():
        optimizer.zero_grad()
        criterion(model(rows), labels).backward()
        optimizer.step()

    return step


def private_step(make, mode, rows, labels):
    import torch
    from opacus import PrivacyEngine

    model = make()
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    criterion = torch.nn.CrossEntropyLoss()
    data = torch.utils.data.TensorDataset(rows, labels)
    settings = {
        "module": model,
        "optimizer": optimizer,
        "data_loader": torch.utils.data.DataLoader(data, batch_size=BATCH),
        "noise_multiplier": 1.0,
        "max_grad_norm": 1.0,
        "poisson_sampling": False,
        "grad_sample_mode": mode,
    }
    if mode == "ghost":
        model, optimizer, criterion, _ = PrivacyEngine().make_private(
            criterion=criterion, **settings
        )
    else:
        model, optimizer, _ = PrivacyEngine().make_private(**settings)
    return step_of(model, optimizer, criterion, rows, labels)


def main():
    asked = task()
    seconds = 1.0 if asked["quick"] else 5.0
    warnings.filterwarnings("ignore")
    try:
        import opacus  # noqa: F401
        import torch
    except ImportError as e:
        left_out("Opacus", e)
        return
    torch.set_num_threads(1)
    torch.manual_seed(1)
    rows = torch.rand(BATCH, 1, 28, 28)
    labels = torch.randint(0, 10, (BATCH,))
    for name, make in networks().items():
        model = make()
        optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
        plain = step_of(model, optimizer, torch.nn.CrossEntropyLoss(), rows, labels)
        report("PyTorch", "torch", "step of 256 rows", name, timed(plain, seconds, 200))
        for mode in ("hooks", "functorch", "ew", "ghost"):
            try:
                samples = timed(private_step(make, mode, rows, labels), seconds, 200)
                report("Opacus", "opacus", "private step of 256 rows", name, samples, mode)
            except Exception as e:
                left_out("Opacus on " + name + ", " + mode, e)


main()
