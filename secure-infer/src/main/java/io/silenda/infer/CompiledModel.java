package io.silenda.infer;

import io.silenda.he.CkksContext;
import io.silenda.he.CkksParameters;
import io.silenda.infer.bundle.Bundles;
import io.silenda.infer.graph.Graph;
import io.silenda.infer.packing.PackedLinear;
import io.silenda.infer.packing.PackedPolynomial;
import io.silenda.infer.packing.PackedStep;
import io.silenda.infer.schedule.ScheduledProgram;

/**
 * A model compiled for encrypted rows: what the client gets, what the server gets, and a report of
 * both. Immutable.
 */
public final class CompiledModel {
  private final String name;
  private final String modelDigest;
  private final Graph graph;
  private final ScheduledProgram program;
  private final CompileOptions options;

  CompiledModel(String name, Graph graph, ScheduledProgram program, CompileOptions options) {
    this.name = name;
    this.modelDigest = Bundles.modelDigest(program);
    this.graph = graph;
    this.program = program;
    this.options = options;
  }

  /** Encryption parameters. */
  public CkksParameters parameters() {
    return program.parameters();
  }

  /** Rows that one request holds. */
  public int batch() {
    return options.batch().orElse(program.program().batch());
  }

  /** Predicted largest error of an answer: four standard deviations of the noise model. */
  public double predictedMaxError() {
    return program.predictedMaxError();
  }

  /** A context of the parameters, for clients and servers of one process; the caller closes it. */
  public CkksContext newContext() {
    return CkksContext.create(program.parameters());
  }

  /** What the client needs: no weight. */
  public ClientBundle clientBundle() {
    return new ClientBundle(
        name,
        modelDigest,
        graph.modelInterface().inputShape().dimensions(),
        program.parameters(),
        program.keyPlan(),
        program.program().input(),
        program.program().output(),
        Math.min(batch(), program.program().batch()),
        program.inputLog2Scale(),
        answerLog2Scale(),
        graph.tail());
  }

  /** What the server needs: no key. */
  public ServerBundle serverBundle() {
    return new ServerBundle(program, modelDigest);
  }

  private double answerLog2Scale() {
    double scale = program.inputLog2Scale();
    for (int i = 0; i < program.program().steps().size(); i++) {
      PackedStep step = program.program().steps().get(i);
      scale = step instanceof PackedLinear ? scale + program.weightLog2Scales().get(i) : 2 * scale;
      if (program.rescales(i)) {
        scale -= program.parameters().dataPrimeBits().get(program.level(i));
      }
    }
    return scale;
  }

  /** The imported graph and the scheduled program, for people to read. */
  public String dumpIr() {
    StringBuilder text = new StringBuilder(graph.toString()).append("\n\n");
    text.append(program.parameters()).append(", batch ").append(program.program().batch());
    text.append(", predicted error ").append(String.format("%.2g", predictedMaxError()));
    for (int i = 0; i < program.program().steps().size(); i++) {
      text.append('\n').append(describe(i));
    }
    return text.toString();
  }

  private String describe(int index) {
    PackedStep step = program.program().steps().get(index);
    String levels = "level " + program.level(index) + (program.rescales(index) ? ", rescale" : "");
    if (step instanceof PackedPolynomial) {
      return "  square   " + step.name() + ": " + levels + ", 1 relinearization";
    }
    PackedLinear linear = (PackedLinear) step;
    return String.format(
        "  linear   %s: %s, weights at 2^%.1f, %d diagonals, %d rotations, %d folds",
        step.name(),
        levels,
        program.weightLog2Scales().get(index),
        linear.diagonals().size(),
        linear.rotationCount(),
        linear.folds().length);
  }
}
