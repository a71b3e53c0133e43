package io.silenda.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.silenda.bench.machine.ProcessMemory;
import io.silenda.infer.CompilationReport;
import io.silenda.infer.Guarantee;
import io.silenda.infer.InferenceReport;
import io.silenda.infer.LayerReport;
import io.silenda.infer.Mode;
import io.silenda.infer.SecurityReport;
import io.silenda.infer.approx.ActivationReport;
import io.silenda.infer.simulate.LayerTrace;
import io.silenda.infer.tensor.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The JSON objects that commands print. */
final class Json {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private Json() {}

  /** One object on one line. */
  static String line(Object value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("value has no JSON form", e);
    }
  }

  /** The members of {@code infer}; without {@code output} where that goes to a file. */
  static Map<String, Object> report(InferenceReport report, boolean withOutput) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("mode", report.mode().name().toLowerCase(Locale.ROOT));
    json.put("rows", report.rows());
    if (withOutput) {
      json.put("output", rows(report.output()));
    }
    json.put("argmax_agreement", report.argmaxAgreement());
    json.put("max_abs_error_vs_plain", report.maxAbsErrorVsPlain());
    json.put("client_encrypt_ms", report.clientEncryptMillis());
    json.put("server_compute_ms", report.serverComputeMillis());
    if (report.predictedComputeMillis() > 0) {
      json.put("predicted_compute_ms", report.predictedComputeMillis());
    }
    json.put("client_decrypt_ms", report.clientDecryptMillis());
    json.put("setup_ms", report.setupMillis());
    json.put("request_bytes", report.requestBytes());
    json.put("response_bytes", report.responseBytes());
    json.put("evaluation_key_bytes", report.evaluationKeyBytes());
    json.put("peak_rss_bytes", ProcessMemory.peakResidentBytes());
    json.put("parameters", report.parameters());
    json.put("guarantee", guarantee(report.guarantee()));
    json.put("activations", report.activations().stream().map(Json::activation).toList());
    if (!report.activations().isEmpty()) {
      json.put("rows_out_of_range", report.rowsOutOfRange());
    }
    if (report.mode() == Mode.SIMULATE) {
      json.put("layers", report.layers().stream().map(Json::trace).toList());
    }
    return json;
  }

  private static Map<String, Object> trace(LayerTrace trace) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", trace.name());
    json.put("level", trace.level());
    json.put("log2_scale", trace.log2Scale());
    json.put("max_abs", trace.maxAbs());
    json.put("headroom_bits", trace.headroomBits());
    json.put("noise_deviation", trace.noiseDeviation());
    json.put("range_use", trace.rangeUse());
    json.put("out_of_range", trace.outOfRange());
    return json;
  }

  /**
   * The content of {@code report.json} after a run: what was measured beside what was predicted.
   */
  static Map<String, Object> compilation(CompilationReport report, InferenceReport measured) {
    Map<String, Object> json = compilation(report);
    List<Map<String, Object>> layers = new ArrayList<>();
    for (int i = 0; i < report.layers().size(); i++) {
      Map<String, Object> layer = layer(report.layers().get(i));
      layer.put("measured_millis", measured.layerMillis().get(i));
      layers.add(layer);
    }
    json.put("layers", layers);
    json.put("measured_millis", measured.medianServerMillis());
    json.put("measured_max_error", measured.maxAbsErrorVsPlain());
    json.put("measured_rows", measured.rows());
    json.put("rows_out_of_range", measured.rowsOutOfRange());
    return json;
  }

  /** The content of {@code report.json}. */
  static Map<String, Object> compilation(CompilationReport report) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("model", report.model());
    json.put("model_digest", report.modelDigest());
    json.put("parameters", report.parameters());
    json.put("rows_per_request", report.rowsPerRequest());
    json.put("predicted_max_error", report.predictedMaxError());
    json.put("range_source", Ranges.name(report.ranges()));
    report
        .inputRange()
        .ifPresent(range -> json.put("input_range", List.of(range.low(), range.high())));
    json.put("out_of_range", Ranges.OUTSIDE);
    json.put("calibration_rows", Ranges.calibrationRows(report));
    json.put("approximation_agreement", report.approximationError().agreement());
    json.put("approximation_max_error", report.approximationError().maxAbsError());
    json.put("error_bound", report.errorBound().total());
    json.put("error_bound_encryption", report.errorBound().encryption());
    json.put("error_bound_approximation", report.errorBound().approximation());
    json.put("layers", report.layers().stream().map(Json::layer).toList());
    json.put("activations", report.activations().stream().map(Json::activation).toList());
    json.put("request_bytes", report.requestBytes());
    json.put("response_bytes", report.responseBytes());
    json.put("evaluation_key_bytes", report.evaluationKeyBytes());
    json.put("rotation_keys", report.rotationKeys());
    json.put("security", security(report.security()));
    json.put("key_memory_bytes", report.keyMemoryBytes());
    json.put("weight_memory_bytes", report.weightMemoryBytes());
    json.put("predicted_millis", report.predictedMillis());
    json.put("machine_measured", report.isMachineMeasured());
    json.put("guarantee", guarantee(report.guarantee()));
    return json;
  }

  private static Map<String, Object> security(SecurityReport security) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("poly_modulus_degree", security.polyModulusDegree());
    json.put("log2_modulus", security.log2Modulus());
    json.put("allowed_log2_modulus", security.allowedLog2Modulus());
    json.put("security_bits", security.securityBits());
    return json;
  }

  private static Map<String, Object> layer(LayerReport layer) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", layer.name());
    json.put("kind", layer.kind());
    json.put("level", layer.level());
    json.put("levels", layer.levels());
    json.put("log2_scale", layer.log2Scale());
    json.put("ciphertexts", layer.ciphertexts());
    json.put("diagonals", layer.diagonals());
    json.put("rotations", layer.rotations());
    json.put("folds", layer.folds());
    json.put("key_switches", layer.keySwitches());
    json.put("predicted_error", layer.predictedError());
    json.put("range_use", layer.rangeUse());
    json.put("predicted_millis", layer.predictedMillis());
    return json;
  }

  private static Map<String, Object> activation(ActivationReport report) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("node", report.node());
    json.put("function", report.function().toLowerCase(Locale.ROOT));
    json.put("degree", report.degree());
    json.put("method", report.method().name().toLowerCase(Locale.ROOT));
    json.put("range", List.of(report.low(), report.high()));
    json.put("observed_range", List.of(report.observedLow(), report.observedHigh()));
    json.put("margin", report.margin());
    json.put("range_source", Ranges.name(report.source()));
    json.put("max_error", report.maxError());
    json.put("rms_error", report.rmsError());
    return json;
  }

  private static Map<String, Object> guarantee(Guarantee guarantee) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("server_learns", guarantee.serverLearns());
    json.put("client_learns", guarantee.clientLearns());
    json.put("trusts", guarantee.trusts());
    json.put("does_not_protect_from", guarantee.doesNotProtectFrom());
    json.put("protections", guarantee.protections());
    return json;
  }

  private static List<float[]> rows(Tensor tensor) {
    List<float[]> rows = new ArrayList<>();
    for (int row = 0; row < tensor.rows(); row++) {
      rows.add(tensor.row(row));
    }
    return rows;
  }
}
