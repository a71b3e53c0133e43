package io.silenda.bench.jmh;

import io.silenda.infer.enclave.TensorContent;
import io.silenda.infer.enclave.pipe.Message;
import io.silenda.infer.enclave.pipe.MessagePipe;
import io.silenda.infer.enclave.worker.RuntimeModel;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.nio.file.Path;

/** ONNX Runtime behind the same pipe as a measured worker, without any protection. */
final class PlainWorkerMain {
  private PlainWorkerMain() {}

  /** Answers until its input ends; the argument is the model. */
  public static void main(String[] arguments) throws Exception {
    MessagePipe pipe =
        new MessagePipe(
            new BufferedInputStream(new FileInputStream(FileDescriptor.in)),
            new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), 1 << 16));
    try (RuntimeModel model = RuntimeModel.open(Path.of(arguments[0]))) {
      while (true) {
        byte[] rows = pipe.read().body();
        pipe.write(
            Message.Kind.SEALED, TensorContent.encode(model.run(TensorContent.decode(rows))));
      }
    } catch (EOFException e) {
      return;
    }
  }
}
