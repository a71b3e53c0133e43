package io.silenda.dp.engine;

import io.silenda.dp.blas.Blas;
import io.silenda.dp.blas.RowKernel;
import io.silenda.dp.network.LayerSpec.Embedding;
import io.silenda.dp.network.NetworkSpec;
import io.silenda.dp.network.TensorShape;
import java.util.List;
import java.util.Optional;

/**
 * A network at work: outputs, and clipped sums of gradients of single records. Memory is allocated
 * once, for a virtual batch. Not thread-safe; its owner closes it.
 */
public final class NetworkEngine implements AutoCloseable {
  private final NetworkSpec network;
  private final Optional<RowKernel> kernel;
  private final Batch batch;
  private final Tensor input;
  private final List<Node> nodes;
  private final List<Node> all;
  private final List<Trained> trained;
  private final float[] row;
  private final float[] target;
  private final GradientNorms[] norms;
  private final float[][] factors;

  private NetworkEngine(
      NetworkSpec network,
      Blas blas,
      Optional<RowKernel> kernel,
      int capacity,
      int views,
      boolean perExample) {
    this.network = network;
    this.kernel = kernel;
    batch = new Batch(capacity, views);
    input = new Tensor(batch.mostRows(), network.input().elements());
    NodeFactory factory = new NodeFactory(blas, kernel, batch, perExample);
    try {
      nodes = factory.chain(network.layers(), network.input(), input);
    } catch (RuntimeException e) {
      close(factory.all(), kernel);
      throw e;
    }
    all = factory.all();
    trained = all.stream().filter(Trained.class::isInstance).map(Trained.class::cast).toList();
    row = new float[input.size];
    target = new float[network.output().elements()];
    norms = new GradientNorms[trained.size()];
    factors = new float[trained.size()][capacity];
  }

  /**
   * An engine on the chosen library, or on plain Java where that library does not keep records
   * apart.
   *
   * @param capacity most records of a virtual batch
   * @param views rows of each record
   * @param perExample whether norms of single gradients will be asked for
   */
  public static NetworkEngine of(NetworkSpec network, int capacity, int views, boolean perExample) {
    try {
      return new NetworkEngine(network, Blas.chosen(), kernel(), capacity, views, perExample);
    } catch (RowDependenceException e) {
      return new NetworkEngine(network, Blas.java(), kernel(), capacity, views, perExample);
    }
  }

  private static Optional<RowKernel> kernel() {
    return RowKernel.inUse() ? RowKernel.open() : Optional.empty();
  }

  /** The same on a given library; the engine closes the kernel. */
  static NetworkEngine on(
      Blas blas, Optional<RowKernel> kernel, NetworkSpec network, int capacity, int views) {
    return new NetworkEngine(network, blas, kernel, capacity, views, true);
  }

  /** Number of parameters. */
  public int parameterCount() {
    return network.parameterCount();
  }

  /** Number of layers with parameters. */
  public int trainedLayers() {
    return trained.size();
  }

  /** Takes new parameters, in the order of the network's. */
  public void load(float[] parameters) {
    trained.forEach(layer -> layer.load(parameters));
  }

  /**
   * Bound on how far a record's contribution to the sums can be beyond clipping, by rounding: on
   * the 2-norm, for norms of the rule (docs/dp-numerics.md).
   */
  public double roundingSensitivity(ClipRule rule) {
    double joint = 0;
    double own = 0;
    double largest = 0;
    for (int l = 0; l < trained.size(); l++) {
      SumError error = trained.get(l).error();
      double norm = rule.norm(l);
      joint = Math.max(joint, error.joint());
      own += error.own() * error.own() * norm * norm;
      largest += norm * norm;
    }
    double whole = rule.layers() < 0 ? rule.norm(0) : Math.sqrt(largest);
    // Twice: once without the record and once with it.
    return 2 * (joint * whole + Math.sqrt(own)) + 1e-5 * whole;
  }

  /**
   * Adds the clipped gradients of some records.
   *
   * @param records indices, ascending, at most the capacity
   * @param counts is added to
   */
  public void addClipped(
      int[] records,
      RowSource source,
      LossFunction loss,
      ClipRule rule,
      GradientSum sum,
      ClipCounts counts) {
    if (rule.layers() >= 0 && rule.layers() != trained.size()) {
      throw new IllegalArgumentException(
          "norms has "
              + rule.layers()
              + " bounds, not one for each of "
              + trained.size()
              + " layers with parameters");
    }
    gradients(records, source, loss, counts);
    for (int l = 0; l < norms.length; l++) {
      norms[l] = new GradientNorms(records.length);
      trained.get(l).norms(norms[l]);
    }
    rule.factors(norms, records.length, factors, counts);
    for (int l = 0; l < norms.length; l++) {
      trained.get(l).sum(factors[l], sum);
    }
  }

  /** Adds the gradients of some records as they are. */
  public void addUnclipped(
      int[] records, RowSource source, LossFunction loss, GradientSum sum, ClipCounts counts) {
    gradients(records, source, loss, counts);
    trained.forEach(layer -> layer.sumUnclipped(sum));
  }

  private void gradients(int[] records, RowSource source, LossFunction loss, ClipCounts counts) {
    outputs(records, source);
    counts.examples += records.length;
    counts.loss += losses(source, loss);
    for (int i = nodes.size() - 1; i >= 0; i--) {
      nodes.get(i).backward(batch.rows(), i > 0);
    }
  }

  /** Runs the network on some records; the array is the engine's own and valid until the next. */
  public float[] outputs(int[] records, RowSource source) {
    if (records.length == 0 || records.length > batch.capacity) {
      throw new IllegalArgumentException(
          "records has " + records.length + " indices, not 1 to " + batch.capacity);
    }
    batch.set(records);
    for (int i = 0; i < batch.rows(); i++) {
      putRow(source, records[i / batch.views], i % batch.views, i * input.size);
    }
    nodes.forEach(node -> node.forward(batch.rows()));
    return output().values;
  }

  private void putRow(RowSource source, int record, int view, int at) {
    TensorShape shape = network.input();
    if (!shape.isImage() || shape.channels() == 1) {
      source.copyRow(record, view, input.values, at);
      return;
    }
    source.copyRow(record, view, row, 0);
    int positions = shape.positions();
    Transposition.restore(row, 0, positions, input.values, at, positions, shape.channels());
  }

  private double losses(RowSource source, LossFunction loss) {
    Tensor output = output();
    double sum = 0;
    float scale = 1f / batch.views;
    int[] records = batch.records();
    for (int i = 0; i < batch.rows(); i++) {
      source.copyTarget(records[i / batch.views], target, 0);
      sum +=
          loss.apply(
              output.values, i * output.size, output.size, target, 0, output.gradients, scale);
      for (Node node : all) {
        sum += node instanceof Penalty penalty ? penalty.penalty(i) : 0;
      }
    }
    return sum / batch.views;
  }

  private Tensor output() {
    return nodes.get(nodes.size() - 1).out;
  }

  /**
   * Most records of a virtual batch, so that rounding of its sums costs little noise: more where
   * sums are made of short ones (docs/dp-numerics.md, sums).
   */
  public static int mostRecords(NetworkSpec network, int views) {
    boolean shortSums =
        RowKernel.inUse()
            && views == 1
            && network.input().rank() == 1
            && network.layers().stream().noneMatch(Embedding.class::isInstance);
    return shortSums ? 384 : views == 1 ? 160 : 80;
  }

  /** Float numbers that a record's row takes in all tensors, for the choice of a capacity. */
  public static long numbersPerRow(NetworkSpec network) {
    long sum = network.input().elements();
    TensorShape shape = network.input();
    for (var layer : network.layers()) {
      shape = layer.outputShape(shape);
      sum += 2L * shape.elements();
    }
    return sum;
  }

  @Override
  public void close() {
    close(all, kernel);
  }

  private static void close(List<Node> nodes, Optional<RowKernel> kernel) {
    nodes.forEach(Node::close);
    kernel.ifPresent(RowKernel::close);
  }
}
