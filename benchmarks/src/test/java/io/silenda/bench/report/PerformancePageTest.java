package io.silenda.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class PerformancePageTest {
  private static final Path PAGE = Path.of("..", "docs", "performance.md");

  @Test
  void sectionsAreWhatTheStoredRunsSay() throws IOException {
    String text = Files.readString(PAGE);
    assertThat(text).contains("<!-- run: runs/");
    assertThat(GeneratedSections.renew(text, PAGE)).isEqualTo(text);
  }
}
