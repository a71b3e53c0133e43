package io.silenda.bench.backend;

import java.util.List;

/** All backends, by name. */
public final class Backends {
  /** What the others are compared with. */
  public static final String BASELINE = "plain";

  private static final List<Backend> ALL =
      List.of(
          new PlainBackend(),
          new SimulateBackend(),
          EncryptedBackend.ofThreads(1),
          EncryptedBackend.ofThreads(2),
          new EnclaveBackend(),
          new OutsourcedBackend());

  private Backends() {}

  /** In the order of reports, the baseline first. */
  public static List<Backend> all() {
    return ALL;
  }

  /**
   * The backend of a name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Backend named(String name) {
    return ALL.stream()
        .filter(backend -> backend.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("backend " + name + " is not known"));
  }
}
