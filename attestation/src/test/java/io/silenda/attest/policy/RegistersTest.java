package io.silenda.attest.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.silenda.attest.Check;
import io.silenda.attest.Claims;
import io.silenda.attest.Reason;
import io.silenda.attest.Tee;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A policy must cover what tells the code of each technology. */
class RegistersTest {
  @ParameterizedTest
  @CsvSource({
    "AZURE_VTPM, pcr4, false",
    "AZURE_VTPM, snp-measurement, false",
    "AZURE_VTPM, snp-measurement pcr4, true",
    "AZURE_VTPM, snp-measurement sha384-pcr4, true",
    "AZURE_VTPM, tdx-mrtd pcr4, false",
    "AZURE_VTPM, tdx-mrtd tdx-rtmr0 tdx-rtmr1 tdx-rtmr2 tdx-rtmr3 pcr4, true",
    "TPM, tpm_clock_safe, false",
    "TPM, sha256-pcr7, true",
    "PSA, lifecycle, false",
    "PSA, sw0_version, false",
    "PSA, sw0, true",
    "CCA, rim, false",
    "CCA, rim sw0, true",
    "NVIDIA_GPU, device, false",
    "NVIDIA_GPU, measurement7, true",
    "SGX, mrsigner isvprodid, false",
    "SGX, mrsigner isvprodid isvsvn, true",
    "SGX, mrenclave, true",
  })
  void aPolicyMustCoverThem(Tee tee, String registers, boolean covers) {
    Policy.Builder policy = policy(tee);
    for (String register : registers.split(" ", -1)) {
      policy.measurement(register, Allowed.of("aa"));
    }
    assertCovers(policy, tee, covers);
  }

  @ParameterizedTest
  @CsvSource({"isvsvn, true", "snp, false"})
  void aMinimumCoversTheVersionOfAnEnclave(String component, boolean covers) {
    Policy.Builder policy =
        policy(Tee.SGX)
            .measurement("mrsigner", Allowed.of("aa"))
            .measurement("isvprodid", Allowed.of("1"))
            .minimumTcb(component, 3);
    assertCovers(policy, Tee.SGX, covers);
  }

  private static Policy.Builder policy(Tee tee) {
    return Policy.accepting(Allowed.of(tee.code()));
  }

  private static void assertCovers(Policy.Builder policy, Tee tee, boolean covers) {
    List<Check> checks =
        new MeasurementRules(policy.build()).check(Claims.builder(tee, "format").build());
    assertThat(checks.get(0).name()).isEqualTo("policy-measurements");
    assertThat(checks.get(0).reason()).isEqualTo(covers ? Reason.NONE : Reason.MISSING_MEASUREMENT);
  }
}
