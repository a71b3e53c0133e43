package io.silenda.cli;

import io.silenda.infer.ClientBundle;
import io.silenda.infer.bundle.Bundles;
import io.silenda.infer.keys.KeyFolder;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code silenda keygen}. */
@Command(
    name = "keygen",
    description = "Make a secret key, and the evaluation keys that a server needs.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "KEYS/secret.key never leaves you (mode 0600). Give KEYS/evaluation.keys to the server.",
      "",
      "Example: silenda keygen --client client.bundle --passphrase -o keys"
    })
final class KeygenCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(names = "--client", required = true, paramLabel = "B", description = "client.bundle")
  private Path client;

  @Option(names = "-o", required = true, paramLabel = "KEYS", description = "folder of the keys")
  private Path keys;

  @Mixin private PassphraseOptions passphrase;

  @Override
  public Integer call() throws Exception {
    ClientBundle bundle = Bundles.readClient(client);
    KeyFolder folder = new KeyFolder(keys);
    folder.requireNoKey();
    Optional<char[]> chosen = passphrase.chooseNew();
    try {
      folder.create(bundle, chosen);
    } finally {
      chosen.ifPresent(each -> Arrays.fill(each, '\0'));
    }
    PrintWriter out = spec.commandLine().getOut();
    out.println(
        "secret key       "
            + folder.secretKey()
            + (chosen.isPresent() ? " (under a passphrase)" : " (mode 0600, no passphrase)"));
    out.println(
        "evaluation keys  "
            + folder.evaluationKeys()
            + " ("
            + ReportText.bytes(Files.size(folder.evaluationKeys()))
            + ", for the server)");
    out.flush();
    return 0;
  }
}
