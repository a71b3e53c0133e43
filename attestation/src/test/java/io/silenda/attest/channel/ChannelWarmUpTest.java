package io.silenda.attest.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import org.junit.jupiter.api.Test;

class ChannelWarmUpTest {
  private static final String NAME = "silenda-channel-warm-up";

  @Test
  void whatItSealsOpens() {
    assertThatCode(ChannelWarmUp::exchangeBodies).doesNotThrowAnyException();
  }

  @Test
  void itRunsOnceAndKeepsNoProcessAlive() {
    ChannelWarmUp.inBackground();
    ChannelWarmUp.inBackground();
    assertThat(Thread.getAllStackTraces().keySet().stream().filter(t -> t.getName().equals(NAME)))
        .hasSizeLessThanOrEqualTo(1)
        .allMatch(Thread::isDaemon);
  }
}
