package io.silenda.cli;

import io.silenda.attest.AttestationException;
import io.silenda.attest.batch.BoundedFile;
import io.silenda.attest.policy.Policy;
import io.silenda.attest.policy.PolicyFile;
import io.silenda.attest.policy.PolicyJson;
import io.silenda.attest.policy.PolicyText;
import io.silenda.attest.report.PolicyExplanation;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code silenda attest policy}. */
@Command(
    name = "policy",
    description = "Check and explain an appraisal policy; what weakens it stands first.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Example: silenda attest policy 'accept tdx; mrtd is 91eb...; rtmr0 is any; ...'"
    })
final class AttestPolicyCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "POLICY", description = "a file (JSON or text), or the text itself")
  private String policy;

  @Option(names = "--json", description = "print the policy as JSON on one line, and nothing else")
  private boolean json;

  @Option(names = "--text", description = "print the policy as one line of text, and nothing else")
  private boolean text;

  @Override
  public Integer call() throws IOException, AttestationException {
    PrintWriter out = spec.commandLine().getOut();
    Policy read = read(policy);
    if (json) {
      out.println(PolicyJson.print(read));
      return 0;
    }
    out.println(PolicyText.print(read));
    if (!text) {
      PolicyExplanation.of(read).forEach(line -> out.println("  " + line));
    }
    return 0;
  }

  /** A file, or the text of a policy, which begins with {@code accept}. */
  static Policy read(String policy) throws IOException, AttestationException {
    byte[] bytes =
        policy.stripLeading().startsWith("accept ")
            ? policy.getBytes(StandardCharsets.UTF_8)
            : BoundedFile.read(Path.of(policy));
    return PolicyFile.parse(bytes);
  }
}
