package io.silenda.he.wire;

import io.silenda.he.CkksContext;
import io.silenda.he.CkksParameters;
import io.silenda.he.wire.WireFormatException.Reason;

/**
 * Parameters that were read, 128-bit secure by our own table.
 *
 * @param parameters the parameters
 * @param parameterDigest digest of the primes that the writer used
 */
public record ReceivedParameters(CkksParameters parameters, Digest parameterDigest) {

  /**
   * A context of these parameters with the writer's primes; the caller closes it.
   *
   * @throws WireFormatException if the primes of that size are not those that the writer used
   */
  public CkksContext createContext() throws WireFormatException {
    CkksContext context = refusedOrCreated();
    if (!ParametersCodec.digest(context).equals(parameterDigest)) {
      context.close();
      throw new WireFormatException(
          Reason.OTHER_PARAMETERS, "the writer used other primes for the same parameters");
    }
    return context;
  }

  /** Some sizes are in range and yet have too few primes. */
  private CkksContext refusedOrCreated() throws WireFormatException {
    try {
      return CkksContext.create(parameters);
    } catch (IllegalArgumentException e) {
      throw new WireFormatException(
          Reason.REFUSED_PARAMETERS, "its parameters are refused: " + e.getMessage());
    }
  }
}
