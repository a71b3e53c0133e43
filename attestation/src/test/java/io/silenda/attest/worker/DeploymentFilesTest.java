package io.silenda.attest.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The files of {@code deploy}, as far as they can be checked without what they are for. */
class DeploymentFilesTest {
  private static final Path DEPLOY = Path.of("deploy");

  /** What the template uses of its language: variables, and one loop over the arguments. */
  private static String render(String template, Map<String, String> values, List<String> words) {
    String quoted = words.stream().map(w -> '"' + w + '"').collect(Collectors.joining(", "));
    String text = template.replaceAll("\\{%.*%\\}", quoted);
    for (Map.Entry<String, String> each : values.entrySet()) {
      text = text.replace("{{ " + each.getKey() + " }}", each.getValue());
    }
    return text;
  }

  @Test
  void theGramineManifestFixesArgumentsEnvironmentAndFiles() throws IOException {
    String template = Files.readString(DEPLOY.resolve("gramine/java-worker.manifest.template"));
    String manifest =
        render(
            template,
            Map.of("place", "/opt/place", "gramine_runtime", "/usr/lib/gramine/runtime/glibc"),
            List.of("java", "-Xmx512m"));
    assertThat(manifest).doesNotContain("{{").doesNotContain("{%");
    assertThat(manifest.lines())
        .contains(
            "libos.entrypoint = \"/opt/place/jdk/bin/java\"",
            "loader.argv = [ \"java\", \"-Xmx512m\" ]",
            "loader.insecure__use_cmdline_argv = false",
            "loader.insecure__use_host_env = false",
            "sgx.debug = false",
            "sgx.remote_attestation = \"dcap\"",
            "sys.disallow_subprocesses = true",
            "  \"file:/opt/place/\",");
    assertThat(manifest).doesNotContain("allowed_files");
  }

  @Test
  void theImageHasVerityAndNoWayIn() throws IOException {
    assertThat(Files.readAllLines(DEPLOY.resolve("image/mkosi.conf")))
        .contains("Verity=yes", "Bootloader=uki", "Ssh=no", "Autologin=no", "RootPassword=");
  }

  @Test
  void theUnitAllowsNoCoreDumpAndNoSwap() throws IOException {
    assertThat(Files.readAllLines(DEPLOY.resolve("systemd/silenda-worker.service")))
        .contains("LimitCORE=0", "MemorySwapMax=0", "ProtectSystem=strict");
  }
}
