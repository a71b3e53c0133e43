"""What the peers' scripts share: the task on standard input, measurements on standard output."""

import json
import sys
import time
from importlib.metadata import PackageNotFoundError, version


def task():
    return json.load(sys.stdin)


def report(peer, package, operation, model, nanos, detail=""):
    line = {
        "peer": peer,
        "version": installed(package),
        "operation": operation,
        "model": model,
        "nanos": nanos,
        "detail": detail,
    }
    print(json.dumps(line), flush=True)


def left_out(peer, why):
    print(json.dumps({"peer": peer, "left_out": " ".join(str(why).split())[:300]}), flush=True)


def installed(package):
    try:
        return version(package)
    except PackageNotFoundError:
        return "unknown"


def timed(action, seconds, most):
    """Durations in nanoseconds: the first call warms up, then calls until the time is spent."""
    action()
    samples = []
    end = time.perf_counter() + seconds
    while len(samples) < most and (time.perf_counter() < end or len(samples) < 3):
        start = time.perf_counter_ns()
        action()
        samples.append(time.perf_counter_ns() - start)
    return samples


def example_network():
    """The network of Opacus' MNIST example."""
    from torch import nn

    return nn.Sequential(
        nn.Conv2d(1, 16, 8, 2, padding=3),
        nn.ReLU(),
        nn.MaxPool2d(2, 1),
        nn.Conv2d(16, 32, 4, 2),
        nn.ReLU(),
        nn.MaxPool2d(2, 1),
        nn.Flatten(),
        nn.Linear(512, 32),
        nn.ReLU(),
        nn.Linear(32, 10),
    )
