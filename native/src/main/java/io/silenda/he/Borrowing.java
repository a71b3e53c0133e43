package io.silenda.he;

import io.silenda.he.internal.NativeHandle;
import java.util.function.LongConsumer;
import java.util.function.LongFunction;

/** Lends pointers to calls that return nothing. */
final class Borrowing {
  private Borrowing() {}

  /** Something that lends a pointer for the duration of a call. */
  interface Lender {
    <T> T use(LongFunction<T> borrower);
  }

  static void run(NativeHandle handle, LongConsumer borrower) {
    run(handle::use, borrower);
  }

  static void run(Lender lender, LongConsumer borrower) {
    lender.use(
        pointer -> {
          borrower.accept(pointer);
          return pointer;
        });
  }
}
