package io.silenda.attest.intel;

import io.silenda.attest.testing.TestPki;
import java.util.HexFormat;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x509.Extension;

/** The extension of a PCK certificate: all components at 5, PCESVN 10. */
final class SyntheticPckExtension {
  private static final String SGX_OID = "1.2.840.113741.1.13.1";

  private SyntheticPckExtension() {}

  static Extension sgx() {
    ASN1EncodableVector tcb = new ASN1EncodableVector();
    for (int i = 1; i <= 16; i++) {
      tcb.add(pair(".2." + i, new ASN1Integer(5)));
    }
    tcb.add(pair(".2.17", new ASN1Integer(10)));
    tcb.add(pair(".2.18", new DEROctetString(new byte[16])));
    ASN1EncodableVector all = new ASN1EncodableVector();
    all.add(pair(".1", new DEROctetString(HexFormat.of().parseHex("0f".repeat(16)))));
    all.add(pair(".2", new DERSequence(tcb)));
    all.add(pair(".3", new DEROctetString(new byte[2])));
    all.add(pair(".4", new DEROctetString(HexFormat.of().parseHex("00906ed50000"))));
    return TestPki.extension(new ASN1ObjectIdentifier(SGX_OID), false, new DERSequence(all));
  }

  private static DERSequence pair(String suffix, ASN1Encodable value) {
    return new DERSequence(new ASN1Encodable[] {new ASN1ObjectIdentifier(SGX_OID + suffix), value});
  }
}
