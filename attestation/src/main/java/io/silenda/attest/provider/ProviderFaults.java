package io.silenda.attest.provider;

import io.silenda.attest.AttestationException;
import io.silenda.attest.Reason;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;

/** Refusals that providers share. */
public final class ProviderFaults {
  private ProviderFaults() {}

  /** The interface gave an error, or something that is no evidence. */
  public static AttestationException failed(String provider, String seen, String wanted) {
    return new AttestationException(Reason.PROVIDER_FAILED, provider, seen, wanted);
  }

  /** Somebody else used the interface at the same time. */
  public static AttestationException busy(String provider, String seen) {
    return new AttestationException(
        Reason.PROVIDER_BUSY, provider, seen, "an interface that nobody else writes to");
  }

  /** The technology is not on this machine. */
  public static AttestationException absent(String provider, String reason) {
    return new AttestationException(
        Reason.PROVIDER_ABSENT, provider, reason, "a machine that has it");
  }

  /** An error of the operating system as words; exceptions of files often hold only the name. */
  public static String words(IOException e) {
    if (e instanceof NoSuchFileException) {
      return "no file " + e.getMessage();
    }
    if (e instanceof AccessDeniedException) {
      return "no permission for " + e.getMessage();
    }
    return String.valueOf(e.getMessage());
  }
}
