"""Orion, whose evaluator is Lattigo: one row a request, one thread, on chains of convolutions, dense layers and squares."""

import os

os.environ["GOMAXPROCS"] = "1"
os.environ["OMP_NUM_THREADS"] = "1"

import contextlib
import json
import subprocess
import sys

import numpy as np

from common import left_out, report, task, timed

DEGREE = 8192
# What Orion's own example for MNIST takes: real slots only, so that there are as many as coefficients.
PARAMETERS = {
    "ckks_params": {
        "LogN": 13,
        "LogQ": [29, 26, 26, 26, 26, 26],
        "LogP": [29, 29],
        "LogScale": 26,
        "H": 8192,
        "RingType": "ConjugateInvariant",
    },
    "orion": {
        "margin": 2,
        "embedding_method": "hybrid",
        "backend": "lattigo",
        "fuse_modules": True,
        "debug": False,
        "io_mode": "none",
    },
}


def chain(model):
    """The network's layers as Orion's; a ValueError says what else is in it."""
    import onnx
    import orion.nn as on
    import torch
    from onnx import numpy_helper

    graph = onnx.load(model).graph
    constants = {each.name: numpy_helper.to_array(each) for each in graph.initializer}

    def filled(layer, weights, bias):
        layer.weight = torch.nn.Parameter(torch.tensor(np.array(weights, dtype=np.float32)))
        layer.bias = torch.nn.Parameter(torch.tensor(np.array(bias, dtype=np.float32).reshape(-1)))
        return layer

    def convolution(attributes, weights, bias):
        pads = attributes.get("pads", [0, 0, 0, 0])
        if len(set(pads)) > 1:
            raise ValueError("padding differs from side to side")
        layer = on.Conv2d(
            weights.shape[1] * attributes.get("group", 1),
            weights.shape[0],
            kernel_size=tuple(weights.shape[2:]),
            stride=tuple(attributes.get("strides", [1, 1])),
            padding=(pads[0], pads[0]),
            dilation=tuple(attributes.get("dilations", [1, 1])),
            groups=attributes.get("group", 1),
        )
        return filled(layer, weights, bias)

    def dense(attributes, weights, bias):
        weights = weights if attributes.get("transB") else weights.T
        return filled(on.Linear(weights.shape[1], weights.shape[0]), weights, bias)

    layers = []
    nodes = list(graph.node)
    for node in nodes:
        attributes = {each.name: onnx.helper.get_attribute_value(each) for each in node.attribute}
        if node.op_type == "Constant":
            constants[node.output[0]] = numpy_helper.to_array(node.attribute[0].t)
        elif node.op_type in ("Conv", "Gemm"):
            weights = constants[node.input[1]]
            outputs = weights.shape[0 if node.op_type == "Conv" or attributes.get("transB") else 1]
            bias = constants[node.input[2]] if len(node.input) > 2 else np.zeros(outputs)
            make = convolution if node.op_type == "Conv" else dense
            layers.append(make(attributes, weights, bias))
        elif node.op_type in ("Flatten", "Reshape"):
            layers.append(on.Flatten())
        elif node.op_type == "Pow" and float(constants[node.input[1]].reshape(-1)[0]) == 2:
            layers.append(on.Quad())
        elif node.op_type == "Mul" and node.input[0] == node.input[1]:
            layers.append(on.Quad())
        elif node.op_type == "Sigmoid" and node is nodes[-1]:
            continue
        elif node.op_type != "Identity":
            raise ValueError("no chain of convolutions, dense layers and squares: it has a " + node.op_type)
    return layers


def compiled(model, row):
    """The network, the level of its input, and what it answers in the clear."""
    import orion
    import orion.nn as on
    import torch

    class Network(on.Module):
        def __init__(self):
            super().__init__()
            self.layers = torch.nn.ModuleList(chain(model))

        def forward(self, values):
            for layer in self.layers:
                values = layer(values)
            return values

    orion.init_scheme(PARAMETERS)
    network = Network()
    network.eval()
    with torch.no_grad():
        expected = network(row)
    orion.fit(network, row)
    level = orion.compile(network)
    network.he()
    return network, level, expected.numpy().reshape(-1)


def measure(entry, seconds, most):
    import onnx
    import orion
    import torch

    dimensions = onnx.load(entry["model"]).graph.input[0].type.tensor_type.shape.dim
    shape = [1] + [each.dim_value for each in dimensions[1:]]
    rows = np.load(entry["rows"]).astype(np.float32) / np.float32(entry["divisor"])
    row = torch.tensor(rows.reshape(len(rows), -1)[:1].reshape(shape))
    with contextlib.redirect_stdout(sys.stderr):
        network, level, expected = compiled(entry["model"], row)
        encrypted = orion.encrypt(orion.encode(row, level))
        answers = []

        def evaluate():
            answers[:] = [network(encrypted)]

        def request():
            answers[:] = [network(orion.encrypt(orion.encode(row, level)))]
            answers[0].decrypt().decode()

        server = timed(evaluate, seconds, most)
        whole = timed(request, seconds, most)
        error = float(np.abs(answers[0].decrypt().decode().numpy().reshape(-1) - expected).max())
    detail = "N %d, largest error %.2g" % (DEGREE, error)
    report("Orion", "orion-fhe", "server, encrypted", entry["name"], server, detail)
    report("Orion", "orion-fhe", "encrypted request", entry["name"], whole, detail)


def in_a_process_of_its_own(entry, quick):
    """Orion's scheme is the process's, and a second one in it ends the process now and then."""
    asked = json.dumps({"quick": quick, "networks": [entry]})
    child = subprocess.run([sys.executable, __file__], input=asked, stdout=subprocess.PIPE, text=True)
    print(child.stdout, end="", flush=True)
    if child.returncode != 0:
        left_out("Orion on " + entry["name"], "its process ended with %d" % child.returncode)


def main():
    asked = task()
    if len(asked["networks"]) > 1:
        for entry in asked["networks"]:
            in_a_process_of_its_own(entry, asked["quick"])
        return
    for entry in asked["networks"]:
        try:
            measure(entry, 5.0, 3 if asked["quick"] else 10)
        except Exception as e:
            left_out("Orion on " + entry["name"], e)


main()
