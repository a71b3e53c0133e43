package io.silenda.attest.channel;

import io.silenda.attest.Evidence;
import io.silenda.attest.Tee;
import io.silenda.attest.binding.OwnerPolicy;
import io.silenda.attest.policy.Allowed;
import io.silenda.attest.policy.Policy;
import io.silenda.attest.provider.EvidenceProvider;
import io.silenda.attest.provider.Probe;
import io.silenda.attest.synthetic.Authority;
import io.silenda.attest.synthetic.SyntheticSnp;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.HexFormat;

/** A worker in a made-up SEV-SNP guest: evidence that counts as hardware. */
final class SnpChannel {
  private static final int REPORT_DATA = 0x50;
  private static final long DEBUG_POLICY = 0xb001f;
  private static final long ASK_SERIAL = 7;

  private boolean debug;
  private boolean revoked;
  private final SyntheticSnp amd = SyntheticSnp.vcek("Milan", 3);

  SnpChannel debug() {
    debug = true;
    return this;
  }

  SnpChannel revoked() {
    revoked = true;
    return this;
  }

  Clock clock() {
    return Clock.fixed(Authority.NOW, ZoneOffset.UTC);
  }

  OwnerPolicy owner() {
    Policy.Builder appraisal =
        Policy.accepting(Allowed.of("snp")).measurement("measurement", Allowed.anyValue());
    for (String component : new String[] {"bootloader", "tee", "snp", "microcode"}) {
      appraisal.minimumTcb(component, 1).minimumTcb("launch-" + component, 1);
    }
    return OwnerPolicy.builder(appraisal.build())
        .workers(HexFormat.of().formatHex(ChannelFixture.IDENTITY.workerDigest()))
        .models(HexFormat.of().formatHex(ChannelFixture.IDENTITY.modelDigest()))
        .workerPolicies(HexFormat.of().formatHex(ChannelFixture.IDENTITY.policyDigest()))
        .anchors(amd.ark().anchors())
        .build();
  }

  AttestedEndpoint endpoint() {
    return new AttestedEndpoint(
        provider(), ChannelFixture.IDENTITY, EndpointOptions.DEFAULT, clock());
  }

  private EvidenceProvider provider() {
    return new EvidenceProvider() {
      @Override
      public String name() {
        return "synthetic-snp";
      }

      @Override
      public Probe probe() {
        return new Probe.Present(Tee.SNP, "made up");
      }

      @Override
      public Evidence provide(byte[] reportData) {
        return report(reportData);
      }
    };
  }

  private Evidence report(byte[] reportData) {
    SyntheticSnp guest = SyntheticSnp.vcek("Milan", 3);
    guest.change(report -> report.put(REPORT_DATA, reportData).putInt(SyntheticSnp.VMPL, 0));
    if (debug) {
      guest.change(report -> report.putLong(SyntheticSnp.POLICY, DEBUG_POLICY));
    }
    guest.list(revoked ? guest.ark().crl(ASK_SERIAL) : guest.ark().crl(99));
    return guest.evidence();
  }
}
