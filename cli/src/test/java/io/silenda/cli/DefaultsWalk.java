package io.silenda.cli;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import io.silenda.attest.policy.Policy;
import io.silenda.attest.provider.Providers;
import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Finds what the code base hands out without being told anything: values of static fields, results
 * of static methods without arguments, objects of constructors without arguments; of all types that
 * hold, however deep, a policy, a list of providers, or a switch for simulation.
 */
final class DefaultsWalk {
  private final JavaClasses classes;
  private final Set<String> holders;
  private final Map<String, Object> found = new LinkedHashMap<>();
  private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());

  DefaultsWalk(JavaClasses classes) {
    this.classes = classes;
    this.holders = holders(classes);
  }

  /** Whether a name is that of a switch, an option or a finding about simulation. */
  static boolean isSimulation(String name) {
    return name.toLowerCase(Locale.ROOT).contains("simulated");
  }

  /** Types with a field of a holder's type are holders: up to a fixed point. */
  private static Set<String> holders(JavaClasses classes) {
    Set<String> names = new TreeSet<>(Set.of(Policy.class.getName(), Providers.class.getName()));
    classes.stream().filter(DefaultsWalk::hasSwitch).forEach(type -> names.add(type.getName()));
    int before = 0;
    while (before < names.size()) {
      before = names.size();
      for (JavaClass type : classes) {
        if (type.getFields().stream()
            .anyMatch(field -> names.contains(field.getRawType().getName()))) {
          names.add(type.getName());
        }
      }
    }
    return names;
  }

  private static boolean hasSwitch(JavaClass type) {
    return type.getMethods().stream()
        .anyMatch(
            method ->
                isSimulation(method.getName())
                    && method.getRawParameterTypes().isEmpty()
                    && method.getRawReturnType().isEquivalentTo(boolean.class));
  }

  /** Each value by where it comes from, and what it holds by the path through its fields. */
  Map<String, Object> run() throws ReflectiveOperationException {
    for (JavaClass type : classes) {
      if (handsOut(type)) {
        walk(Class.forName(type.getName(), false, DefaultsWalk.class.getClassLoader()));
      }
    }
    return found;
  }

  /**
   * Only these are loaded: others may need what is not on the path, such as a benchmark's parts.
   */
  private boolean handsOut(JavaClass type) {
    return type.getFields().stream()
            .anyMatch(field -> isStatic(field) && isHolder(field.getRawType()))
        || type.getMethods().stream()
            .anyMatch(
                method ->
                    isStatic(method)
                        && method.getRawParameterTypes().isEmpty()
                        && isHolder(method.getRawReturnType()))
        || (isHolder(type)
            && type.getConstructors().stream()
                .anyMatch(constructor -> constructor.getRawParameterTypes().isEmpty()));
  }

  private static boolean isStatic(JavaMember member) {
    return member.getModifiers().contains(JavaModifier.STATIC);
  }

  private boolean isHolder(JavaClass type) {
    return holders.contains(type.getName());
  }

  private void walk(Class<?> type) throws ReflectiveOperationException {
    for (Field field : type.getDeclaredFields()) {
      if (Modifier.isStatic(field.getModifiers()) && isHolder(field.getType())) {
        add(type.getName() + "." + field.getName(), open(field).get(null));
      }
    }
    for (Method method : type.getDeclaredMethods()) {
      if (Modifier.isStatic(method.getModifiers())
          && method.getParameterCount() == 0
          && !method.isSynthetic()
          && isHolder(method.getReturnType())) {
        add(type.getName() + "." + method.getName() + "()", open(method).invoke(null));
      }
    }
    for (Constructor<?> constructor : type.getDeclaredConstructors()) {
      if (constructor.getParameterCount() == 0
          && isHolder(type)
          && !Modifier.isAbstract(type.getModifiers())) {
        add("new " + type.getName() + "()", open(constructor).newInstance());
      }
    }
  }

  private boolean isHolder(Class<?> type) {
    return holders.contains(type.getName());
  }

  private void add(String path, @Nullable Object value) throws ReflectiveOperationException {
    if (value == null || !seen.add(value)) {
      return;
    }
    found.put(path, value);
    for (Field field : value.getClass().getDeclaredFields()) {
      if (!Modifier.isStatic(field.getModifiers()) && isHolder(field.getType())) {
        add(path + "." + field.getName(), open(field).get(value));
      }
    }
  }

  static <T extends AccessibleObject> T open(T member) {
    member.setAccessible(true);
    return member;
  }
}
