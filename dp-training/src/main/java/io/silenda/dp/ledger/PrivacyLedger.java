package io.silenda.dp.ledger;

import io.silenda.dp.accounting.AccountingException;
import io.silenda.dp.accounting.AccountingException.Reason;
import io.silenda.dp.accounting.Adjacency;
import io.silenda.dp.accounting.EventText;
import io.silenda.dp.accounting.PrivacyAccountant;
import io.silenda.dp.accounting.PrivacyEvent;
import io.silenda.dp.accounting.PrivacyEvent.Composed;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What all jobs together spent on a data set, and a budget that they cannot overspend.
 *
 * <p>An event is charged before its noise is drawn: {@link #charge} returns when the entry is on
 * the disk, so that a crash leaves an event charged and not run, never run and not charged. What is
 * resumed draws fresh noise and is charged again. Entries form a hash chain in one append-only
 * file; a file lock lets any number of processes share it.
 *
 * <p>Limits. The ledger is honest bookkeeping, no defence against its owner: who deletes it,
 * restores an old copy, or cuts whole lines off its end makes it forget. It knows a data set by its
 * declared name and digest: copies that were renamed, reordered, edited or cut must be declared, or
 * they have a budget of their own. It needs a local file system with working locks. The bound holds
 * for events that were chosen without a look at earlier releases: the composition of loss
 * distributions is no filter for parameters that depend on them.
 *
 * <p>Thread-safe; holds nothing open between calls.
 */
public final class PrivacyLedger {
  private static final String OPENED = "data-set";
  private static final String COPY = "copy";
  private static final String CHARGED = "charge";

  private final LedgerFile file;
  private final DataSetIdentity dataSet;
  private final Budget budget;

  private PrivacyLedger(LedgerFile file, DataSetIdentity dataSet, Budget budget) {
    this.file = file;
    this.dataSet = dataSet;
    this.budget = budget;
  }

  /**
   * Opens the ledger of a data set, or begins it.
   *
   * @param path the file, made with mode 0600 where it does not exist
   * @param dataSet name and digest; the digest must be the ledger's own or that of a declared copy
   * @param budget must be the one that the ledger began with
   * @throws LedgerException if the file is damaged or of another data set or budget
   */
  public static PrivacyLedger open(Path path, DataSetIdentity dataSet, Budget budget)
      throws IOException, LedgerException {
    PrivacyLedger ledger = new PrivacyLedger(new LedgerFile(path), dataSet, budget);
    ledger.file.locked(
        session -> {
          if (session.lines().isEmpty()) {
            session.append(ledger.opening());
          }
          return ledger.spent(session);
        });
    return ledger;
  }

  /**
   * Charges an event that is about to run.
   *
   * @param job name for the reader of the ledger
   * @return epsilon spent so far, this event included
   * @throws LedgerException if the budget does not allow it; then nothing was spent
   */
  public double charge(String job, PrivacyEvent event) throws IOException, LedgerException {
    Fields.requirePlain("job", job);
    return file.locked(
        session -> {
          String text = accountable(event);
          double after = affordable(session, event);
          session.append(List.of(CHARGED, job, text));
          return after;
        });
  }

  /**
   * Refuses an event that the budget does not allow at present, and charges nothing: for jobs that
   * charge step by step and should not begin what they cannot end.
   */
  public void requireAffordable(PrivacyEvent event) throws IOException, LedgerException {
    file.locked(
        session -> {
          accountable(event);
          return affordable(session, event);
        });
  }

  /** Epsilon with one event more, if the budget allows it. */
  private double affordable(LedgerFile.Session session, PrivacyEvent event) throws LedgerException {
    List<PrivacyEvent> events = events(session);
    double before = epsilon(events);
    events.add(event);
    double after = epsilon(events);
    if (!(after <= budget.epsilon())) {
      throw new LedgerException(
          LedgerException.Reason.BUDGET_EXCEEDED,
          String.format(
              Locale.ROOT,
              "budget of %s exceeded: epsilon %.6g of %.6g is spent, %.6g is left at delta %.3g;"
                  + " this job would make it %.6g",
              dataSet.name(),
              before,
              budget.epsilon(),
              Math.max(0, budget.epsilon() - before),
              budget.delta(),
              after));
    }
    return after;
  }

  /** Epsilon spent so far at the budget's delta. */
  public double spent() throws IOException, LedgerException {
    return file.locked(this::spent);
  }

  /** Everything charged so far, in order. */
  public List<PrivacyEvent> events() throws IOException, LedgerException {
    return List.copyOf(file.locked(this::events));
  }

  /** Everything charged so far with the jobs' names, in order. */
  public List<LedgerEntry> entries() throws IOException, LedgerException {
    return file.locked(
        session -> {
          List<PrivacyEvent> events = events(session);
          List<LedgerEntry> entries = new ArrayList<>();
          for (List<String> line : session.lines()) {
            if (line.get(0).equals(CHARGED)) {
              entries.add(new LedgerEntry(line.get(1), events.get(entries.size())));
            }
          }
          return List.copyOf(entries);
        });
  }

  /** Lets a copy, or a changed version of the data, share this budget. */
  public void declareCopy(DataSetIdentity copy) throws IOException, LedgerException {
    file.locked(
        session -> {
          events(session);
          session.append(List.of(COPY, copy.name(), copy.sha256()));
          return 0;
        });
  }

  /** The event's text, if it reads back as the same event: else it would lock the ledger. */
  private static String accountable(PrivacyEvent event) throws LedgerException {
    String text = EventText.format(event);
    try {
      if (EventText.parse(text).equals(event)) {
        return text;
      }
    } catch (IllegalArgumentException e) {
      throw new LedgerException(
          LedgerException.Reason.NOT_ACCOUNTABLE, "the event cannot be recorded: " + e);
    }
    throw new LedgerException(
        LedgerException.Reason.NOT_ACCOUNTABLE, "the event cannot be recorded without loss");
  }

  private List<String> opening() {
    return List.of(
        OPENED,
        dataSet.name(),
        dataSet.sha256(),
        Double.toString(budget.epsilon()),
        Double.toString(budget.delta()),
        budget.adjacency().name());
  }

  private double spent(LedgerFile.Session session) throws LedgerException {
    return epsilon(events(session));
  }

  /** Reads the chain and refuses what is not of this data set and budget. */
  private List<PrivacyEvent> events(LedgerFile.Session session) throws LedgerException {
    List<List<String>> lines = session.lines();
    if (lines.isEmpty()) {
      throw session.corrupt("is missing");
    }
    requireSameBudget(session, lines.get(0));
    boolean known = lines.get(0).get(2).equals(dataSet.sha256());
    List<PrivacyEvent> events = new ArrayList<>();
    for (List<String> line : lines.subList(1, lines.size())) {
      if (line.size() != 3) {
        throw session.corrupt("or one before it has a wrong number of fields");
      }
      switch (line.get(0)) {
        case COPY -> known |= line.get(2).equals(dataSet.sha256());
        case CHARGED -> events.add(event(session, line.get(2)));
        default -> throw session.corrupt("or one before it is of an unknown kind");
      }
    }
    if (!known) {
      throw new LedgerException(
          LedgerException.Reason.IDENTITY_MISMATCH,
          "the data are not those of this ledger, nor a declared copy of them");
    }
    return events;
  }

  private void requireSameBudget(LedgerFile.Session session, List<String> first)
      throws LedgerException {
    if (first.size() != 6 || !first.get(0).equals(OPENED)) {
      throw session.corrupt("or one before it is not the opening of a ledger");
    }
    if (!first.subList(3, 6).equals(opening().subList(3, 6))) {
      throw new LedgerException(
          LedgerException.Reason.IDENTITY_MISMATCH,
          "the ledger's budget is epsilon "
              + first.get(3)
              + " at delta "
              + first.get(4)
              + " under "
              + first.get(5).toLowerCase(Locale.ROOT));
    }
  }

  private static PrivacyEvent event(LedgerFile.Session session, String text)
      throws LedgerException {
    try {
      return EventText.parse(text);
    } catch (IllegalArgumentException e) {
      throw session.corrupt("or one before it holds an unknown event");
    }
  }

  /** By loss distributions; by Renyi divergence where an event has only that. */
  private double epsilon(List<PrivacyEvent> events) throws LedgerException {
    if (events.isEmpty()) {
      return 0;
    }
    PrivacyEvent all = new Composed(events);
    Adjacency adjacency = budget.adjacency();
    try {
      return PrivacyAccountant.pld().epsilon(all, adjacency, budget.delta());
    } catch (AccountingException e) {
      if (e.reason() == Reason.NO_FINITE_EPSILON) {
        return Double.POSITIVE_INFINITY;
      }
    }
    try {
      return PrivacyAccountant.rdp().epsilon(all, adjacency, budget.delta());
    } catch (AccountingException e) {
      throw new LedgerException(LedgerException.Reason.NOT_ACCOUNTABLE, e.toString());
    }
  }
}
