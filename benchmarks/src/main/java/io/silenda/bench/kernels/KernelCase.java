package io.silenda.bench.kernels;

import io.silenda.bench.measure.Timed;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * One operation on two implementations, checked to give the same.
 *
 * @param operation what is done
 * @param parameters in which ring, at which sizes
 * @param baseline SEAL's
 * @param own ours
 * @param work what ours must move and multiply; empty where it was not counted
 */
record KernelCase(
    String operation,
    Map<String, Object> parameters,
    Timed baseline,
    Timed own,
    Optional<Work> work) {

  KernelCase {
    parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
  }
}
