package io.silenda.cli;

import io.silenda.attest.sealed.ModelKey;
import io.silenda.attest.sealed.SealedHeader;
import io.silenda.infer.enclave.owner.SealedModelFolder;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code silenda attest seal-model}. */
@Command(
    name = "seal-model",
    description = "Seal a model for workers that get its key after they were appraised.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "DIR/model.sealed goes to whoever runs workers, DIR/model.head and model.headers to clients;",
      "DIR/model.key (mode 0600) stays. Sealing into the same folder makes the next version.",
      "",
      "Example: silenda attest seal-model model.onnx --passphrase -o sealed"
    })
final class AttestSealModelCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "MODEL.onnx", description = "the model")
  private Path model;

  @Option(
      names = "-o",
      required = true,
      paramLabel = "DIR",
      description = "the sealed model's folder")
  private Path folder;

  @Option(
      names = "--page-size",
      paramLabel = "SIZE",
      converter = ByteSize.Converter.class,
      description = "seal in pages of at most SIZE of weights (such as 16m), for --enclave-memory")
  private Optional<ByteSize> pageSize = Optional.empty();

  @Mixin private PassphraseOptions passphrase;

  @Option(names = "--json", description = "print one JSON object")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    SealedModelFolder target = new SealedModelFolder(folder);
    if (!Files.isReadable(model)) {
      throw new Refusal(model + ": no such file or folder");
    }
    if (!target.hasKey()) {
      createKey(target);
    }
    try (ModelKey key = target.readKey(passphrase::ofExisting)) {
      long start = System.nanoTime();
      OptionalLong pageBytes =
          pageSize.isPresent() ? OptionalLong.of(pageSize.get().bytes()) : OptionalLong.empty();
      SealedHeader header = target.seal(model, key, pageBytes);
      print(target, header, (System.nanoTime() - start) / 1e6);
    }
    return 0;
  }

  private void createKey(SealedModelFolder target) throws Exception {
    Optional<char[]> chosen = passphrase.chooseNew();
    try {
      target.createKey(chosen);
    } finally {
      chosen.ifPresent(each -> Arrays.fill(each, '\0'));
    }
  }

  private void print(SealedModelFolder target, SealedHeader header, double millis)
      throws IOException {
    long sealedBytes = Files.size(target.container());
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      Map<String, Object> members = new LinkedHashMap<>();
      members.put("container", target.container().toString());
      members.put("key", target.key().toString());
      members.put("head", header.head().toString());
      members.put("model_version", header.modelVersion());
      members.put("model_bytes", Files.size(model));
      members.put("sealed_bytes", sealedBytes);
      members.put("seal_ms", millis);
      out.println(Json.line(members));
    } else {
      out.printf(
          Locale.ROOT,
          "sealed model  %s, version %d: %s, sealed in %.0f ms%n",
          target.container(),
          header.modelVersion(),
          ReportText.bytes(sealedBytes),
          millis);
      out.println("key           " + target.key() + " (mode 0600, stays with you)");
      out.println("head          " + header.head() + " in " + target.head() + ", for clients");
    }
    out.flush();
  }
}
