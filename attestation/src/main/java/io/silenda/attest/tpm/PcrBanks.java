package io.silenda.attest.tpm;

import io.silenda.attest.AttestationException;
import io.silenda.attest.EndorsementFile;
import io.silenda.attest.Reason;
import io.silenda.attest.encoding.JsonObject;
import io.silenda.attest.encoding.StrictJson;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * PCR values that came along with a quote. The file is JSON: either one bank, {@code {"0": "hex",
 * …}}, or banks by name, {@code {"sha256": {"0": "hex", …}, "sha384": …}}. Nothing in it is proven
 * before {@link #requireQuoted}.
 */
public final class PcrBanks {
  private static final int MOST_PCRS = 32;

  private final Optional<SortedMap<Integer, byte[]>> unnamed;
  private final Map<TpmHash, SortedMap<Integer, byte[]>> named;

  private PcrBanks(
      Optional<SortedMap<Integer, byte[]>> unnamed,
      Map<TpmHash, SortedMap<Integer, byte[]>> named) {
    this.unnamed = unnamed;
    this.named = named;
  }

  public static PcrBanks parse(EndorsementFile file) throws AttestationException {
    JsonObject json = StrictJson.parseObject(file.name(), file.bytes());
    Map<TpmHash, SortedMap<Integer, byte[]>> named = new EnumMap<>(TpmHash.class);
    for (String name : json.names()) {
      Optional<TpmHash> bank = TpmHash.ofBankName(name);
      if (bank.isPresent()) {
        named.put(bank.get(), values(json.object(name)));
      } else if (!named.isEmpty()) {
        throw bad("member " + name, "names of banks only");
      }
    }
    return named.isEmpty()
        ? new PcrBanks(Optional.of(values(json)), named)
        : new PcrBanks(Optional.empty(), named);
  }

  private static SortedMap<Integer, byte[]> values(JsonObject json) throws AttestationException {
    SortedMap<Integer, byte[]> values = new TreeMap<>();
    for (String name : json.names()) {
      values.put(index(name), json.hex(name));
    }
    return values;
  }

  private static int index(String name) throws AttestationException {
    for (int pcr = 0; pcr < MOST_PCRS; pcr++) {
      if (name.equals(Integer.toString(pcr))) {
        return pcr;
      }
    }
    throw bad("register " + name, "0 to " + (MOST_PCRS - 1));
  }

  /**
   * Proves the values by the digest of a quote: the hash of the selected registers, banks in the
   * order of the selection, registers in ascending order ([TPM2] section 10.12.1; Part 3,
   * TPM2_Quote). Values that the quote does not select are refused, since nothing vouches for them.
   *
   * @param hash the hash of the signature's scheme
   * @return the proven values by bank
   */
  Map<TpmHash, SortedMap<Integer, byte[]>> requireQuoted(TpmQuote quote, TpmHash hash)
      throws AttestationException {
    Map<TpmHash, SortedMap<Integer, byte[]>> proven = new EnumMap<>(TpmHash.class);
    ByteArrayOutputStream concatenation = new ByteArrayOutputStream();
    for (PcrSelection selection : quote.selections()) {
      SortedMap<Integer, byte[]> bank = bankOf(selection, quote.selections().size());
      requireSelected(selection, bank);
      for (byte[] value : bank.values()) {
        concatenation.writeBytes(value);
      }
      proven.put(selection.bank(), bank);
    }
    if (unnamed.isEmpty() && !named.keySet().equals(proven.keySet())) {
      throw selection("banks " + named.keySet(), "those of the quote: " + proven.keySet());
    }
    byte[] digest = hash.digest().hash(concatenation.toByteArray());
    if (!Arrays.equals(digest, quote.pcrDigest())) {
      throw new AttestationException(
          Reason.PCR_DIGEST,
          "tpm-pcr-digest",
          "registers with digest " + HexFormat.of().formatHex(digest),
          HexFormat.of().formatHex(quote.pcrDigest()) + ", as quoted");
    }
    return proven;
  }

  private SortedMap<Integer, byte[]> bankOf(PcrSelection selection, int banks)
      throws AttestationException {
    if (unnamed.isPresent() && banks == 1) {
      return unnamed.get();
    }
    SortedMap<Integer, byte[]> bank = named.get(selection.bank());
    if (bank == null) {
      throw selection("no bank " + selection.bank().bankName(), "every quoted bank, by name");
    }
    return bank;
  }

  private static void requireSelected(PcrSelection selection, SortedMap<Integer, byte[]> bank)
      throws AttestationException {
    if (!selection.pcrs().equals(List.copyOf(bank.keySet()))) {
      throw selection("registers " + bank.keySet(), "those quoted: " + selection.pcrs());
    }
    int size = selection.bank().digest().sizeBytes();
    for (byte[] value : bank.values()) {
      if (value.length != size) {
        throw bad("a register of " + value.length + " bytes", size + " bytes");
      }
    }
  }

  private static AttestationException selection(String seen, String wanted) {
    return new AttestationException(Reason.PCR_SELECTION, "tpm-pcr-selection", seen, wanted);
  }

  private static AttestationException bad(String seen, String wanted) {
    return new AttestationException(Reason.BAD_FIELD, "tpm-pcrs", seen, wanted);
  }
}
