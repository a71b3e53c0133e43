package io.silenda.dp.run;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.silenda.dp.report.JobResult;
import io.silenda.dp.report.LocalReport;
import io.silenda.dp.report.ModelCard;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;

/** Files of a finished job. */
final class JobFiles {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private JobFiles() {}

  /** The model comes last: where it is, the rest is, too. Then the checkpoint goes. */
  static void write(JobResult result, OutputFolder output) throws IOException {
    output.write("local-report.html", text(LocalReport.html(result)));
    output.write("local-report.json", json(LocalReport.members(result)));
    output.write("model-card.md", text(ModelCard.markdown(result)));
    output.write("model-card.json", json(ModelCard.members(result)));
    output.write("model.onnx", result.model());
    Files.deleteIfExists(output.file(SegmentedTraining.CHECKPOINT));
  }

  private static byte[] json(Object members) throws IOException {
    return text(MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(members) + "\n");
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
