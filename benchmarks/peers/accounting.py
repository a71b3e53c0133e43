"""dp-accounting: epsilon of Poisson-sampled Gaussian steps, by privacy loss distributions and RDP."""

from common import left_out, report, task, timed

CASES = ((0.01, 1.0, 1000, 1e-5), (0.03125, 1.0, 200, 1e-5))


def epsilon(accountant, rate, noise, steps, delta):
    import dp_accounting

    step = dp_accounting.PoissonSampledDpEvent(rate, dp_accounting.GaussianDpEvent(noise))
    return accountant().compose(step, steps).get_epsilon(delta)


def main():
    asked = task()
    try:
        from dp_accounting import pld, rdp
    except ImportError as e:
        left_out("dp-accounting", e)
        return
    for name, accountant in (("PLD", pld.PLDAccountant), ("RDP", rdp.RdpAccountant)):
        for rate, noise, steps, delta in CASES:
            found = []
            samples = timed(
                lambda: found.append(epsilon(accountant, rate, noise, steps, delta)),
                1.0 if asked["quick"] else 5.0,
                50,
            )
            report(
                "dp-accounting",
                "dp-accounting",
                "epsilon by " + name,
                "rate %g, noise %g, %d steps" % (rate, noise, steps),
                samples,
                "epsilon %.6f at delta %g" % (found[-1], delta),
            )


main()
