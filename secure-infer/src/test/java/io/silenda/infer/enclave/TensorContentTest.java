package io.silenda.infer.enclave;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.silenda.infer.tensor.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TensorContentTest {
  private static final Tensor TENSOR = Tensor.of(new int[] {2, 3}, new float[] {1, 2, 3, 4, 5, -6});

  @Test
  void aTensorIsReadAsItWasWritten() throws EnclaveException {
    byte[] bytes = TensorContent.encode(TENSOR);
    assertThat(bytes).hasSize(4 + 1 + 2 * 4 + 6 * 4).startsWith('S', 'L', 'T', '1', 2, 2, 0);
    assertThat(TensorContent.decode(bytes)).isEqualTo(TENSOR);
  }

  @Test
  void everyOtherLengthIsRefused() {
    byte[] bytes = TensorContent.encode(TENSOR);
    for (int length = 0; length < bytes.length; length++) {
      refused(Arrays.copyOf(bytes, length));
    }
    refused(Arrays.copyOf(bytes, bytes.length + 1));
  }

  @Test
  void sizesThatLieAreRefusedBeforeMemoryIsTaken() {
    for (int[] shape :
        new int[][] {
          {Integer.MAX_VALUE, Integer.MAX_VALUE},
          {0, 3},
          {-2, -3},
          {3, 3},
          {1 << 16, 1 << 16},
          {1, Integer.MIN_VALUE}
        }) {
      ByteBuffer bytes =
          ByteBuffer.wrap(TensorContent.encode(TENSOR)).order(ByteOrder.LITTLE_ENDIAN);
      bytes.putInt(5, shape[0]).putInt(9, shape[1]);
      refused(bytes.array());
    }
    byte[] axes = TensorContent.encode(TENSOR);
    for (byte count : new byte[] {0, 1, 3, 9, -1, 127}) {
      axes[4] = count;
      refused(axes);
    }
  }

  @Test
  void randomBytesAreRefusedOrATensor() {
    long seed = 20_261_121;
    Random random = new Random(seed);
    byte[] valid = TensorContent.encode(TENSOR);
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = valid.clone();
      bytes[random.nextInt(13)] = (byte) random.nextInt();
      try {
        assertThat(TensorContent.decode(bytes).values()).as("seed %d", seed).hasSize(6);
      } catch (EnclaveException e) {
        assertThat(e.reason()).isEqualTo(EnclaveException.Reason.BAD_TENSOR);
      }
    }
  }

  @Test
  void contentHasAKindThatIsKnown() throws EnclaveException {
    Content content = new Content(Content.Kind.TENSOR, new byte[] {7});
    assertThat(Content.decode(content.encode()).kind()).isEqualTo(Content.Kind.TENSOR);
    assertThat(Content.decode(content.encode()).body()).containsExactly(7);
    for (byte[] bytes : new byte[][] {{}, {4}, {-1}}) {
      assertThatThrownBy(() -> Content.decode(bytes)).isInstanceOf(EnclaveException.class);
    }
  }

  private static void refused(byte[] bytes) {
    assertThatThrownBy(() -> TensorContent.decode(bytes))
        .isInstanceOfSatisfying(
            EnclaveException.class,
            e -> assertThat(e.reason()).isEqualTo(EnclaveException.Reason.BAD_TENSOR));
  }
}
