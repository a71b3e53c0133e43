package io.silenda.infer.enclave.worker;

import io.silenda.attest.AttestationException;
import io.silenda.attest.channel.AttestedEndpoint;
import io.silenda.attest.channel.ChannelWarmUp;
import io.silenda.attest.channel.EndpointOptions;
import io.silenda.infer.enclave.EnclaveException;
import io.silenda.infer.enclave.pipe.Message;
import io.silenda.infer.enclave.pipe.MessagePipe;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;

/**
 * The worker's program. Its one argument is the private place. It ends with its standard input:
 * status 0; where it refuses to start: status 2, with a last message that says why.
 */
public final class WorkerMain {
  private static final int REFUSED = 2;

  private WorkerMain() {}

  /** Runs the worker until its host is gone. */
  public static void main(String[] arguments) {
    MessagePipe pipe =
        new MessagePipe(
            new BufferedInputStream(new FileInputStream(FileDescriptor.in)),
            new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), 1 << 16));
    // Nothing but messages may get onto the pipe, and nothing of any input into a log.
    PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    System.setOut(nowhere);
    System.exit(run(Path.of(arguments[0]), pipe));
  }

  private static int run(Path place, MessagePipe pipe) {
    try {
      WorkerSetup setup = WorkerSetup.in(place);
      pipe.write(Message.Kind.DESCRIPTION, setup.description().bytes());
      pipe.write(Message.Kind.READY, setup.manifest().text().getBytes(StandardCharsets.UTF_8));
      ChannelWarmUp.inBackground();
      HostEvidenceProvider evidence = new HostEvidenceProvider(pipe);
      try (AttestedEndpoint endpoint =
              new AttestedEndpoint(
                  evidence, setup.identity(), EndpointOptions.DEFAULT, Clock.systemUTC());
          ModelKeyExchange modelKey =
              new ModelKeyExchange(
                  evidence, setup.identity(), endpoint.receiptKey(), setup.model())) {
        new WorkerLoop(pipe, endpoint, setup, modelKey).run();
      }
      return 0;
    } catch (AttestationException | EnclaveException | IOException e) {
      return refuse(pipe, String.valueOf(e.getMessage()));
    } catch (LinkageError e) {
      return refuse(pipe, "a library or class cannot be loaded: " + e + ", " + e.getCause());
    } catch (RuntimeException e) {
      // Its message may tell of an input.
      return refuse(pipe, "a defect: " + e.getClass().getName() + " at " + e.getStackTrace()[0]);
    }
  }

  private static int refuse(MessagePipe pipe, String reason) {
    try {
      pipe.refuse(reason);
    } catch (IOException e) {
      // The host is gone: nobody is left to tell.
    }
    return REFUSED;
  }
}
