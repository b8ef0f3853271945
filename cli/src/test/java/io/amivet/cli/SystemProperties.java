package io.amivet.cli;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** System properties as they are for one test; closing puts back what was there before. */
final class SystemProperties implements AutoCloseable {
  private final Map<String, @Nullable String> before = new HashMap<>();

  /** Any credentials will do for a stand-in of AWS; these keep the SDK from looking elsewhere. */
  static SystemProperties withCredentials() {
    return new SystemProperties()
        .set("aws.accessKeyId", "AKIAIOSFODNN7EXAMPLE")
        .set("aws.secretAccessKey", "synthetic/key/for/tests/only");
  }

  SystemProperties set(String name, String value) {
    before.putIfAbsent(name, System.getProperty(name));
    System.setProperty(name, value);
    return this;
  }

  SystemProperties clear(String name) {
    before.putIfAbsent(name, System.getProperty(name));
    System.clearProperty(name);
    return this;
  }

  @Override
  public void close() {
    before.forEach((name, value) -> {
      if (value == null) {
        System.clearProperty(name);
      } else {
        System.setProperty(name, value);
      }
    });
  }
}
