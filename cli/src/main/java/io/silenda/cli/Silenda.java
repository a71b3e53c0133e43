package io.silenda.cli;

import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Entry point of {@code silenda}. */
@Command(
    name = "silenda",
    description = "Private machine learning for the JVM.",
    mixinStandardHelpOptions = true,
    version = "silenda 0.1.0",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      DemoCommand.class,
      DoctorCommand.class,
      InferCommand.class,
      CompileCommand.class,
      KeygenCommand.class,
      EncryptCommand.class,
      EvaluateCommand.class,
      DecryptCommand.class,
      AttestCommand.class,
      BenchCommand.class,
      PrivacyCommand.class,
      TrainCommand.class,
      AutoComplete.GenerateCompletion.class
    },
    footer = {
      "",
      "Start with `silenda demo`: it answers on encrypted digits and patients.",
      "Then: silenda infer MODEL.onnx --input X.npy",
      "Client and server apart: compile, keygen, encrypt, evaluate, decrypt.",
      "What a training run costs: silenda privacy epsilon --noise 1.1 --rate 0.004 --steps 10000 --delta 1e-5",
      "Train with differential privacy: silenda train JOB.yaml -o DIR",
      "Completion for this shell: source <(silenda generate-completion)",
      "",
      "Exit codes: 0 done, 1 refused or failed (one line says why), 2 wrong usage."
    })
public final class Silenda {
  private Silenda() {}

  /** Runs one command and exits with its code. */
  public static void main(String[] args) {
    System.exit(run(args));
  }

  /** Runs one command; what no handler of exceptions sees ends in one line, too. */
  static int run(String[] args) {
    try {
      return commandLine().execute(args);
    } catch (OutOfMemoryError e) {
      System.err.println(
          "silenda: out of memory ("
              + e.getMessage()
              + "): give it more with SILENDA_JAVA_OPTS=-Xmx8g, or use fewer rows a ciphertext");
    } catch (StackOverflowError e) {
      System.err.println("silenda: the model is nested too deeply");
    } catch (LinkageError e) {
      System.err.println("silenda: the installation is incomplete: " + e.getMessage());
    }
    return 1;
  }

  /** The command line, for tests and for {@link #main}. */
  static CommandLine commandLine() {
    return new CommandLine(new Silenda())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionExceptionHandler(new OneLineFailure());
  }
}
