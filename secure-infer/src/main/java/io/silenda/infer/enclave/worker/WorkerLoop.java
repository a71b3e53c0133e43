package io.silenda.infer.enclave.worker;

import io.silenda.attest.AttestationException;
import io.silenda.attest.channel.AttestedEndpoint;
import io.silenda.attest.channel.OpenedRequest;
import io.silenda.infer.enclave.Content;
import io.silenda.infer.enclave.EnclaveException;
import io.silenda.infer.enclave.TensorContent;
import io.silenda.infer.enclave.pipe.Message;
import io.silenda.infer.enclave.pipe.MessagePipe;
import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;

/**
 * Answers messages one after the other. What the host gets to see of a failure is a code; what the
 * client gets to see is sealed.
 */
final class WorkerLoop {
  private static final int OVER_CAP = 3;

  private final MessagePipe pipe;
  private final AttestedEndpoint endpoint;
  private final WorkerSetup setup;
  private final ModelKeyExchange modelKey;

  WorkerLoop(
      MessagePipe pipe, AttestedEndpoint endpoint, WorkerSetup setup, ModelKeyExchange modelKey) {
    this.pipe = pipe;
    this.endpoint = endpoint;
    this.setup = setup;
    this.modelKey = modelKey;
  }

  /** Returns when the host closes the pipe. */
  void run() throws IOException {
    while (true) {
      Message message;
      try {
        message = pipe.read();
      } catch (EOFException e) {
        return;
      }
      answer(message);
    }
  }

  private void answer(Message message) throws IOException {
    try {
      switch (message.kind()) {
        case ATTEST -> pipe.write(Message.Kind.ATTEST, endpoint.introduce(message.body()));
        case SEALED -> pipe.write(Message.Kind.SEALED, sealed(message.body()));
        case KEY_REQUEST -> pipe.write(Message.Kind.KEY_REQUEST, modelKey.request());
        case KEY_CHALLENGE ->
            pipe.write(Message.Kind.KEY_CHALLENGE, modelKey.attest(message.body()));
        case KEY_RESPONSE -> {
          modelKey.complete(message.body());
          pipe.write(Message.Kind.KEY_RESPONSE, new byte[0]);
        }
        default -> pipe.refuse("unexpected-message");
      }
    } catch (AttestationException e) {
      pipe.refuse(e.reason().code());
    } catch (EnclaveException e) {
      endIfOverCap(e);
      // Of the model's container only; the content of requests does not get here.
      pipe.refuse(String.valueOf(e.getMessage()));
    }
  }

  private byte[] sealed(byte[] request) throws AttestationException {
    try (OpenedRequest opened = endpoint.open(request)) {
      byte[] content = opened.readContent();
      try {
        return opened.sealAnswer(content(content).encode());
      } finally {
        Arrays.fill(content, (byte) 0);
      }
    }
  }

  private Content content(byte[] bytes) {
    try {
      Content request = Content.decode(bytes);
      return switch (request.kind()) {
        case DESCRIPTION -> new Content(Content.Kind.DESCRIPTION, setup.description().bytes());
        case TENSOR ->
            new Content(
                Content.Kind.TENSOR,
                TensorContent.encode(setup.model().run(TensorContent.decode(request.body()))));
        case MODEL_HEADER ->
            new Content(Content.Kind.MODEL_HEADER, setup.model().header().encode());
        case REFUSED -> Content.refused("a request was expected");
      };
    } catch (EnclaveException e) {
      endIfOverCap(e);
      return Content.refused(String.valueOf(e.getMessage()));
    }
  }

  /** The peak stays what it was: a worker that had too much once is of no more use. */
  private static void endIfOverCap(EnclaveException failure) {
    if (failure.reason() == EnclaveException.Reason.MEMORY_CAP) {
      System.err.println(failure.getMessage());
      Runtime.getRuntime().halt(OVER_CAP);
    }
  }
}
