package io.silenda.dp.job;

/**
 * What is tried against the finished job.
 *
 * @param canaries of the one-run audit, which trains a second model beside; 0 for none
 * @param shadowModels of the membership inference, trained without privacy; 0 for none
 */
public record AuditSection(int canaries, int shadowModels) {
  /** No audit. */
  public static final AuditSection NONE = new AuditSection(0, 0);

  static AuditSection from(Members members) throws JobException {
    AuditSection section =
        new AuditSection(
            members.whole("canaries", 10, 100_000, 0), members.whole("shadow-models", 2, 256, 0));
    members.done();
    return section;
  }
}
