package io.silenda.bench.jmh;

import io.silenda.dp.mechanism.NoiseSource;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A secure source of noise for one trial. */
@State(Scope.Thread)
public class SecureNoise {
  @SuppressWarnings("NullAway.Init") // set up before each trial
  private NoiseSource source;

  /** Draws a key. */
  @Setup(Level.Trial)
  public void open() {
    source = NoiseSource.secure();
  }

  /** Wipes it. */
  @TearDown(Level.Trial)
  public void close() {
    source.close();
  }

  NoiseSource source() {
    return source;
  }
}
