package io.silenda.attest.sealed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.silenda.attest.AttestationException;
import io.silenda.attest.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LastSeenHeadTest {
  @TempDir Path folder;

  private final ModelKey key = ModelKey.generate();

  /** Versions 1 to 4 of one model. */
  private final List<SealedHeader> versions = new ArrayList<>();

  private Path file = Path.of("");

  @BeforeEach
  void sealVersions() throws IOException {
    file = folder.resolve("head");
    ModelHead head = ModelHead.NONE;
    for (int version = 1; version <= 4; version++) {
      SealedHeader header = seal("model" + version, head, version);
      assertThat(header.modelVersion()).isEqualTo(version);
      versions.add(header);
      head = header.head();
    }
  }

  @Test
  void nothingIsAcceptedBeforeAHeadIsEnrolled() throws Exception {
    LastSeenHead memory = LastSeenHead.at(file);
    assertThat(memory.current()).isEmpty();
    assertThat(refusal(memory, versions.get(0))).isEqualTo(Reason.MODEL_HEAD_UNKNOWN);
    memory.enroll(ModelHead.NONE);
    assertThat(memory.accept(List.of(versions.get(0)))).isEqualTo(versions.get(0).head());
  }

  @Test
  void theSameAndTheNextAreAcceptedAndOlderOnesNoMore() throws Exception {
    LastSeenHead memory = enrolled(1);
    memory.accept(List.of(versions.get(0)));
    memory.accept(List.of(versions.get(1)));
    assertThat(memory.current()).contains(versions.get(1).head());
    assertThat(refusal(memory, versions.get(0))).isEqualTo(Reason.MODEL_ROLLED_BACK);
    assertThat(refusal(LastSeenHead.at(file), versions.get(0)))
        .as("after a restart")
        .isEqualTo(Reason.MODEL_ROLLED_BACK);
  }

  @Test
  void aGapNeedsTheHeadersBetween() throws Exception {
    LastSeenHead memory = enrolled(1);
    assertThat(refusal(memory, versions.get(3))).isEqualTo(Reason.MODEL_SWAPPED);
    assertThat(refusal(memory, versions.get(1), versions.get(3))).isEqualTo(Reason.MODEL_SWAPPED);
    assertThat(refusal(memory, versions.get(2), versions.get(1), versions.get(3)))
        .isEqualTo(Reason.MODEL_SWAPPED);
    assertThat(memory.current()).contains(versions.get(0).head());
    memory.accept(versions);
    assertThat(memory.current()).contains(versions.get(3).head());
  }

  @Test
  void anotherModelOfTheSameOrTheNextVersionIsRefused() throws Exception {
    LastSeenHead memory = enrolled(2);
    SealedHeader sameVersion = seal("fork", versions.get(0).head(), 99);
    SealedHeader afterFork = seal("after-fork", sameVersion.head(), 100);
    assertThat(refusal(memory, sameVersion)).isEqualTo(Reason.MODEL_SWAPPED);
    assertThat(refusal(memory, afterFork)).isEqualTo(Reason.MODEL_SWAPPED);
    assertThat(refusal(memory, sameVersion, afterFork)).isEqualTo(Reason.MODEL_SWAPPED);
  }

  @Test
  void aFlippedBitInAHeaderBreaksTheChain() throws Exception {
    LastSeenHead memory = enrolled(1);
    byte[] bytes = versions.get(1).encode();
    for (int at : new int[] {60, 70, 100, 140}) {
      byte[] altered = bytes.clone();
      altered[at] ^= 1;
      assertThat(refusal(memory, SealedHeader.parse(altered), versions.get(2)))
          .as("byte %d", at)
          .isEqualTo(Reason.MODEL_SWAPPED);
    }
  }

  @Test
  void aDamagedFileIsRefused() throws Exception {
    LastSeenHead memory = enrolled(3);
    byte[] bytes = Files.readAllBytes(file);
    for (int at = 0; at < bytes.length; at++) {
      byte[] altered = bytes.clone();
      altered[at] ^= 4;
      Files.write(file, altered);
      assertThat(refusal(memory, versions.get(3)))
          .as("byte %d", at)
          .isEqualTo(Reason.STORE_CORRUPT);
    }
    Files.write(file, new byte[] {1});
    assertThat(refusal(memory, versions.get(3))).isEqualTo(Reason.STORE_CORRUPT);
  }

  @Test
  void theFileIsItsOwnersAlone() throws Exception {
    enrolled(1);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void aSecondHeadIsNotEnrolled() throws Exception {
    LastSeenHead memory = enrolled(2);
    memory.enroll(versions.get(1).head());
    assertThat(
            catchThrowableOfType(
                    AttestationException.class, () -> memory.enroll(versions.get(0).head()))
                .reason())
        .isEqualTo(Reason.MODEL_SWAPPED);
  }

  private LastSeenHead enrolled(int version) throws Exception {
    LastSeenHead memory = LastSeenHead.at(file);
    memory.enroll(versions.get(version - 1).head());
    return memory;
  }

  private static Reason refusal(LastSeenHead memory, SealedHeader... headers) {
    return catchThrowableOfType(AttestationException.class, () -> memory.accept(List.of(headers)))
        .reason();
  }

  private SealedHeader seal(String name, ModelHead previous, int content) throws IOException {
    Path target = folder.resolve(name);
    try (SealedModelWriter out =
        SealedModelWriter.open(target, key, previous, SealedHeader.MIN_CHUNK_BYTES)) {
      out.write(content);
      return out.finish();
    }
  }
}
