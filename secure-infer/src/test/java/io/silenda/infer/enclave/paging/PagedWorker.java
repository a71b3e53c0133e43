package io.silenda.infer.enclave.paging;

import io.silenda.attest.sealed.ModelKey;
import io.silenda.infer.tensor.Tensor;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Path;

/**
 * A process that runs one paged model: takes the key on standard input; prints the most bytes that
 * were ever resident, then the output's values.
 */
final class PagedWorker {
  private PagedWorker() {}

  /** Arguments: container, cap in bytes, rows, width. */
  public static void main(String[] arguments) throws Exception {
    try (ModelKey key = ModelKey.of(System.in.readNBytes(ModelKey.SIZE_BYTES));
        PagedModel model =
            PagedModel.open(Path.of(arguments[0]), key, Long.parseLong(arguments[1]))) {
      int rows = Integer.parseInt(arguments[2]);
      int width = Integer.parseInt(arguments[3]);
      write(model.run(PagedModelTest.rows(rows, width)));
    }
  }

  private static void write(Tensor output) throws IOException {
    DataOutputStream out = new DataOutputStream(System.out);
    out.writeLong(ResidentMemory.peakBytes());
    for (float value : output.values()) {
      out.writeFloat(value);
    }
    out.flush();
  }
}
