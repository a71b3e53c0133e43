package io.silenda.dp.engine;

import java.util.List;

/** x + body(x). */
final class ResidualNode extends Node {
  private final List<Node> body;
  private final Tensor bodyIn;
  private final Tensor bodyOut;

  ResidualNode(Tensor in, Tensor out, Tensor bodyIn, Tensor bodyOut, List<Node> body) {
    super(in, out);
    this.body = body;
    this.bodyIn = bodyIn;
    this.bodyOut = bodyOut;
  }

  @Override
  void forward(int rows) {
    int count = rows * in.size;
    System.arraycopy(in.values, 0, bodyIn.values, 0, count);
    body.forEach(node -> node.forward(rows));
    for (int i = 0; i < count; i++) {
      out.values[i] = in.values[i] + bodyOut.values[i];
    }
  }

  @Override
  void backward(int rows, boolean wanted) {
    int count = rows * in.size;
    System.arraycopy(out.gradients, 0, bodyOut.gradients, 0, count);
    for (int i = body.size() - 1; i >= 0; i--) {
      body.get(i).backward(rows, wanted || i > 0);
    }
    for (int i = 0; wanted && i < count; i++) {
      in.gradients[i] = out.gradients[i] + bodyIn.gradients[i];
    }
  }
}
