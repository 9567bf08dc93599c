package org.tagwarden.report;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The checks of the contract's compact constructors: each names the field that is wrong. */
final class Require {
  private Require() {}

  static void that(boolean holds, String field, String rule) {
    if (!holds) throw new InvalidReportException(field + " " + rule);
  }

  static void present(@Nullable Object value, String field) {
    that(value != null, field, "is missing");
  }

  static void notBlank(@Nullable String value, String field) {
    that(value != null && !value.isBlank(), field, "is missing or blank");
  }

  static void notNegative(double value, String field) {
    that(value >= 0, field, "must not be negative but is " + value);
  }

  /** An immutable copy; a missing list reads as an empty one, a null element is refused. */
  static <T> List<T> list(@Nullable List<T> values, String field) {
    if (values == null) return List.of();
    for (T value : values) that(value != null, field, "holds a null element");
    return List.copyOf(values);
  }
}
