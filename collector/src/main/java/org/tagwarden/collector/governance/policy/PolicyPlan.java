package org.tagwarden.collector.governance.policy;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What taking a policy over changes.
 *
 * @param unchanged authorizations that are there as the policy says
 */
public record PolicyPlan(List<Line> lines, int unchanged) {
  /** What becomes of an authorization. */
  public enum Kind {
    CREATE,
    CHANGE,
    WITHDRAW,
    /** It is not in the policy, and stays: withdrawing has to be asked for. */
    KEEP
  }

  /**
   * One authorization that differs.
   *
   * @param subject what it is about and where: "product hotjar on Shop"
   * @param differences "verdict: pending -> approved", a line each
   */
  public record Line(Kind kind, String subject, List<String> differences) {
    public Line {
      differences = List.copyOf(differences);
    }
  }

  public PolicyPlan {
    lines = List.copyOf(lines);
  }

  /** How many authorizations it touches. */
  public long changes() {
    return lines.stream().filter(line -> line.kind() != Kind.KEEP).count();
  }

  /** What differs between two entries, in the order of their keys. */
  public static List<String> differences(JsonObject before, JsonObject after) {
    List<String> differences = new ArrayList<>();
    differences("", before, after, differences);
    return differences;
  }

  private static void differences(
      String path, JsonObject before, JsonObject after, List<String> differences) {
    Set<String> keys = new LinkedHashSet<>(before.fieldNames());
    keys.addAll(after.fieldNames());
    for (String key : keys) {
      Object old = before.getValue(key);
      Object fresh = after.getValue(key);
      if (text(old).equals(text(fresh))) continue;
      boolean within = old instanceof JsonObject || fresh instanceof JsonObject;
      if (within) {
        differences(path + key + ".", object(old), object(fresh), differences);
      } else {
        differences.add(path + key + ": " + text(old) + " -> " + text(fresh));
      }
    }
  }

  private static JsonObject object(@Nullable Object value) {
    return value instanceof JsonObject object ? object : new JsonObject();
  }

  private static String text(@Nullable Object value) {
    if (value == null) return "(none)";
    if (value instanceof JsonArray array) return array.isEmpty() ? "nothing" : joined(array);
    return value instanceof JsonObject object ? object.encode() : String.valueOf(value);
  }

  private static String joined(JsonArray array) {
    return String.join(", ", array.stream().map(String::valueOf).toList());
  }
}
