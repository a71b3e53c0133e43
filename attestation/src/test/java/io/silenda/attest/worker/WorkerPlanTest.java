package io.silenda.attest.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class WorkerPlanTest {
  @Test
  void thePlanIsTheTextThatTheLauncherReads() {
    WorkerPlan plan =
        WorkerPlan.builder("bin/run")
            .file("bin/run", Path.of("/a b/run"))
            .tree("lib", Path.of("/lib"))
            .skip("src.zip")
            .argument("-x")
            .limit("open-files", 7)
            .extend(Path.of("/sys/rtmr"))
            .build();
    assertThat(plan.text(Path.of("/run/place")).lines())
        .containsExactly(
            "silenda-worker-plan 1",
            "place\t/run/place",
            "file\tbin/run\t/a b/run",
            "tree\tlib\t/lib",
            "skip\tsrc.zip",
            "run\tbin/run",
            "arg\t-x",
            "limit\topen-files\t7",
            "extend\t/sys/rtmr");
  }

  @Test
  void whatWouldBreakALineOrLeaveThePlaceIsRefused() {
    WorkerPlan.Builder builder = WorkerPlan.builder("x");
    Path source = Path.of("/a");
    for (String target : new String[] {"", "/etc", "a/../b", "..", "a//b", "a/", "a\nb", "a\tb"}) {
      assertThatIllegalArgumentException()
          .as(target)
          .isThrownBy(() -> builder.file(target, source));
      assertThatIllegalArgumentException().isThrownBy(() -> WorkerPlan.builder(target));
    }
    assertThatIllegalArgumentException().isThrownBy(() -> builder.argument("a\nb"));
    assertThatIllegalArgumentException().isThrownBy(() -> builder.tree("a", Path.of("/a\nb")));
    assertThatIllegalArgumentException().isThrownBy(() -> builder.limit("open-files", 0));
  }
}
