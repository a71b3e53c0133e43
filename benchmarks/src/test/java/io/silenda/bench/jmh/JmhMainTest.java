package io.silenda.bench.jmh;

import static org.assertj.core.api.Assertions.assertThat;

import io.silenda.bench.report.BenchFormat;
import io.silenda.bench.report.GeneratedSections;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JmhMainTest {
  @TempDir Path folder;

  @Test
  void aRunIsStoredAndPrinted() throws Exception {
    Path file = folder.resolve("run.json");
    JmhMain.run(
        file,
        "ChannelBenchmark.aesGcm",
        "-p",
        "contentBytes=256",
        "-f",
        "0",
        "-wi",
        "0",
        "-i",
        "3",
        "-r",
        "1ms",
        "-v",
        "SILENT");
    JmhRun run = BenchFormat.read(file, "jmh", JmhRun.class);
    assertThat(run.entries()).hasSize(1);
    JmhEntry entry = run.entries().get(0);
    assertThat(entry.operation()).isEqualTo("ChannelBenchmark.aesGcm");
    assertThat(entry.parameters()).isEqualTo(Map.of("contentBytes", "256"));
    assertThat(entry.unit()).isEqualTo("us/op");
    assertThat(entry.scores()).hasSize(3).allMatch(score -> score > 0);
    String page = "<!-- run: run.json -->\n<!-- end of run -->\n";
    assertThat(GeneratedSections.renew(page, folder.resolve("page.md")))
        .contains("| `ChannelBenchmark.aesGcm` | contentBytes 256 | ")
        .contains(" | µs / op |")
        .endsWith("<!-- end of run -->\n");
    assertThat(Files.readString(file)).endsWith("}\n");
  }

  @Test
  void ofAFileItsNameIsKept() {
    assertThat(JmhMain.shown("a/b/quote.bin")).isEqualTo("quote.bin");
    assertThat(JmhMain.shown("256")).isEqualTo("256");
  }
}
