package io.silenda.bench.device;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.silenda.he.ComputePool;
import io.silenda.he.wire.ServerKeys;
import io.silenda.infer.CompileOptions;
import io.silenda.infer.CompiledModel;
import io.silenda.infer.PrivateModel;
import io.silenda.infer.Progress;
import io.silenda.infer.Server;
import io.silenda.infer.bundle.Bundles;
import io.silenda.infer.plain.PlainModel;
import io.silenda.infer.tensor.Tensor;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The server's process: a task on the first line of its input; prints its port, and serves one
 * device after the other on the loopback address until its input ends.
 */
public final class ServerMain {
  private final DeviceTask task;
  private final PrivateModel model;

  private ServerMain(DeviceTask task) throws Exception {
    this.task = task;
    this.model = task.subject().readModel();
  }

  /** Runs until its input ends. */
  public static void main(String[] arguments) throws Exception {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    DeviceTask task = new ObjectMapper().readValue(in.readLine(), DeviceTask.class);
    Thread watch = new Thread(() -> exitAtEnd(in), "end of input");
    watch.setDaemon(true);
    watch.start();
    new ServerMain(task).run();
  }

  private static void exitAtEnd(BufferedReader in) {
    try {
      while (in.readLine() != null) {
        // Nothing more is said.
      }
    } catch (IOException e) {
      System.err.println(e.getMessage());
    }
    Runtime.getRuntime().halt(0);
  }

  private void run() throws Exception {
    if (task.architecture() == Architecture.ENCRYPTED_OFFLOAD) {
      CompiledModel compiled = model.compile(CompileOptions.automatic().withBatch(1));
      byte[] bundle = clientBundle(compiled);
      try (Server server = new Server(compiled.serverBundle())) {
        serve(link -> encrypted(link, server, bundle));
      }
    } else {
      try (PlainModel plain = PlainModel.open(Path.of(task.subject().model()), model.graph())) {
        serve(link -> plain(link, plain));
      }
    }
  }

  private interface Handler {
    void handle(EmulatedLink link) throws Exception;
  }

  private void serve(Handler handler) throws Exception {
    try (ServerSocket listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      System.out.println(listening.getLocalPort());
      System.out.flush();
      while (true) {
        try (EmulatedLink link = new EmulatedLink(listening.accept(), DeviceProfile.unlimited())) {
          handler.handle(link);
        } catch (EOFException e) {
          // This device has no more to ask.
        }
      }
    }
  }

  private static byte[] clientBundle(CompiledModel compiled) throws IOException {
    Path file = Files.createTempFile("silenda-", ".bundle");
    try {
      Bundles.write(file, compiled.clientBundle());
      return Files.readAllBytes(file);
    } finally {
      Files.delete(file);
    }
  }

  private static void encrypted(EmulatedLink link, Server server, byte[] bundle) throws Exception {
    link.send(bundle);
    try (ServerKeys keys = server.readKeys(new ByteArrayInputStream(link.receive()));
        ComputePool pool = ComputePool.ofThreads(1)) {
      link.send(new byte[0]);
      while (true) {
        byte[] request = link.receive();
        ByteArrayOutputStream response = new ByteArrayOutputStream();
        server.answer(new ByteArrayInputStream(request), keys, response, pool, Progress.NONE);
        link.send(response.toByteArray());
      }
    }
  }

  private void plain(EmulatedLink link, PlainModel plain) throws Exception {
    while (true) {
      Tensor row = FloatBytes.row(link.receive());
      link.send(FloatBytes.of(plain.run(model.conform(row)).firstFloatOutput().values()));
    }
  }

  /** Rows as they travel in the clear. */
  static final class FloatBytes {
    private FloatBytes() {}

    static byte[] of(float[] values) {
      ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * values.length);
      bytes.asFloatBuffer().put(values);
      return bytes.array();
    }

    static Tensor row(byte[] bytes) {
      float[] values = new float[bytes.length / Float.BYTES];
      ByteBuffer.wrap(bytes).asFloatBuffer().get(values);
      return Tensor.of(new int[] {1, values.length}, values);
    }
  }
}
