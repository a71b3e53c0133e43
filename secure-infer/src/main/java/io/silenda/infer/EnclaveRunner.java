package io.silenda.infer;

import io.silenda.infer.enclave.EnclaveAnswer;
import io.silenda.infer.enclave.EnclaveClient;
import io.silenda.infer.enclave.EnclaveException;
import io.silenda.infer.enclave.ExecutionPolicy;
import io.silenda.infer.enclave.worker.RowModel;
import io.silenda.infer.tensor.Tensor;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** Runs rows in a worker, beside ONNX Runtime in this process. Not thread-safe. */
public final class EnclaveRunner {
  private static final int ROWS_A_REQUEST = 64;

  private final EnclaveClient client;
  private final RowModel plain;
  private final ExecutionPolicy execution;

  /**
   * Prepares runs.
   *
   * @param client a session with a worker; stays the caller's to close
   * @param plain the same model in this process: the baseline; stays the caller's to close
   * @param execution how the worker computes
   */
  public EnclaveRunner(EnclaveClient client, RowModel plain, ExecutionPolicy execution) {
    this.client = client;
    this.plain = plain;
    this.execution = execution;
  }

  /**
   * What a run gave.
   *
   * @param report times, sizes and answers
   * @param receipts the receipt of every request with the evidence behind it
   */
  public record Result(InferenceReport report, List<byte[]> receipts) {
    /** Copies the list. */
    public Result {
      receipts = List.copyOf(receipts);
    }
  }

  /**
   * Seals the rows, request by request, and compares the answers with ONNX Runtime's.
   *
   * @param rowsARequest 0 for as many as are usual
   * @param setupMillis what it took to start and attest the worker
   * @throws EnclaveException if the worker cannot compute them or its answer is refused
   */
  public Result run(Tensor rows, int rowsARequest, double setupMillis) throws EnclaveException {
    int size = rowsARequest == 0 ? ROWS_A_REQUEST : rowsARequest;
    List<EnclaveAnswer> answers = new ArrayList<>();
    for (int from = 0; from < rows.rows(); from += size) {
      answers.add(client.infer(rows.rows(from, Math.min(from + size, rows.rows()))));
    }
    Tensor output = joined(answers, rows.rows());
    Tensor whole = plain.run(rows);
    Tensor expected = execution.tail().isPresent() ? execution.tail().get().apply(whole) : whole;
    InferenceReport report = report(answers, output, expected, setupMillis);
    return new Result(report, answers.stream().map(EnclaveAnswer::receiptBundle).toList());
  }

  private InferenceReport report(
      List<EnclaveAnswer> answers, Tensor output, Tensor expected, double setupMillis) {
    boolean simulated = client.verdict().simulated();
    return new InferenceReport(
        Mode.ENCLAVE,
        output,
        Agreement.argmax(output, expected),
        Agreement.maxAbsError(output, expected),
        answers.stream().mapToDouble(EnclaveAnswer::sealMillis).sum(),
        answers.stream().map(EnclaveAnswer::roundTripMillis).toList(),
        0,
        answers.stream().mapToDouble(EnclaveAnswer::openMillis).sum(),
        setupMillis,
        answers.get(0).requestBytes(),
        answers.get(0).responseBytes(),
        0,
        (simulated ? "SIMULATED worker " : client.verdict().format() + ", worker ")
            + HexFormat.of().formatHex(client.worker().workerDigest()),
        (simulated ? Guarantee.simulatedEnclave() : Guarantee.of(Mode.ENCLAVE)).with(execution),
        List.of(),
        0,
        List.of(),
        List.of(),
        Optional.empty());
  }

  private static Tensor joined(List<EnclaveAnswer> answers, int rows) throws EnclaveException {
    int columns = answers.get(0).output().rowSize();
    float[] values = new float[Math.multiplyExact(rows, columns)];
    int filled = 0;
    for (EnclaveAnswer answer : answers) {
      float[] part = answer.output().values();
      if (answer.output().rowSize() != columns || filled + part.length > values.length) {
        throw misshapen();
      }
      System.arraycopy(part, 0, values, filled, part.length);
      filled += part.length;
    }
    if (filled < values.length) {
      throw misshapen();
    }
    return Tensor.of(new int[] {rows, columns}, values);
  }

  private static EnclaveException misshapen() {
    return new EnclaveException(
        EnclaveException.Reason.ANSWER_REFUSED, "answers of another shape than the rows");
  }
}
