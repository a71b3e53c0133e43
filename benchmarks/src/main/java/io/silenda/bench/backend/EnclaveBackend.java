package io.silenda.bench.backend;

import io.silenda.infer.Guarantee;
import io.silenda.infer.enclave.EnclaveAnswer;
import io.silenda.infer.tensor.Tensor;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A measured worker process behind an attested channel, over loopback HTTP. Its evidence is
 * SIMULATED: this is what the channel and the process cost, not what hardware adds.
 */
final class EnclaveBackend implements Backend {

  @Override
  public String name() {
    return "enclave (SIMULATED)";
  }

  @Override
  public Session open(Subject subject) throws Exception {
    return new Open(new EnclaveService(Path.of(subject.model())));
  }

  private record Open(EnclaveService service) implements Session {
    private static final double NANOS_PER_MILLI = 1e6;

    @Override
    public Setup setup() {
      return new Setup(
          "SIMULATED evidence", 0, 0, "the worker's process", true, Guarantee.simulatedEnclave());
    }

    @Override
    public Exchange answer(Tensor rows) throws Exception {
      EnclaveAnswer answer = service.infer(rows);
      Map<String, Double> phases = new LinkedHashMap<>();
      phases.put("client: seal", answer.sealMillis() * NANOS_PER_MILLI);
      phases.put("host and worker: round trip", answer.roundTripMillis() * NANOS_PER_MILLI);
      phases.put("client: open", answer.openMillis() * NANOS_PER_MILLI);
      return Exchange.of(answer.output(), phases, answer.requestBytes(), answer.responseBytes());
    }

    @Override
    public long otherPeakResidentBytes() {
      return ChildMemory.peakResidentBytes();
    }

    @Override
    public void close() {
      service.close();
    }
  }
}
