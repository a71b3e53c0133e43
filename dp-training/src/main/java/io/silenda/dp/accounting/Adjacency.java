package io.silenda.dp.accounting;

/** When two data sets are neighbours. A guarantee means nothing without it. */
public enum Adjacency {
  /** One record is added or removed. */
  ADD_REMOVE,
  /** One record is replaced by any other; the number of records stays. */
  REPLACE_ONE,
  /**
   * One record is replaced by one that contributes zero ("zero-out"); the number of records stays.
   */
  REPLACE_SPECIAL,
  /** All records of one user are added or removed. */
  ADD_REMOVE_USER
}
