package io.silenda.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Every file that passes between the four processes, damaged and swapped in every way. */
class RefusedFilesTest {
  private static final String MODEL = "../demo/logreg_breast_cancer.onnx";
  private static final String OTHER_MODEL = "../demo/logreg_breast_cancer_sklearn.onnx";
  private static final String ROWS = "../demo/breast_cancer_test_x.npy";
  private static final List<String> FILES =
      List.of(
          "client.bundle", "server.bundle", "secret.key", "evaluation.keys", "request", "response");

  /** Where the version's lower byte stands. */
  private static final int VERSION_OFFSET = 9;

  @TempDir private static Path shared;
  private static Path sound;
  private static Path other;

  @TempDir private Path folder;

  @BeforeAll
  static void makeFiles() throws Exception {
    sound = make("sound", MODEL, "0:3");
    other = make("other", OTHER_MODEL, "0:3");
  }

  private static Path make(String name, String model, String rows) throws Exception {
    Path to = Files.createDirectory(shared.resolve(name));
    String bundle = to.resolve("client.bundle").toString();
    requireDone("compile", model, "-o", to);
    requireDone("keygen", "--client", bundle, "-o", to);
    requireDone(
        "encrypt",
        "--client",
        bundle,
        "--keys",
        to,
        "--input",
        ROWS,
        "--rows",
        rows,
        "-o",
        to.resolve("request"));
    requireDone(evaluate(to, to.resolve("response")));
    return to;
  }

  @BeforeEach
  void copySoundFiles() throws Exception {
    try (Stream<Path> files = Files.list(sound)) {
      for (Path file : files.toList()) {
        Files.copy(file, folder.resolve(file.getFileName()), StandardCopyOption.COPY_ATTRIBUTES);
      }
    }
  }

  @Test
  void soundFilesAreAccepted() {
    Map<String, Outcome> outcomes = runAll();
    assertThat(outcomes).allSatisfy((step, o) -> assertThat(o.code).as(o.error).isZero());
  }

  @Test
  void truncatedFiles() throws Exception {
    for (String file : FILES) {
      byte[] bytes = Files.readAllBytes(sound.resolve(file));
      for (int length : new int[] {0, 5, 15, bytes.length / 2, bytes.length - 1}) {
        assertRefused(file, Arrays.copyOf(bytes, length), "cut to " + length);
      }
      assertRefused(file, Arrays.copyOf(bytes, bytes.length + 1), "a byte too long");
    }
  }

  @Test
  void flippedBits() throws Exception {
    for (String file : FILES) {
      byte[] bytes = Files.readAllBytes(sound.resolve(file));
      for (int at = 0; at < bytes.length; at += at < 40 ? 1 : bytes.length / 9) {
        byte[] flipped = bytes.clone();
        flipped[at] ^= 4;
        assertRefused(file, flipped, "bit flipped in byte " + at);
      }
    }
  }

  @Test
  void newerVersions() throws Exception {
    for (String file : FILES) {
      byte[] bytes = Files.readAllBytes(sound.resolve(file));
      bytes[VERSION_OFFSET]++;
      assertThat(assertRefused(file, bytes, "version " + bytes[VERSION_OFFSET])).contains("newer");
    }
  }

  @Test
  void filesUnderEachOthersNames() throws Exception {
    for (String file : FILES) {
      for (String wrong : FILES) {
        if (!wrong.equals(file)) {
          assertRefused(file, Files.readAllBytes(sound.resolve(wrong)), "it is " + wrong);
        }
      }
    }
  }

  @Test
  void filesOfAnotherModel() throws Exception {
    for (String file : List.of("secret.key", "evaluation.keys", "request")) {
      String error =
          assertRefused(file, Files.readAllBytes(other.resolve(file)), "of another model");
      assertThat(error).as(file).contains("belongs to the model");
    }
  }

  @Test
  void aResponseToSomebodyElsesRequest() throws Exception {
    Path stranger = make("stranger", MODEL, "0:3");
    byte[] response = Files.readAllBytes(stranger.resolve("response"));
    assertThat(assertRefused("response", response, "a stranger's"))
        .contains("answers no request that was made with");
    byte[] request = Files.readAllBytes(stranger.resolve("request"));
    assertThat(assertRefused("request", request, "a stranger's")).contains("belongs to the key");
  }

  @Test
  void aResponseToAnotherRequestOfOurs() throws Exception {
    Path second = folder.resolve("second.request");
    requireDone(
        "encrypt",
        "--client",
        folder.resolve("client.bundle"),
        "--keys",
        folder,
        "--input",
        ROWS,
        "--rows",
        "5:7",
        "-o",
        second);
    Outcome outcome =
        run(
            "decrypt",
            "--client",
            folder.resolve("client.bundle"),
            "--keys",
            folder,
            "--input",
            folder.resolve("response"),
            "--request",
            second,
            "-o",
            folder.resolve("y.npy"));
    assertThat(outcome.code).isEqualTo(1);
    assertThat(outcome.error).contains("it answers another request than");
    assertThat(folder.resolve("y.npy")).doesNotExist();
  }

  @Test
  void aKeyIsNotOverwritten() throws Exception {
    byte[] before = Files.readAllBytes(folder.resolve("secret.key"));
    Outcome outcome = run("keygen", "--client", folder.resolve("client.bundle"), "-o", folder);
    assertThat(outcome.code).isEqualTo(1);
    assertThat(outcome.error).contains("there is a key already");
    assertThat(folder.resolve("secret.key")).hasBinaryContent(before);
  }

  @Test
  void aPassphraseIsNeeded() throws Exception {
    Path keys = folder.resolve("protected");
    Path passphrase = Files.writeString(folder.resolve("passphrase"), "horse\nnot this\n");
    Path bundle = folder.resolve("client.bundle");
    requireDone("keygen", "--client", bundle, "--passphrase-file", passphrase, "-o", keys);
    Object[] encrypt = {
      "encrypt", "--client", bundle, "--keys", keys, "--input", ROWS, "-o", folder.resolve("r")
    };
    Object[] withFile = Arrays.copyOf(encrypt, encrypt.length + 2);
    withFile[encrypt.length] = "--passphrase-file";
    withFile[encrypt.length + 1] = passphrase;
    requireDone(withFile);
    Files.delete(folder.resolve("r"));
    Files.writeString(passphrase, "mule\n");
    Outcome wrong = run(withFile);
    assertThat(wrong.code).isEqualTo(1);
    assertThat(wrong.error).contains("wrong passphrase");
    assertThat(folder.resolve("r")).doesNotExist();
  }

  /** Puts bytes in the place of one file; whatever reads it must refuse it, and write nothing. */
  private String assertRefused(String file, byte[] bytes, String how) throws IOException {
    Path changed = folder.resolve(file);
    Files.write(changed, bytes);
    Files.setPosixFilePermissions(changed, PosixFilePermissions.fromString("rw-------"));
    StringBuilder errors = new StringBuilder();
    runAll()
        .forEach(
            (step, outcome) -> {
              if (reads(step, file)) {
                String what = step + " with " + file + " " + how;
                assertThat(outcome.code).as(what).isEqualTo(1);
                assertThat(outcome.error.strip().lines()).as(what).hasSize(1);
                assertThat(outcome.error).as(what).startsWith("silenda: ").contains(file);
                assertThat(outcome.error).as(what).doesNotContain("Exception");
                assertThat(folder.resolve(step + ".out")).as(what).doesNotExist();
                errors.append(outcome.error);
              }
            });
    assertThat(errors).as("somebody reads %s", file).isNotEmpty();
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.filter(each -> String.valueOf(each.getFileName()).startsWith(".")))
          .as("partial files")
          .isEmpty();
    }
    Files.copy(sound.resolve(file), changed, StandardCopyOption.REPLACE_EXISTING);
    return errors.toString();
  }

  private static boolean reads(String step, String file) {
    return switch (step) {
      case "encrypt" -> List.of("client.bundle", "secret.key").contains(file);
      case "evaluate" -> List.of("server.bundle", "evaluation.keys", "request").contains(file);
      default -> List.of("client.bundle", "secret.key", "response").contains(file);
    };
  }

  private Map<String, Outcome> runAll() {
    Path bundle = folder.resolve("client.bundle");
    return Map.of(
        "encrypt",
        run(
            "encrypt",
            "--client",
            bundle,
            "--keys",
            folder,
            "--input",
            ROWS,
            "--rows",
            "0:1",
            "-o",
            fresh("encrypt.out")),
        "evaluate",
        run(evaluate(folder, fresh("evaluate.out"))),
        "decrypt",
        run(
            "decrypt",
            "--client",
            bundle,
            "--keys",
            folder,
            "--input",
            folder.resolve("response"),
            "-o",
            fresh("decrypt.out")));
  }

  private Path fresh(String name) {
    Path file = folder.resolve(name);
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return file;
  }

  private static Object[] evaluate(Path from, Path to) {
    return new Object[] {
      "evaluate",
      "--server",
      from.resolve("server.bundle"),
      "--evaluation-keys",
      from.resolve("evaluation.keys"),
      "--input",
      from.resolve("request"),
      "-o",
      to
    };
  }

  private static void requireDone(Object... arguments) {
    Outcome outcome = run(arguments);
    assertThat(outcome.code).as(outcome.error).isZero();
  }

  private record Outcome(int code, String error) {}

  private static Outcome run(Object... arguments) {
    StringWriter err = new StringWriter();
    CommandLine commandLine = Silenda.commandLine();
    commandLine.setOut(new PrintWriter(new StringWriter()));
    commandLine.setErr(new PrintWriter(err));
    int code =
        commandLine.execute(Arrays.stream(arguments).map(Object::toString).toArray(String[]::new));
    return new Outcome(code, err.toString());
  }
}
