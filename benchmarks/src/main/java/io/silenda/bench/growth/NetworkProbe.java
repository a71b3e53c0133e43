package io.silenda.bench.growth;

import io.silenda.bench.backend.EncryptedBackend;
import io.silenda.bench.backend.Exchange;
import io.silenda.bench.backend.Session;
import io.silenda.bench.backend.Subject;
import io.silenda.infer.tensor.Tensor;

/** Requests to an encrypted network. */
final class NetworkProbe implements Probe {
  private final double x;
  private final Session session;
  private final Tensor rows;

  private NetworkProbe(double x, Session session, Tensor rows) {
    this.x = x;
    this.session = session;
    this.rows = rows;
  }

  /**
   * A network with rows to ask.
   *
   * @param rows how many in a request; the subject's start anew after the last
   */
  static NetworkProbe open(double x, EncryptedBackend backend, Subject subject, int rows)
      throws Exception {
    return new NetworkProbe(x, backend.open(subject), repeated(subject.readRows(), rows));
  }

  private static Tensor repeated(Tensor all, int count) {
    int size = all.rowSize();
    float[] values = new float[Math.multiplyExact(count, size)];
    for (int row = 0; row < count; row++) {
      System.arraycopy(all.row(row % all.rows()), 0, values, row * size, size);
    }
    return Tensor.of(new int[] {count, size}, values);
  }

  @Override
  public double x() {
    return x;
  }

  @Override
  public String label() {
    return session.setup().parameters();
  }

  /** The whole request; of a server alone where the axis is its own. */
  @Override
  public double nanos() throws Exception {
    Exchange exchange = session.answer(rows);
    return exchange.nanos();
  }

  @Override
  public void close() {
    session.close();
  }
}
