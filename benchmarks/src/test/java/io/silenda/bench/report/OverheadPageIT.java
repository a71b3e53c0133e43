package io.silenda.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.silenda.bench.overhead.SyntheticRun;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The page in a browser without a window; left out where there is none. */
class OverheadPageIT {
  /** Writes into the page what a person would see go wrong. */
  private static final String PROBE =
      "<script>onload=()=>{let d=document,wide=0,flat=0,out=0;"
          + "for(const s of d.querySelectorAll('figure svg')){const b=s.getBoundingClientRect();"
          + "if(b.width<200||b.height<100)flat++;"
          + "for(const t of s.querySelectorAll('text')){const r=t.getBoundingClientRect();"
          + "if(r.width&&(r.left<b.left-1||r.right>b.right+1||r.top<b.top-1||r.bottom>b.bottom+1))"
          + "out++;}}"
          + "wide=d.documentElement.scrollWidth>innerWidth?1:0;"
          + "d.title='charts='+d.querySelectorAll('figure svg').length+' flat='+flat+' out='+out"
          + "+' wide='+wide}</script>";

  @TempDir Path folder;

  private static Optional<Path> browser() {
    return Stream.of("chromium", "chromium-browser", "google-chrome")
        .flatMap(
            name ->
                Stream.of(System.getenv().getOrDefault("PATH", "").split(":", -1))
                    .map(part -> Path.of(part, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  private String run(String... options) throws Exception {
    Optional<Path> browser = browser();
    assumeTrue(browser.isPresent(), "no Chromium is installed");
    List<String> command = new ArrayList<>();
    command.add(browser.orElseThrow().toString());
    command.addAll(
        List.of(
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--hide-scrollbars",
            "--user-data-dir=" + folder.resolve("profile")));
    command.addAll(List.of(options));
    Process process =
        new ProcessBuilder(command)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .redirectOutput(folder.resolve("out.txt").toFile())
            .start();
    assertThat(process.waitFor()).isZero();
    return Files.readString(folder.resolve("out.txt"));
  }

  private Path page(String extra) throws IOException {
    OverheadFiles.write(SyntheticRun.create(), folder);
    Path page = folder.resolve("overhead.html");
    String text = Files.readString(page);
    Files.writeString(page, text.replace("</body>", extra + "</body>"));
    return page;
  }

  @ParameterizedTest
  @ValueSource(strings = {"1360,2400", "500,2400"})
  void chartsAreThereAndNothingOverflows(String windowSize) throws Exception {
    Path page = page(PROBE);
    String document = run("--window-size=" + windowSize, "--dump-dom", page.toUri().toString());
    assertThat(document).contains("<title>charts=7 flat=0 out=0 wide=0</title>");
  }

  @Test
  void pictureIsNotBlank() throws Exception {
    Path page = page("");
    Path picture = folder.resolve("page.png");
    run("--window-size=1360,2400", "--screenshot=" + picture, page.toUri().toString());
    BufferedImage image = ImageIO.read(picture.toFile());
    assertThat(image.getWidth()).isEqualTo(1360);
    long colours =
        java.util.stream.IntStream.range(0, 1360 * 1200)
            .map(i -> image.getRGB(i % 1360, i / 1360 * 2))
            .distinct()
            .count();
    assertThat(colours).isGreaterThan(50);
  }
}
