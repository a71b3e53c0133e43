package io.silenda.attest.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.silenda.attest.AttestationException;
import io.silenda.attest.Claims;
import io.silenda.attest.Reason;
import io.silenda.attest.Tee;
import io.silenda.attest.policy.Allowed;
import io.silenda.attest.policy.Policy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EndorsementStoreTest {
  private static final Instant NOW = Instant.parse("2026-01-15T00:00:00Z");
  private static final Duration DAY = Duration.ofDays(1);
  private static final byte[] CONTENT = {1, 2, 3};

  @TempDir Path folder;
  private EndorsementStore store;

  @BeforeEach
  void open() throws Exception {
    store = new EndorsementStore(folder);
  }

  @Test
  void whatWasPutIsFoundUntilItExpires() throws Exception {
    store.put("pck-crl", CONTENT, NOW.plus(DAY));
    assertThat(new EndorsementStore(folder).get("pck-crl", NOW)).contains(CONTENT);
    assertThat(store.get("pck-crl", NOW.plus(DAY))).isEmpty();
    assertThat(store.get("root-crl", NOW)).isEmpty();
  }

  @Test
  void filesCanBePut() throws Exception {
    Path file = Files.write(folder.resolve("crl.der"), CONTENT);
    store.putFile("crl", file, NOW.plus(DAY));
    assertThat(store.get("crl", NOW)).contains(CONTENT);
  }

  @Test
  void oneContentIsStoredOnce() throws Exception {
    assertThat(store.put("a", CONTENT, NOW)).isEqualTo(store.put("b", CONTENT, NOW));
    try (var files = Files.list(folder.resolve("contents"))) {
      assertThat(files).hasSize(1);
    }
  }

  @Test
  void aFlippedBitIsFound() throws Exception {
    String digest = store.put("pck-crl", CONTENT, NOW.plus(DAY));
    Files.write(folder.resolve("contents").resolve(digest), new byte[] {1, 2, 2});
    assertThatThrownBy(() -> store.get("pck-crl", NOW))
        .isInstanceOfSatisfying(
            AttestationException.class,
            e -> assertThat(e.reason()).isEqualTo(Reason.STORE_CORRUPT));
    Files.delete(folder.resolve("contents").resolve(digest));
    assertThatThrownBy(() -> store.get("pck-crl", NOW)).isInstanceOf(AttestationException.class);
  }

  @Test
  void nothingIsFetchedUnlessASourceIsGiven() throws Exception {
    assertThat(store.getOrFetch("crl", NOW, DAY)).isEmpty();
    AtomicInteger fetches = new AtomicInteger();
    EndorsementStore online =
        new EndorsementStore(
            folder,
            name -> {
              fetches.incrementAndGet();
              return Optional.of(CONTENT);
            });
    assertThat(online.getOrFetch("crl", NOW, DAY)).contains(CONTENT);
    assertThat(online.getOrFetch("crl", NOW, DAY)).contains(CONTENT);
    assertThat(fetches).hasValue(1);
    assertThat(online.getOrFetch("crl", NOW.plus(DAY), DAY)).contains(CONTENT);
    assertThat(fetches).hasValue(2);
  }

  @Test
  void theHighestEvaluationNumberIsRemembered() throws Exception {
    EvaluationMemory memory = new EvaluationMemory(store);
    Policy policy = Policy.accepting(Allowed.of("tdx")).evaluationFloor(3).build();
    assertThat(memory.raiseFloor(policy)).isEqualTo(policy);
    memory.remember(claims(17));
    memory.remember(claims(16));
    assertThat(new EvaluationMemory(store).raiseFloor(policy).evaluationFloor()).hasValue(17);
    assertThat(memory.raiseFloor(policy.toBuilder().evaluationFloor(18).build()).evaluationFloor())
        .hasValue(18);
  }

  private static Claims claims(long number) {
    return Claims.builder(Tee.TDX, "tdx-quote-v4").tcbEvaluationDataNumber(number).build();
  }
}
