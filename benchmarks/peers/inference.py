"""ONNX Runtime from Python, and TenSEAL: one row a request, one thread."""

import os

os.environ["OMP_NUM_THREADS"] = "1"
os.environ["TENSEAL_THREADS"] = "1"

import numpy as np

from common import left_out, report, task, timed


def rows_of(network):
    rows = np.load(network["rows"]).astype(np.float32) / np.float32(network["divisor"])
    return rows.reshape(len(rows), -1)


def onnx_runtime(network, seconds):
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    session = onnxruntime.InferenceSession(
        network["model"], options, providers=["CPUExecutionProvider"]
    )
    entry = session.get_inputs()[0]
    shape = [1] + [int(size) for size in entry.shape[1:]]
    row = rows_of(network)[:1].reshape(shape)
    samples = timed(lambda: session.run(None, {entry.name: row}), seconds, 200)
    report("ONNX Runtime (Python)", "onnxruntime", "plain request", network["name"], samples)


def layers(network):
    """The network as dense layers and squares; a ValueError says what else is in it."""
    import onnx
    from onnx import numpy_helper

    graph = onnx.load(network["model"]).graph
    constants = {each.name: numpy_helper.to_array(each) for each in graph.initializer}
    found = []
    nodes = list(graph.node)
    for node in nodes:
        if node.op_type == "Constant":
            constants[node.output[0]] = numpy_helper.to_array(node.attribute[0].t)
        elif node.op_type in ("Flatten", "Reshape", "Identity"):
            continue
        elif node.op_type == "Gemm":
            attributes = {each.name: onnx.helper.get_attribute_value(each) for each in node.attribute}
            weights = constants[node.input[1]]
            weights = weights.T if attributes.get("transB") else weights
            bias = constants[node.input[2]] if len(node.input) > 2 else np.zeros(weights.shape[1])
            found.append(("dense", weights.astype(float), bias.astype(float).reshape(-1)))
        elif node.op_type == "Pow" and float(constants[node.input[1]].reshape(-1)[0]) == 2:
            found.append(("square",))
        elif node.op_type == "Mul" and node.input[0] == node.input[1]:
            found.append(("square",))
        elif node.op_type == "Sigmoid" and node is nodes[-1]:
            continue
        else:
            raise ValueError("no dense chain: it has a " + node.op_type)
    return found


def tenseal_dense(network, seconds, most):
    """As TenSEAL's tutorials do it: one vector of one row, matrices in the clear."""
    import tenseal

    chain = layers(network)
    depth = len(chain)
    bits = [40] + [26] * depth + [40]
    # The standard's bounds at 128 bits.
    degree = next(n for n, most in ((4096, 109), (8192, 218), (16384, 438)) if sum(bits) <= most)
    context = tenseal.context(
        tenseal.SCHEME_TYPE.CKKS,
        poly_modulus_degree=degree,
        coeff_mod_bit_sizes=bits,
        n_threads=1,
    )
    context.global_scale = 2**26
    context.generate_galois_keys()
    context.generate_relin_keys()
    row = rows_of(network)[0].tolist()
    answer = []

    def request():
        vector = tenseal.ckks_vector(context, row)
        for layer in chain:
            if layer[0] == "square":
                vector.square_()
            elif layer[1].shape[1] == 1:
                vector = vector.dot(layer[1][:, 0].tolist()) + layer[2].tolist()
            else:
                vector = vector.mm(layer[1].tolist()) + layer[2].tolist()
        answer[:] = vector.decrypt()

    samples = timed(request, seconds, most)
    expected = clear(chain, np.array(row))
    error = float(np.abs(np.array(answer[: len(expected)]) - expected).max())
    report(
        "TenSEAL",
        "tenseal",
        "encrypted request",
        network["name"],
        samples,
        "N %d, largest error %.2g" % (degree, error),
    )


def clear(chain, values):
    for layer in chain:
        values = values**2 if layer[0] == "square" else values @ layer[1] + layer[2]
    return values


def main():
    asked = task()
    for network in asked["networks"]:
        try:
            onnx_runtime(network, 1.0)
        except Exception as e:
            left_out("ONNX Runtime (Python) on " + network["name"], e)
        try:
            dense = layers(network)
            slow = len(dense) > 1
            if slow and asked["quick"]:
                left_out("TenSEAL on " + network["name"], "too slow for a quick run")
            else:
                tenseal_dense(network, 2.0, 3 if slow else 50)
        except Exception as e:
            left_out("TenSEAL on " + network["name"], e)


main()
