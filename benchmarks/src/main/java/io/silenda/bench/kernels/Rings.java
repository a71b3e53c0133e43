package io.silenda.bench.kernels;

import java.util.LinkedHashMap;
import java.util.Map;

/** How a ring is written in a report. */
final class Rings {
  private Rings() {}

  static Map<String, Object> parameters(Preset preset) {
    Map<String, Object> parameters = new LinkedHashMap<>();
    parameters.put("degree", preset.parameters().polyModulusDegree());
    parameters.put("data_primes", preset.parameters().dataPrimeBits().size());
    return parameters;
  }
}
