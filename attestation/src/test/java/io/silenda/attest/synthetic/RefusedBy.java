package io.silenda.attest.synthetic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.silenda.attest.AttestationException;
import io.silenda.attest.Reason;
import java.util.EnumSet;

/** Calls that have to be refused. */
public final class RefusedBy {
  /** A call under test. */
  public interface Call {
    void run() throws Exception;
  }

  private RefusedBy() {}

  public static void assertRefused(Reason reason, Call call) {
    assertThat(refusal(call)).isEqualTo(reason);
  }

  public static void assertRefused(EnumSet<Reason> reasons, String name, Call call) {
    assertThat(refusal(call)).as(name).isIn(reasons);
  }

  /** Why the call was refused; fails where it was not, or where it threw anything else. */
  public static Reason refusal(Call call) {
    try {
      call.run();
    } catch (AttestationException e) {
      assertThat(e.check().seen()).isNotBlank();
      assertThat(e.check().wanted()).isNotBlank();
      return e.reason();
    } catch (Exception e) {
      return fail("no refusal but " + e, e);
    }
    return fail("not refused");
  }
}
