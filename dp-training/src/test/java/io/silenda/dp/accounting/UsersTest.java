package io.silenda.dp.accounting;

import static org.assertj.core.api.Assertions.assertThat;

import io.silenda.dp.accounting.PrivacyEvent.Gaussian;
import io.silenda.dp.accounting.PrivacyEvent.UserLevelPoisson;
import org.junit.jupiter.api.Test;

class UsersTest {
  @Test
  void aUserWhoIsAlmostAlwaysSampledIsAccountedAsOneWhoAlwaysIs() throws AccountingException {
    Gaussian noise = new Gaussian(10);
    double always =
        PrivacyAccountant.pld()
            .epsilon(new UserLevelPoisson(1, 8, noise), Adjacency.ADD_REMOVE_USER, 1e-10);
    double almost =
        PrivacyAccountant.pld()
            .epsilon(new UserLevelPoisson(1 - 1e-6, 8, noise), Adjacency.ADD_REMOVE_USER, 1e-10);
    assertThat(almost).isBetween(0.995 * always, 1.005 * always);
  }
}
