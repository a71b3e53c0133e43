package io.silenda.infer.bundle;

import io.silenda.he.CkksParameters;
import io.silenda.infer.packing.InputPacking;
import io.silenda.infer.packing.OutputPacking;
import io.silenda.infer.packing.PackedProgram;
import io.silenda.infer.schedule.ScheduledProgram;
import java.util.Arrays;

/** A packed and scheduled network. */
final class ProgramPart {
  private static final int MAX_SLOTS = 1 << 15;
  static final int MAX_STEPS = 256;
  static final double MAX_LOG2_SCALE = 2000;

  private ProgramPart() {}

  static void write(ContentWriter out, ScheduledProgram scheduled) {
    ParametersPart.write(out, scheduled.parameters());
    PackedProgram program = scheduled.program();
    out.int32(program.slotCount()).int32(program.batch());
    LayoutPart.writeInput(out, program.input());
    LayoutPart.writeOutput(out, program.output());
    out.int32(program.steps().size());
    program.steps().forEach(step -> StepPart.write(out, step));
    out.float64(scheduled.inputLog2Scale());
    out.doubles(scheduled.stepLog2Scales().stream().mapToDouble(Double::doubleValue).toArray());
    out.float64(scheduled.predictedMaxError());
    FloodPart.writePlan(out, scheduled.flood());
  }

  static ScheduledProgram read(ContentReader in) throws BundleFormatException {
    CkksParameters parameters = ParametersPart.read(in);
    int slotCount = in.int32("slotCount", 1, MAX_SLOTS);
    int batch = in.int32("batch", 1, MAX_SLOTS);
    InputPacking input = LayoutPart.readInput(in);
    OutputPacking output = LayoutPart.readOutput(in);
    PackedProgram program =
        new PackedProgram(
            slotCount, batch, input, in.list("steps", MAX_STEPS, 5, StepPart::read), output);
    double inputScale = in.float64("input scale", 0, MAX_LOG2_SCALE);
    double[] stepScales = in.doubles("step scales", MAX_STEPS);
    return new ScheduledProgram(
        program,
        parameters,
        inputScale,
        Arrays.stream(stepScales).boxed().toList(),
        in.float64("predicted error", 0, Double.MAX_VALUE),
        FloodPart.readPlan(in));
  }
}
