package io.silenda.infer;

/** What a compiled program should need least of, by the cost model's prediction. */
public enum Objective {
  /** Milliseconds of a request of one row. */
  LATENCY,
  /** Milliseconds a row of full requests: as many rows a ciphertext as pay. */
  THROUGHPUT,
  /** Bytes of evaluation keys that every client sends once. */
  KEYS,
  /** The server's memory for weights and the keys of one client. */
  MEMORY
}
