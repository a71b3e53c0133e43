package io.silenda.cli;

import io.silenda.bench.overhead.OverheadRun;
import io.silenda.bench.report.BenchFormat;
import io.silenda.bench.report.GeneratedSections;
import io.silenda.bench.report.OverheadFiles;
import io.silenda.infer.files.AtomicFile;
import io.silenda.infer.files.AtomicFile.Access;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code silenda bench report}. */
@Command(
    name = "report",
    description = "Draw a stored run again, or renew the sections of a page that come from runs.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "A page's sections stand between <!-- run: FILE.json --> and <!-- end of run -->; files are",
      "relative to the page.",
      "",
      "Example: silenda bench report docs/runs/overhead.json -o report",
      "Example: silenda bench report --renew docs/performance.md"
    })
final class BenchReportCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "RUN.json",
      arity = "0..1",
      description = "a run of the overhead suite, to draw")
  private Optional<Path> run = Optional.empty();

  @Option(names = "-o", paramLabel = "DIR", description = "where it is drawn")
  private Optional<Path> folder = Optional.empty();

  @Option(names = "--renew", paramLabel = "PAGE.md", description = "a page with such sections")
  private Optional<Path> page = Optional.empty();

  @Override
  public Integer call() throws Exception {
    if (page.isPresent() == (run.isPresent() || folder.isPresent())) {
      throw new ParameterException(spec.commandLine(), "either RUN.json and -o, or --renew");
    }
    if (page.isPresent()) {
      renew(page.get());
    } else if (run.isPresent() && folder.isPresent()) {
      OverheadFiles.write(BenchFormat.read(run.get(), "overhead", OverheadRun.class), folder.get());
      spec.commandLine().getOut().println(folder.get().resolve("overhead.html"));
    } else {
      throw new ParameterException(spec.commandLine(), "RUN.json and -o go together");
    }
    spec.commandLine().getOut().flush();
    return 0;
  }

  private static void renew(Path page) throws Exception {
    String renewed = GeneratedSections.renew(Files.readString(page), page.toAbsolutePath());
    AtomicFile.write(
        page, Access.SHARED, out -> out.write(renewed.getBytes(StandardCharsets.UTF_8)));
  }
}
