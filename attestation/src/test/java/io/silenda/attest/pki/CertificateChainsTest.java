package io.silenda.attest.pki;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.silenda.attest.AttestationException;
import io.silenda.attest.Check.Outcome;
import io.silenda.attest.CheckList;
import io.silenda.attest.Reason;
import io.silenda.attest.testing.TestKey;
import io.silenda.attest.testing.TestPki;
import io.silenda.attest.testing.TestPki.Spec;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.cert.X509CertificateHolder;
import org.junit.jupiter.api.Test;

/** The ways in which a chain can lie. */
class CertificateChainsTest {
  private static final TestKey ROOT_KEY = new TestKey("root");
  private static final TestKey CA_KEY = new TestKey("ca");
  private static final TestKey LEAF_KEY = new TestKey("leaf");
  private static final TestKey MALLORY = new TestKey("mallory");
  private static final X509CertificateHolder ROOT =
      new Spec("root", ROOT_KEY, "root", ROOT_KEY).ca().build();
  private static final X509CertificateHolder CA =
      new Spec("ca", CA_KEY, "root", ROOT_KEY).ca(0).build();
  private static final X509CertificateHolder LEAF =
      new Spec("leaf", LEAF_KEY, "ca", CA_KEY).build();
  private static final ChainRules RULES =
      new ChainRules(List.of(TrustAnchor.of("root", ROOT)), Optional.of(TestPki.NOW));

  private static CertificatePath validate(X509CertificateHolder... chain)
      throws AttestationException {
    return CertificateChains.validate("test", List.of(chain), RULES, new CheckList());
  }

  private static void refuses(Reason reason, X509CertificateHolder... chain) {
    assertThatThrownBy(() -> validate(chain))
        .isInstanceOfSatisfying(
            AttestationException.class, e -> assertThat(e.reason()).isEqualTo(reason));
  }

  @Test
  void aChainToThePinnedKeyHolds() throws AttestationException {
    assertThat(validate(LEAF, CA, ROOT).leaf()).isEqualTo(LEAF);
    assertThat(validate(LEAF, CA).anchor().name()).isEqualTo("root");
  }

  @Test
  void aRootOfTheSameNameIsNotThePinnedOne() {
    X509CertificateHolder fake = new Spec("root", MALLORY, "root", MALLORY).ca().build();
    X509CertificateHolder ca = new Spec("ca", CA_KEY, "root", MALLORY).ca().build();
    refuses(Reason.UNTRUSTED_ROOT, LEAF, ca, fake);
    refuses(Reason.UNTRUSTED_ROOT, LEAF, ca);
  }

  @Test
  void aRootCertificateThatThePinnedKeyDidNotSignIsRefused() {
    X509CertificateHolder forged = new Spec("root", ROOT_KEY, "root", MALLORY).ca().build();
    refuses(Reason.CERTIFICATE_SIGNATURE, LEAF, CA, forged);
    X509CertificateHolder crossed = new Spec("root", ROOT_KEY, "other", MALLORY).ca().build();
    refuses(Reason.CERTIFICATE_SIGNATURE, LEAF, CA, crossed);
  }

  @Test
  void aLeafCannotIssue() {
    X509CertificateHolder below = new Spec("below", MALLORY, "leaf", LEAF_KEY).build();
    refuses(Reason.NOT_AN_AUTHORITY, below, LEAF, CA, ROOT);
  }

  @Test
  void oneGoodLinkDoesNotExcuseTheNext() {
    X509CertificateHolder ca = new Spec("ca", CA_KEY, "root", MALLORY).ca().build();
    refuses(Reason.CERTIFICATE_SIGNATURE, LEAF, ca, ROOT);
    X509CertificateHolder leaf = new Spec("leaf", LEAF_KEY, "ca", MALLORY).build();
    refuses(Reason.CERTIFICATE_SIGNATURE, leaf, CA, ROOT);
  }

  @Test
  void aPathLongerThanTheAuthorityAllowsIsRefused() {
    X509CertificateHolder second = new Spec("second", MALLORY, "ca", CA_KEY).ca().build();
    X509CertificateHolder leaf = new Spec("leaf", LEAF_KEY, "second", MALLORY).build();
    refuses(Reason.NOT_AN_AUTHORITY, leaf, second, CA, ROOT);
  }

  @Test
  void namesMustFit() {
    X509CertificateHolder leaf = new Spec("leaf", LEAF_KEY, "another", CA_KEY).build();
    refuses(Reason.CERTIFICATE_ISSUER, leaf, CA, ROOT);
    refuses(Reason.CERTIFICATE_ISSUER, LEAF, ROOT);
  }

  @Test
  void whatFollowsTheRootIsNotIgnored() {
    refuses(Reason.UNTRUSTED_ROOT, LEAF, CA, ROOT, LEAF);
    refuses(Reason.MISSING_CERTIFICATE);
  }

  @Test
  void withoutAClockValidityIsNotChecked() throws AttestationException {
    X509CertificateHolder old =
        new Spec("leaf", LEAF_KEY, "ca", CA_KEY)
            .valid(TestPki.START.minusSeconds(9), TestPki.START)
            .build();
    refuses(Reason.CERTIFICATE_EXPIRED, old, CA, ROOT);
    CheckList checks = new CheckList();
    CertificateChains.validate(
        "test", List.of(old, CA, ROOT), new ChainRules(RULES.anchors(), Optional.empty()), checks);
    assertThat(checks.toList())
        .anyMatch(
            check ->
                check.name().equals("test-chain-validity")
                    && check.outcome() == Outcome.NOT_CHECKED);
  }
}
