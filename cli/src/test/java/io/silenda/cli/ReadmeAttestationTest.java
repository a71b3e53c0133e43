package io.silenda.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.silenda.attest.policy.Policy;
import io.silenda.attest.policy.PolicyJson;
import io.silenda.attest.policy.PolicyText;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Runs the commands of README.md's section on attestation, and reads its policies. */
class ReadmeAttestationTest {
  private static final Pattern BLOCK = Pattern.compile("(?s)```\\n(.*?)```");
  private static final Pattern CODE = Pattern.compile("`([^`\\n]+(?:\\n[^`\\n]+)?)`");

  /** Words are blank-separated, or stand between single quotes. */
  private static final Pattern WORD = Pattern.compile("'([^']*)'|(\\S+)");

  /** Values are abbreviated for readers: {@code 91eb2b44...}. */
  private static final Pattern ABBREVIATED = Pattern.compile("\\b([0-9a-f]{4,})\\.\\.\\.");

  /** A point of Ed25519 (RFC 8032, section 7.1). */
  private static final String LOG_KEY =
      "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a";

  @TempDir Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private String section = "";

  @BeforeEach
  void readSection() throws Exception {
    String readme = Files.readString(Path.of("../README.md"));
    int start = readme.indexOf("\n## Attestation");
    section = readme.substring(start, readme.indexOf("\n## ", start + 4)).replaceAll("(?m)^ +", "");
    // No quote, but the start of one: whatever is read of it is refused, never a usage error.
    Files.write(folder.resolve("quote.bin"), new byte[] {4, 0, 2, 0, (byte) 0x81, 0, 0, 0});
    Files.writeString(folder.resolve("collateral.json"), "{}");
    Files.writeString(folder.resolve("policy.txt"), whole(policyFile()));
  }

  private List<String> blocks() {
    return all(BLOCK, section);
  }

  private String policyFile() {
    return blocks().stream().filter(block -> block.startsWith("accept ")).findFirst().orElseThrow();
  }

  private static List<String> all(Pattern pattern, String text) {
    List<String> found = new ArrayList<>();
    for (Matcher matcher = pattern.matcher(text); matcher.find(); ) {
      found.add(matcher.group(1));
    }
    return found;
  }

  /** Gives abbreviated values a length that is allowed: 8 bytes. */
  private static String whole(String text) {
    return ABBREVIATED
        .matcher(text)
        .replaceAll(match -> (match.group(1) + "0".repeat(16)).substring(0, 16));
  }

  private List<String> commands() {
    List<String> commands = new ArrayList<>();
    for (String block : blocks()) {
      block.lines().filter(line -> line.startsWith("./silenda attest ")).forEach(commands::add);
    }
    all(CODE, section).stream()
        .filter(code -> code.startsWith("./silenda attest ") && code.split("\\s+").length > 3)
        .forEach(commands::add);
    return commands;
  }

  private int run(String command) {
    List<String> arguments = new ArrayList<>();
    String completed = command.replaceAll("\\b00ff\\.\\.\\.", "00ff".repeat(4));
    for (Matcher word = WORD.matcher(completed); word.find(); ) {
      String text = word.group(1) == null ? word.group(2) : word.group(1);
      boolean file = text.matches("(quote|collateral|policy)\\.[a-z]+");
      arguments.add(file ? folder.resolve(text).toString() : text);
    }
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    CommandLine line = Silenda.commandLine();
    line.setOut(new PrintWriter(out));
    line.setErr(new PrintWriter(err));
    return line.execute(arguments.subList(1, arguments.size()).toArray(new String[0]));
  }

  @Test
  void everyCommandIsUnderstood() {
    List<String> commands = commands();
    assertThat(commands).hasSizeGreaterThanOrEqualTo(4);
    for (String command : commands) {
      int exit = run(command);
      assertThat(exit).as("%s: %s", command, err).isIn(0, 1);
      if (command.contains("attest verify")) {
        assertThat(exit).as(command).isEqualTo(1);
        assertThat(err.toString()).as(command).contains("reject: truncated");
      }
    }
  }

  @Test
  void thePolicyFileIsExplainedWithoutAWeakness() {
    assertThat(run("./silenda attest policy policy.txt")).isZero();
    assertThat(out.toString()).contains("wants mrtd to be 91eb2b44").doesNotContain("WEAK");
    assertThat(run("./silenda attest policy --json policy.txt")).isZero();
  }

  @Test
  void thePolicyIsTheSameAsJson() throws Exception {
    Policy policy = PolicyText.parse(whole(policyFile()));
    byte[] json = PolicyJson.print(policy).getBytes(StandardCharsets.UTF_8);
    assertThat(PolicyJson.parse(json)).isEqualTo(policy);
  }

  /** Clauses in the running text: each goes into a policy that says nothing else about it. */
  @Test
  void everyClauseInTheTextIsRead() throws Exception {
    List<String> clauses =
        all(CODE, section).stream()
            .map(code -> whole(code.replaceAll("\\s+", " ")))
            .filter(code -> code.matches("(accept|status|platform|excuse|simulated|mrtd in) ?.*"))
            .filter(code -> code.contains(" "))
            .map(code -> code.replace("key HEX", "key " + LOG_KEY))
            .map(code -> code.replace(" or ...", ""))
            .toList();
    assertThat(clauses).hasSizeGreaterThanOrEqualTo(5);
    for (String clause : clauses) {
      String text = clause.startsWith("accept ") ? clause : "accept tdx; " + clause;
      assertThat(PolicyText.parse(text)).as(clause).isNotNull();
    }
  }
}
