package org.tagwarden.collector.db;

import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.Refusal;

/** Rows that several people change: whoever changes an older version is told so. Pure. */
public final class Versions {
  private Versions() {}

  /**
   * Refuses what is based upon another version than the one that is there.
   *
   * @param seen null: it is based upon none
   */
  public static void check(@Nullable Integer seen, int there) {
    if (seen != null && seen != there)
      throw Refusal.of(
          Refusal.Kind.CONFLICT,
          "Somebody else changed it meanwhile: it has version "
              + there
              + " now, not "
              + seen
              + ".");
  }
}
