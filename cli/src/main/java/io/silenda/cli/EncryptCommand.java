package io.silenda.cli;

import io.silenda.infer.Client;
import io.silenda.infer.ClientBundle;
import io.silenda.infer.RequestTicket;
import io.silenda.infer.bundle.Bundles;
import io.silenda.infer.keys.KeyFolder;
import io.silenda.infer.tensor.Npy;
import io.silenda.infer.tensor.Tensor;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code silenda encrypt}. */
@Command(
    name = "encrypt",
    description = "Encrypt rows into a request.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Example: silenda encrypt --client client.bundle --keys keys --input x.npy -o x.request"
    })
final class EncryptCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(names = "--client", required = true, paramLabel = "B", description = "client.bundle")
  private Path clientBundle;

  @Option(names = "--keys", required = true, paramLabel = "KEYS", description = "folder of keygen")
  private Path keys;

  @Option(names = "--input", required = true, paramLabel = "X.npy", description = "the rows")
  private Path input;

  @Option(
      names = "--rows",
      paramLabel = "A:B",
      converter = RowRange.Converter.class,
      description = "only these rows: zero-based, B not included")
  private Optional<RowRange> rows = Optional.empty();

  @Mixin private PassphraseOptions passphrase;

  @Option(names = "-o", required = true, paramLabel = "REQUEST", description = "the request")
  private Path output;

  @Override
  public Integer call() throws Exception {
    ClientBundle bundle = Bundles.readClient(clientBundle);
    Tensor tensor = Npy.read(input);
    tensor = rows.isPresent() ? rows.get().of(tensor) : tensor;
    KeyFolder folder = new KeyFolder(keys);
    try (Client client = folder.open(bundle, passphrase::ofExisting);
        ConsoleProgress progress = new ConsoleProgress()) {
      RequestTicket ticket = client.newTicket(tensor.rows());
      write(client, tensor, ticket, folder, progress);
      progress.finish();
      print(ticket);
    }
    return 0;
  }

  /** The request is in the ledger before its file is in its place: none exists that it lacks. */
  private void write(
      Client client, Tensor rows, RequestTicket ticket, KeyFolder folder, ConsoleProgress progress)
      throws Exception {
    Named.writing(
        output,
        out -> {
          client.encrypt(rows, ticket, out, progress);
          folder.requests().add(ticket);
          return ticket;
        });
  }

  private void print(RequestTicket ticket) throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    out.printf(
        "request     %s: %d rows in %d ciphertexts, %s%n",
        output, ticket.rows(), ticket.parts(), ReportText.bytes(Files.size(output)));
    out.flush();
  }
}
