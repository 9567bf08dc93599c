package org.tagwarden.dashboard.pages.audit;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.access.AuditLine;

/** What an entry of the audit log says about before and after, value by value. */
final class AuditChanges {
  private static final int LONGEST_VALUE = 160;

  private AuditChanges() {}

  static List<AuditView.Change> of(AuditLine line) {
    Map<String, String> before = new LinkedHashMap<>();
    Map<String, String> after = new LinkedHashMap<>();
    flatten("", line.before(), before);
    flatten("", line.after(), after);
    // Entries of earlier versions say it all in their detail.
    if (before.isEmpty() && after.isEmpty()) flatten("", line.detail(), after);
    Set<String> names = new LinkedHashSet<>(before.keySet());
    names.addAll(after.keySet());
    List<AuditView.Change> changes = new ArrayList<>();
    for (String name : names) {
      changes.add(
          new AuditView.Change(name, before.getOrDefault(name, ""), after.getOrDefault(name, "")));
    }
    return changes;
  }

  private static void flatten(
      String prefix, @Nullable JsonObject object, Map<String, String> into) {
    if (object == null) return;
    for (String name : object.fieldNames()) {
      Object value = object.getValue(name);
      String path = prefix.isEmpty() ? name : prefix + "." + name;
      if (value instanceof JsonObject inner) flatten(path, inner, into);
      else if (value != null) into.put(path, text(value));
    }
  }

  private static String text(Object value) {
    String text = value instanceof JsonArray array ? array.encode() : value.toString();
    return text.length() <= LONGEST_VALUE ? text : text.substring(0, LONGEST_VALUE) + "…";
  }
}
