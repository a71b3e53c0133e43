package io.silenda.bench.jmh;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.VerboseMode;

/** The page that says which benchmark measures what names all of them, and no other. */
class InventoryTest {
  private static final Path PAGE = Path.of("../docs/benchmarks.md");
  private static final Pattern NAME = Pattern.compile("`(\\w+Benchmark\\.\\w+)`");

  @Test
  void thePageNamesEveryBenchmarkThereIs() throws Exception {
    TreeSet<String> named =
        NAME.matcher(Files.readString(PAGE))
            .results()
            .map((MatchResult result) -> result.group(1))
            .collect(Collectors.toCollection(TreeSet::new));
    TreeSet<String> there =
        BenchmarkList.defaultList()
            .getAll(
                OutputFormatFactory.createFormatInstance(System.out, VerboseMode.SILENT), List.of())
            .stream()
            .map(entry -> entry.getUsername().replaceFirst(".*\\.(\\w+\\.\\w+)$", "$1"))
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(there).isNotEmpty();
    assertThat(named).isEqualTo(there);
  }
}
