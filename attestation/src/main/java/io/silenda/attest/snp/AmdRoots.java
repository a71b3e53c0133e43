package io.silenda.attest.snp;

import io.silenda.attest.pki.TrustAnchor;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Public keys of the AMD root keys (ARK), one for each product ([KDS] section 1.2). */
final class AmdRoots {
  private static final Map<SnpProduct, TrustAnchor> BY_PRODUCT = readAll();

  private AmdRoots() {}

  static List<TrustAnchor> all() {
    return List.copyOf(BY_PRODUCT.values());
  }

  /** The product whose root this is; empty for a root of the caller's own. */
  static Optional<SnpProduct> productOf(TrustAnchor anchor) {
    return BY_PRODUCT.entrySet().stream()
        .filter(entry -> sameKey(entry.getValue(), anchor))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  private static boolean sameKey(TrustAnchor one, TrustAnchor other) {
    return Arrays.equals(one.subjectPublicKeyInfo(), other.subjectPublicKeyInfo());
  }

  private static Map<SnpProduct, TrustAnchor> readAll() {
    Map<SnpProduct, TrustAnchor> anchors = new EnumMap<>(SnpProduct.class);
    for (SnpProduct product : SnpProduct.values()) {
      anchors.put(product, read(product));
    }
    return Collections.unmodifiableMap(anchors);
  }

  private static TrustAnchor read(SnpProduct product) {
    String resource = "ark-" + product.label().toLowerCase(Locale.ROOT) + ".pub.pem";
    return new TrustAnchor("ARK-" + product.label(), pem(resource));
  }

  private static byte[] pem(String resource) {
    try (InputStream in = AmdRoots.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("resource " + resource + " is missing");
      }
      List<String> lines = new ArrayList<>();
      BufferedReader reader =
          new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII));
      reader.lines().filter(line -> !line.startsWith("-----")).forEach(lines::add);
      return Base64.getDecoder().decode(String.join("", lines));
    } catch (IOException e) {
      throw new UncheckedIOException("resource " + resource, e);
    }
  }
}
