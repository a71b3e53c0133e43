package io.silenda.dp.engine;

import io.silenda.dp.blas.Blas;
import io.silenda.dp.blas.RowKernel;
import io.silenda.dp.network.NetworkSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What multiplies. */
record Backend(Blas blas, boolean withKernel) {
  /** All that this machine has. */
  static List<Backend> all() {
    List<Backend> all = new ArrayList<>();
    all.add(new Backend(Blas.openBlas(), false));
    all.add(new Backend(Blas.java(), false));
    RowKernel.open()
        .ifPresent(
            kernel -> {
              kernel.close();
              all.add(new Backend(Blas.openBlas(), true));
            });
    return all;
  }

  NetworkEngine engine(NetworkSpec network, int capacity, int views) {
    return NetworkEngine.on(
        blas, withKernel ? RowKernel.open() : Optional.empty(), network, capacity, views);
  }

  @Override
  public String toString() {
    return blas.name() + (withKernel ? " and row kernel" : "");
  }
}
