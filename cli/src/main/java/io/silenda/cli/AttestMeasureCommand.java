package io.silenda.cli;

import io.silenda.attest.worker.WorkerManifest;
import io.silenda.infer.enclave.WorkerInstallation;
import io.silenda.infer.enclave.WorkerOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code silenda attest measure}. */
@Command(
    name = "measure",
    description = "Recompute the digest of the worker that this installation runs for a model.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "The text that --manifest prints has the digest as its SHA-256. Registers that the launcher",
      "extends hold the values beside it, where they were zero before."
    })
final class AttestMeasureCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "MODEL.onnx", description = "the model")
  private Path model;

  @Mixin private EnclaveOptions enclave;

  @Option(names = "--manifest", description = "print the measured text itself")
  private boolean manifestOnly;

  @Option(names = "--json", description = "print one JSON object")
  private boolean json;

  @Override
  public Integer call() throws IOException, Refusal {
    WorkerOptions options = enclave.worker();
    try (WorkerInstallation installation = WorkerInstallation.of(model, options)) {
      print(installation.measure(), options.policy().digest());
    }
    return 0;
  }

  private void print(WorkerManifest manifest, byte[] policyDigest) {
    PrintWriter out = spec.commandLine().getOut();
    if (manifestOnly) {
      out.print(manifest.text());
    } else if (json) {
      out.println(Json.line(members(manifest, policyDigest)));
    } else {
      manifest.components().forEach(each -> out.println(each.digest() + "  " + each.path()));
      manifest.settings().forEach(out::println);
      digests(manifest, policyDigest).forEach((name, value) -> out.println(name + " " + value));
    }
    out.flush();
  }

  private static Map<String, Object> digests(WorkerManifest manifest, byte[] policyDigest) {
    HexFormat hex = HexFormat.of();
    Map<String, Object> digests = new LinkedHashMap<>();
    digests.put("worker_digest", hex.formatHex(manifest.digest()));
    digests.put(
        "model_digest", manifest.digestOf(WorkerInstallation.MODEL).map(hex::formatHex).orElse(""));
    digests.put("policy_digest", hex.formatHex(policyDigest));
    digests.put("extended_rtmr", hex.formatHex(manifest.extendedRegister()));
    digests.put("extended_pcr_sha256", hex.formatHex(manifest.extendedPcr()));
    return digests;
  }

  private static Map<String, Object> members(WorkerManifest manifest, byte[] policyDigest) {
    Map<String, Object> members = digests(manifest, policyDigest);
    List<Map<String, Object>> components =
        manifest.components().stream()
            .map(
                each -> {
                  Map<String, Object> component = new LinkedHashMap<>();
                  component.put("path", each.path());
                  component.put("size_bytes", each.sizeBytes());
                  component.put("sha256", each.digest());
                  return component;
                })
            .toList();
    members.put("components", components);
    members.put("settings", manifest.settings());
    return members;
  }
}
