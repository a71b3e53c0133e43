package io.silenda.cli;

import io.silenda.he.wire.RequestId;
import io.silenda.he.wire.WireHeader;
import io.silenda.infer.Answers;
import io.silenda.infer.Client;
import io.silenda.infer.ClientBundle;
import io.silenda.infer.PrivateInferenceException;
import io.silenda.infer.RequestTicket;
import io.silenda.infer.Sharing;
import io.silenda.infer.bundle.Bundles;
import io.silenda.infer.keys.KeyFolder;
import io.silenda.infer.tensor.Npy;
import io.silenda.infer.tensor.Tensor;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code silenda decrypt}. */
@Command(
    name = "decrypt",
    description = "Decrypt the response to a request that was made with these keys.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Keep the decrypted numbers to yourself: whoever sees many of them as they are can recover",
      "the secret key (IND-CPA-D). What is to be shared is flooded by --share.",
      "",
      "Example: silenda decrypt --client client.bundle --keys keys --input x.response -o y.npy"
    })
final class DecryptCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(names = "--client", required = true, paramLabel = "B", description = "client.bundle")
  private Path clientBundle;

  @Option(names = "--keys", required = true, paramLabel = "KEYS", description = "folder of keygen")
  private Path keys;

  @Option(names = "--input", required = true, paramLabel = "RESPONSE", description = "the answer")
  private Path input;

  @Option(
      names = "--request",
      paramLabel = "REQUEST",
      description = "accept the answer to this request only (default: to any made with the keys)")
  private Optional<Path> request = Optional.empty();

  @Option(
      names = "--share",
      description =
          "flood the values with noise, so that others may see them: for models that were compiled"
              + " with --share")
  private boolean share;

  @Mixin private PassphraseOptions passphrase;

  @Option(names = "-o", required = true, paramLabel = "Y.npy", description = "the outputs")
  private Path output;

  @Override
  public Integer call() throws Exception {
    ClientBundle bundle = Bundles.readClient(clientBundle);
    KeyFolder folder = new KeyFolder(keys);
    RequestTicket ticket = ticket(folder);
    try (Client client = folder.open(bundle, passphrase::ofExisting);
        ConsoleProgress progress = new ConsoleProgress()) {
      Answers answers =
          Named.reading(input, response -> client.decrypt(response, ticket, progress));
      progress.finish();
      Tensor outputs = share ? answers.shareWith(sharing(bundle)) : answers.output();
      Npy.write(output, outputs);
      PrintWriter out = spec.commandLine().getOut();
      out.printf("output      %s: %d rows of %d%n", output, outputs.rows(), outputs.rowSize());
      out.flush();
    }
    return 0;
  }

  private Sharing sharing(ClientBundle bundle) throws PrivateInferenceException {
    return bundle
        .sharing()
        .orElseThrow(
            () ->
                new PrivateInferenceException(
                    PrivateInferenceException.Reason.SHARING_NEEDS_FLOODING,
                    clientBundle
                        + ": this model leaves no room to share answers: compile it with --share N"
                        + " --share-error E"));
  }

  private RequestTicket ticket(KeyFolder folder) throws Exception {
    RequestId answered = requestId(input);
    if (request.isPresent() && !requestId(request.get()).equals(answered)) {
      throw new Refusal(input + ": it answers another request than " + request.get());
    }
    return folder
        .requests()
        .find(answered)
        .orElseThrow(
            () -> new Refusal(input + ": it answers no request that was made with " + keys));
  }

  private static RequestId requestId(Path file) throws Exception {
    return Named.reading(
        file,
        in -> {
          WireHeader header = WireHeader.peek(in.readNBytes(WireHeader.BYTES));
          return header.requestId();
        });
  }
}
