package io.silenda.attest.channel;

import io.silenda.attest.AttestationException;
import io.silenda.attest.Reason;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;

/**
 * The sessions of a worker, at most so many: where there are too many, the oldest is forgotten, and
 * its client has to ask for evidence again. Thread-safe.
 */
final class SessionTable implements AutoCloseable {
  private final int capacity;
  private final Map<SessionId, WorkerSession> sessions = new LinkedHashMap<>();

  SessionTable(int capacity) {
    this.capacity = capacity;
  }

  synchronized void add(WorkerSession session, Instant now) {
    removeIf(held -> held.isExpired(now));
    Iterator<WorkerSession> oldest = sessions.values().iterator();
    if (sessions.size() >= capacity && oldest.hasNext()) {
      oldest.next().close();
      oldest.remove();
    }
    sessions.put(session.terms().grant().id(), session);
  }

  synchronized WorkerSession find(SessionId id) throws AttestationException {
    WorkerSession session = sessions.get(id);
    if (session == null) {
      throw new AttestationException(
          Reason.UNKNOWN_SESSION, "session", "session " + id.hex(), "a session of this worker");
    }
    return session;
  }

  synchronized int size() {
    return sessions.size();
  }

  synchronized void removeIf(Predicate<WorkerSession> condition) {
    sessions
        .values()
        .removeIf(
            session -> {
              boolean remove = condition.test(session);
              if (remove) {
                session.close();
              }
              return remove;
            });
  }

  @Override
  public void close() {
    removeIf(session -> true);
  }
}
