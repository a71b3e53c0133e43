package io.silenda.cli;

import java.io.Console;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where a passphrase comes from: a file, or a prompt that does not echo. */
final class PassphraseOptions {
  private static final int MAX_FILE_BYTES = 4096;

  @Option(
      names = "--passphrase-file",
      paramLabel = "F",
      description = "file whose first line is the passphrase of the secret key")
  private Optional<Path> file = Optional.empty();

  @Option(
      names = "--passphrase",
      description = "ask for a passphrase (a key that has one asks by itself)")
  private boolean prompt;

  /** A passphrase for a new key, or nothing where none was asked for; the caller wipes it. */
  Optional<char[]> chooseNew() throws Refusal {
    if (file.isPresent()) {
      return Optional.of(firstLine(file.get()));
    }
    if (!prompt) {
      return Optional.empty();
    }
    char[] first = ask("Passphrase: ").orElseThrow(PassphraseOptions::noTerminal);
    char[] second = ask("Again: ").orElseThrow(PassphraseOptions::noTerminal);
    boolean same = Arrays.equals(first, second) && first.length > 0;
    Arrays.fill(second, '\0');
    if (!same) {
      Arrays.fill(first, '\0');
      throw new Refusal("the two passphrases differ, or are empty");
    }
    return Optional.of(first);
  }

  /** The passphrase of a key that has one; nothing where nobody can be asked. */
  Optional<char[]> ofExisting() {
    if (file.isPresent()) {
      try {
        return Optional.of(firstLine(file.get()));
      } catch (Refusal e) {
        throw new UncheckedIOException(String.valueOf(e.getMessage()), new IOException(e));
      }
    }
    return ask("Passphrase: ");
  }

  private static Refusal noTerminal() {
    return new Refusal("--passphrase needs a terminal: use --passphrase-file");
  }

  /** Newer JDKs may give a console that is no terminal; the end of its input is no answer. */
  @SuppressWarnings("SystemConsoleNull")
  private static Optional<char[]> ask(String question) {
    @Nullable Console console = System.console();
    if (console == null) {
      return Optional.empty();
    }
    char[] answer = console.readPassword("%s", question);
    return answer == null ? Optional.empty() : Optional.of(answer);
  }

  private static char[] firstLine(Path file) throws Refusal {
    byte[] bytes;
    try {
      if (Files.size(file) > MAX_FILE_BYTES) {
        throw new Refusal(file + ": longer than a passphrase can be");
      }
      bytes = Files.readAllBytes(file);
    } catch (IOException e) {
      throw new Refusal(file + ": the passphrase cannot be read");
    }
    CharBuffer text = StandardCharsets.UTF_8.decode(ByteBuffer.wrap(bytes));
    Arrays.fill(bytes, (byte) 0);
    int end = 0;
    while (end < text.length() && text.charAt(end) != '\n' && text.charAt(end) != '\r') {
      end++;
    }
    char[] line = new char[end];
    text.get(line, 0, end);
    text.clear();
    while (text.hasRemaining()) {
      text.put('\0');
    }
    if (end == 0) {
      throw new Refusal(file + ": its first line is empty");
    }
    return line;
  }
}
