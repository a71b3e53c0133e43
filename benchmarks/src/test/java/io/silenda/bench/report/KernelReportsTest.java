package io.silenda.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.silenda.bench.kernels.KernelEntry;
import io.silenda.bench.kernels.KernelReport;
import io.silenda.bench.kernels.Limit;
import io.silenda.bench.kernels.Work;
import io.silenda.bench.machine.Machine;
import io.silenda.bench.machine.MachineLimits;
import io.silenda.bench.measure.Comparison;
import io.silenda.bench.measure.Samples;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KernelReportsTest {
  private static final Machine MACHINE =
      new Machine(
          "CPU <1>",
          2,
          List.of("avx2"),
          "avx2",
          1 << 25,
          1L << 34,
          "Linux",
          "17",
          "gcc",
          "4.0.0",
          "0.1");
  private static final MachineLimits LIMITS =
      new MachineLimits(2e10, 1 << 28, Map.of("avx2", 2.5e10));

  private static KernelEntry rotation(double... own) {
    List<Double> samples = Arrays.stream(own).boxed().toList();
    return new KernelEntry(
        "rotation",
        Map.of("degree", 8192, "keys", "cold"),
        new Comparison(
            new Samples(samples.stream().map(each -> 8e6).toList()), new Samples(samples)),
        Optional.of(new Limit(new Work(1e7, 1e7), 5e5, 4e5)));
  }

  private static KernelReport report() {
    KernelEntry polynomial =
        new KernelEntry(
            "chebyshev",
            Map.of("degree", 16384),
            rotation(1e6, 2e6, 1e6, 2e6).comparison(),
            Optional.empty());
    return new KernelReport(
        Instant.parse("2026-01-02T03:04:05Z"),
        true,
        MACHINE,
        LIMITS,
        List.of(rotation(1e6, 1e6, 1e6), polynomial));
  }

  @Test
  void jsonHoldsSchemaMachineSamplesAndLimits() throws Exception {
    JsonNode json = new ObjectMapper().readTree(KernelJson.line(report()));
    assertThat(json.get("schema").asText()).isEqualTo("silenda-bench");
    assertThat(json.get("version").asInt()).isEqualTo(1);
    assertThat(json.get("suite").asText()).isEqualTo("kernels");
    assertThat(json.at("/machine/cpu").asText()).isEqualTo("CPU <1>");
    assertThat(json.at("/limits/multiplies_per_second/avx2").asDouble()).isEqualTo(2.5e10);
    JsonNode entry = json.at("/entries/0");
    assertThat(entry.at("/ratio/median").asDouble()).isEqualTo(8);
    assertThat(entry.at("/nanos/samples")).hasSize(3);
    assertThat(entry.get("seal_rotations").asDouble()).isEqualTo(0.125);
    assertThat(entry.at("/limit/bound_by").asText()).isEqualTo("memory");
    assertThat(entry.at("/limit/share").asDouble()).isEqualTo(0.5);
    assertThat(entry.get("noisy").asBoolean()).isFalse();
    assertThat(json.at("/entries/1/noisy").asBoolean()).isTrue();
    assertThat(json.at("/entries/1").has("limit")).isFalse();
  }

  @Test
  void textMarksWhatIsNoisy() {
    StringWriter text = new StringWriter();
    KernelText.print(report(), new PrintWriter(text, true));
    assertThat(text.toString().lines().filter(line -> line.startsWith("rotation")))
        .singleElement()
        .asString()
        .contains("8.00 ms", "1.00 ms", "8.00", "50 % (memory)")
        .doesNotContain("noisy");
    assertThat(text.toString().lines().filter(line -> line.startsWith("chebyshev")))
        .singleElement()
        .asString()
        .endsWith("not counted  noisy");
  }

  /** The name of SVG's namespace is the only address: nothing is loaded. */
  @Test
  void thePageLoadsNothingAndEscapes() {
    String page = KernelHtml.page(report());
    assertThat(page.replace("http://www.w3.org/2000/svg", ""))
        .doesNotContain("http:", "https:", "<script", "<link", "<img", "url(");
    assertThat(page).contains("CPU &lt;1&gt;", "<svg", "class=\"bar faint\"");
  }

  @Test
  void writesBothFiles(@TempDir Path folder) throws Exception {
    KernelFiles.write(report(), folder.resolve("new"));
    assertThat(Files.readString(folder.resolve("new/kernels.json")))
        .isEqualTo(KernelJson.line(report()) + "\n");
    assertThat(folder.resolve("new/kernels.html")).isNotEmptyFile();
  }
}
