package io.silenda.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.silenda.bench.compare.StoredRun;
import io.silenda.bench.overhead.OverheadRun;
import io.silenda.bench.overhead.SyntheticRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OverheadReportsTest {
  private static final OverheadRun RUN = SyntheticRun.create();

  @TempDir Path folder;

  @Test
  void storedRunIsReadBackWhole() throws IOException {
    OverheadFiles.write(RUN, folder);
    assertThat(BenchFormat.read(folder.resolve("overhead.json"), "overhead", OverheadRun.class))
        .isEqualTo(RUN);
    assertThat(StoredRun.read(folder.resolve("overhead.json")).ratios()).hasSize(6);
  }

  @Test
  void refusesAnotherSuite() throws IOException {
    OverheadFiles.write(RUN, folder);
    assertThatIOException()
        .isThrownBy(
            () -> BenchFormat.read(folder.resolve("overhead.json"), "kernels", OverheadRun.class))
        .withMessageContaining("not kernels");
  }

  @Test
  void pageStandsAloneAndEscapes() throws IOException {
    OverheadFiles.write(RUN, folder);
    String page = Files.readString(folder.resolve("overhead.html"));
    assertThat(page).contains("CPU &lt;1&gt;", "no worker &lt;here&gt;", "(estimate)");
    assertThat(page).doesNotContain("<script", "<link", "src=", "url(h", "xlink:href=\"h");
    assertThat(page.split("<figure", -1)).hasSize(8);
    assertThat(folder.resolve("latency-bytes.png")).isNotEmptyFile();
    assertThat(Files.readString(folder.resolve("growth-rows.svg"))).contains("<svg");
  }

  @Test
  void markdownNamesUnitsAndWhatIsLeftOut() {
    String text = OverheadMarkdown.of(RUN);
    assertThat(text)
        .contains("| first_network | he-1 | 97 % of 3 | 100 % |")
        .contains("169 KB")
        .contains("backend enclave")
        .contains("Peer 1")
        .contains("N \\| 8192");
  }

  @Test
  void sectionsAreMadeFromTheirRuns() throws IOException {
    OverheadFiles.write(RUN, folder);
    String page = "a\n<!-- run: overhead.json -->\nstale\n<!-- end of run -->\nb\n";
    String renewed = GeneratedSections.renew(page, folder.resolve("page.md"));
    assertThat(renewed).startsWith("a\n<!-- run: overhead.json -->\n").endsWith("\nb\n");
    assertThat(renewed).contains("first_network").doesNotContain("stale");
    assertThat(GeneratedSections.renew(renewed, folder.resolve("page.md"))).isEqualTo(renewed);
  }
}
