package io.silenda.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import io.silenda.attest.Evidence;
import io.silenda.attest.Reason;
import io.silenda.attest.Tee;
import io.silenda.attest.Verdict;
import io.silenda.attest.VerificationContext;
import io.silenda.attest.policy.Allowed;
import io.silenda.attest.policy.Policy;
import io.silenda.attest.provider.Probe;
import io.silenda.attest.provider.Providers;
import io.silenda.attest.provider.ReportData;
import io.silenda.attest.simulated.SimulatedProvider;
import io.silenda.attest.simulated.SimulatedRoot;
import io.silenda.attest.verifier.Verifier;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/**
 * No default anywhere accepts evidence without hardware: neither a policy, nor an options object,
 * nor a list of providers, nor an option of the command line.
 */
class SimulatedIsRefusedTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new DoNotIncludeTests())
          .importPackages("io.silenda");

  private static final String ALLOW = "insecureAllowSimulated";

  /** Readers of what somebody wrote, letter by letter, into a policy. */
  private static final Set<String> MAY_ALLOW =
      Set.of("io.silenda.attest.policy.PolicyJson", "io.silenda.attest.policy.PolicyText");

  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  @TempDir Path folder;

  private static Evidence evidence() {
    return new SimulatedProvider(SimulatedRoot.random(), new byte[32], Clock.systemUTC())
        .provide(new byte[ReportData.BYTES]);
  }

  /** Everything that a static field or a static method without arguments hands out. */
  private static Map<String, Object> defaults() throws ReflectiveOperationException {
    Map<String, Object> found = new LinkedHashMap<>();
    for (JavaClass imported : CLASSES) {
      if (isRelevant(imported)) {
        collect(Class.forName(imported.getName(), false, loader()), found);
      }
    }
    return found;
  }

  private static ClassLoader loader() {
    return SimulatedIsRefusedTest.class.getClassLoader();
  }

  /** Classes that neither speak of policies nor of simulation cannot hold a default of theirs. */
  private static boolean isRelevant(JavaClass type) {
    return type.getDirectDependenciesFromSelf().stream()
            .anyMatch(
                to ->
                    to.getTargetClass().isEquivalentTo(Policy.class)
                        || to.getTargetClass().isEquivalentTo(Providers.class))
        || speaksOfSimulation(type);
  }

  private static boolean speaksOfSimulation(JavaClass type) {
    return type.getMethods().stream().anyMatch(method -> isSimulationSwitch(method.getName()));
  }

  private static boolean isSimulationSwitch(String name) {
    return name.toLowerCase(Locale.ROOT).contains("simulated");
  }

  private static void collect(Class<?> type, Map<String, Object> found)
      throws ReflectiveOperationException {
    for (Field field : type.getDeclaredFields()) {
      if (Modifier.isStatic(field.getModifiers()) && isOurs(field.getType())) {
        put(found, type.getName() + "." + field.getName(), open(field).get(null));
      }
    }
    for (Method method : type.getDeclaredMethods()) {
      if (Modifier.isStatic(method.getModifiers())
          && method.getParameterCount() == 0
          && !method.isSynthetic()
          && isOurs(method.getReturnType())) {
        put(found, type.getName() + "." + method.getName() + "()", open(method).invoke(null));
      }
    }
    for (Constructor<?> constructor : type.getDeclaredConstructors()) {
      if (constructor.getParameterCount() == 0
          && !Modifier.isAbstract(type.getModifiers())
          && speaksOfSimulation(CLASSES.get(type))) {
        put(found, "new " + type.getName() + "()", open(constructor).newInstance());
      }
    }
  }

  private static void put(Map<String, Object> found, String name, @Nullable Object value) {
    if (value != null) {
      found.put(name, value);
    }
  }

  private static boolean isOurs(Class<?> type) {
    return type.getName().startsWith("io.silenda.");
  }

  private static <T extends AccessibleObject> T open(T member) {
    member.setAccessible(true);
    return member;
  }

  @Test
  void everyDefaultPolicyRefusesIt() throws ReflectiveOperationException {
    List<String> policies = new ArrayList<>();
    for (Map.Entry<String, Object> each : defaults().entrySet()) {
      if (each.getValue() instanceof Policy policy) {
        policies.add(each.getKey());
        Verdict verdict = new Verifier(policy).verify(evidence(), VerificationContext.full(NOW));
        assertThat(verdict.accepted()).as(each.getKey()).isFalse();
        assertThat(verdict.reason()).as(each.getKey()).isEqualTo(Reason.SIMULATED);
      }
    }
    // The walk walks: these exist today.
    assertThat(policies)
        .contains(
            "io.silenda.attest.batch.BatchPolicies.DEFAULT",
            "io.silenda.attest.batch.BatchPolicies.ALLOW_DEBUG");
  }

  /** Options that other parts of the code may have: a switch by whatever name starts off. */
  @Test
  void everySwitchOfEveryDefaultIsOff() throws ReflectiveOperationException {
    for (Map.Entry<String, Object> each : defaults().entrySet()) {
      for (Method method : each.getValue().getClass().getDeclaredMethods()) {
        if (isSimulationSwitch(method.getName())
            && !Modifier.isStatic(method.getModifiers())
            && method.getParameterCount() == 0
            && method.getReturnType() == boolean.class) {
          assertThat(open(method).invoke(each.getValue()))
              .as("%s.%s", each.getKey(), method.getName())
              .isEqualTo(false);
        }
      }
    }
  }

  @Test
  void noListOfProvidersHasOne() throws ReflectiveOperationException {
    int lists = 0;
    for (Map.Entry<String, Object> each : defaults().entrySet()) {
      if (each.getValue() instanceof Providers providers) {
        lists++;
        assertThat(providers.probe())
            .as(each.getKey())
            .noneMatch(
                finding ->
                    finding.provider() instanceof SimulatedProvider
                        || (finding.probe() instanceof Probe.Present present
                            && present.tee() == Tee.SIMULATED));
      }
    }
    assertThat(lists).isPositive();
  }

  /** What is not a default is somebody's decision, and a visible name says so. */
  @Test
  void onlyReadersOfPoliciesAndInsecureMethodsSwitchItOn() {
    Set<String> callers = new TreeSet<>();
    for (JavaClass type : CLASSES) {
      for (JavaAccess<?> call : type.getAccessesFromSelf()) {
        boolean builds =
            call.getTarget().getOwner().isEquivalentTo(Policy.class)
                && call.getTarget().getName().equals("<init>");
        boolean allows =
            call.getTarget().getName().equals(ALLOW)
                && !call.getOrigin().getName().startsWith("insecure");
        if (allows || (builds && !type.getName().startsWith(Policy.class.getName()))) {
          callers.add(type.getName());
        }
      }
    }
    assertThat(callers).isEqualTo(new TreeSet<>(MAY_ALLOW));
    assertThat(CLASSES.get(Policy.Builder.class).getField("simulatedAllowed").getModifiers())
        .contains(JavaModifier.PRIVATE);
  }

  @Test
  void aSilentBuilderAndASilentTextRefuseIt() throws Exception {
    Policy built =
        Policy.accepting(Allowed.anyValue())
            .insecureAllowDebug()
            .insecureAnyMeasurement()
            .insecureAnyNonce()
            .build();
    assertThat(new Verifier(built).verify(evidence(), VerificationContext.full(NOW)).reason())
        .isEqualTo(Reason.SIMULATED);
  }

  @Test
  void optionsOfTheCommandLineAreOffAndCalledInsecure() {
    List<String> seen = new ArrayList<>();
    check(Silenda.commandLine(), seen);
    assertThat(seen).contains("--insecure-simulated");
  }

  private static void check(CommandLine command, List<String> seen) {
    for (OptionSpec option : command.getCommandSpec().options()) {
      if (isSimulationSwitch(option.longestName())) {
        seen.add(option.longestName());
        assertThat(option.longestName()).startsWith("--insecure-");
        assertThat(option.defaultValue()).as(option.longestName()).isNull();
        assertThat(option.initialValue())
            .as(option.longestName())
            .isIn(Optional.empty(), false, null);
      }
    }
    command.getSubcommands().values().forEach(each -> check(each, seen));
  }

  @Test
  void theCommandLineRefusesItByItsOwnPolicies() throws Exception {
    Path file = Files.write(folder.resolve("evidence"), evidence().bytes());
    StringBuilder lines = new StringBuilder();
    for (String policy : List.of("default", "allow-debug")) {
      for (String mode : List.of("full", "signature-only", "parse-only")) {
        lines.append(
            String.format(
                "{\"id\":\"%s\",\"tee\":\"x\",\"format\":\"SIMULATED\",\"files\":[\"evidence\"],"
                    + "\"time\":null,\"mode\":\"%s\",\"policy\":\"%s\"}%n",
                policy + mode, mode, policy));
      }
    }
    Path batch = folder.resolve("requests.jsonl");
    Files.writeString(batch, lines.toString(), StandardCharsets.UTF_8);
    StringWriter out = new StringWriter();
    CommandLine line = Silenda.commandLine();
    line.setOut(new PrintWriter(out));
    assertThat(line.execute("attest", "verify", "--batch", batch.toString())).isZero();
    assertThat(out.toString().lines())
        .hasSize(6)
        .allMatch(answer -> answer.contains("\"verdict\":\"reject\",\"reason\":\"simulated\""));
    assertThat(file).exists();
  }
}
