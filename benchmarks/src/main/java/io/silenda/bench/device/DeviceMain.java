package io.silenda.bench.device;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.silenda.bench.device.ServerMain.FloatBytes;
import io.silenda.bench.machine.ProcessMemory;
import io.silenda.infer.Client;
import io.silenda.infer.PrivateModel;
import io.silenda.infer.Progress;
import io.silenda.infer.RequestTicket;
import io.silenda.infer.bundle.Bundles;
import io.silenda.infer.plain.PlainModel;
import io.silenda.infer.tensor.NpyFormatException;
import io.silenda.infer.tensor.Tensor;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The device's process: a task on its input, a result on its output. */
public final class DeviceMain {
  private final DeviceTask task;
  private final Tensor rows;

  private DeviceMain(DeviceTask task) throws IOException {
    this.task = task;
    try {
      this.rows = task.subject().readRows();
    } catch (NpyFormatException e) {
      throw new IOException(e);
    }
  }

  /** Runs one task. */
  public static void main(String[] arguments) throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    DeviceTask task = mapper.readValue(System.in, DeviceTask.class);
    DeviceResult result;
    try {
      result = new DeviceMain(task).run();
    } catch (Exception e) {
      result = DeviceResult.failed(e.toString().lines().findFirst().orElse(""));
    }
    System.out.println(mapper.writeValueAsString(result));
  }

  private DeviceResult run() throws Exception {
    return switch (task.architecture()) {
      case ON_DEVICE -> onDevice();
      case PLAIN_OFFLOAD -> plainOffload();
      case ENCRYPTED_OFFLOAD -> encryptedOffload();
    };
  }

  private interface Request {
    void answer(Tensor row) throws Exception;
  }

  /** The first request warms up and is not kept. */
  private List<Double> measure(Request request) throws Exception {
    List<Double> nanos = new ArrayList<>();
    for (int i = 0; i <= task.requests(); i++) {
      Tensor row = rows.rows(i % rows.rows(), i % rows.rows() + 1);
      long start = System.nanoTime();
      request.answer(row);
      if (i > 0) {
        nanos.add((double) (System.nanoTime() - start));
      }
    }
    return nanos;
  }

  private DeviceResult onDevice() throws Exception {
    long start = System.nanoTime();
    Path file = Path.of(task.subject().model());
    PrivateModel model = PrivateModel.fromOnnx(file);
    try (PlainModel plain = PlainModel.open(file, model.graph())) {
      double setup = System.nanoTime() - start;
      List<Double> nanos = measure(row -> plain.run(model.conform(row)));
      return new DeviceResult("", nanos, setup, 0, 0, 0, ProcessMemory.peakResidentBytes());
    }
  }

  private DeviceResult plainOffload() throws Exception {
    long start = System.nanoTime();
    try (EmulatedLink link = connect()) {
      double setup = System.nanoTime() - start;
      List<Double> nanos =
          measure(
              row -> {
                link.send(FloatBytes.of(row.values()));
                link.receive();
              });
      return result(link, nanos, setup, 0, 0);
    }
  }

  private DeviceResult encryptedOffload() throws Exception {
    long start = System.nanoTime();
    try (EmulatedLink link = connect();
        Client client = client(link.receive())) {
      ByteArrayOutputStream keys = new ByteArrayOutputStream();
      client.writeEvaluationKeys(keys);
      link.send(keys.toByteArray());
      link.receive();
      double setup = System.nanoTime() - start;
      long sent = link.sentBytes();
      long received = link.receivedBytes();
      List<Double> nanos = measure(row -> ask(link, client, row));
      return result(link, nanos, setup, sent, received);
    }
  }

  private static void ask(EmulatedLink link, Client client, Tensor row) throws Exception {
    ByteArrayOutputStream request = new ByteArrayOutputStream();
    RequestTicket ticket = client.encrypt(row, request, Progress.NONE);
    link.send(request.toByteArray());
    client.decrypt(new ByteArrayInputStream(link.receive()), ticket, Progress.NONE);
  }

  private static Client client(byte[] bundle) throws Exception {
    Path file = Files.createTempFile("silenda-", ".bundle");
    try {
      Files.write(file, bundle);
      return Client.create(Bundles.readClient(file));
    } finally {
      Files.delete(file);
    }
  }

  private EmulatedLink connect() throws IOException {
    return new EmulatedLink(
        new Socket(InetAddress.getLoopbackAddress(), task.port()), task.profile());
  }

  private DeviceResult result(
      EmulatedLink link, List<Double> nanos, double setupNanos, long sentBefore, long gotBefore) {
    int requests = nanos.size() + 1;
    return new DeviceResult(
        "",
        nanos,
        setupNanos,
        (link.sentBytes() - sentBefore) / requests,
        (link.receivedBytes() - gotBefore) / requests,
        sentBefore + gotBefore,
        ProcessMemory.peakResidentBytes());
  }
}
