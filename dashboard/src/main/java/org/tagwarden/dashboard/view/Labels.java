package org.tagwarden.dashboard.view;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** The lists of forms: value and label, in order. */
public final class Labels {
  private Labels() {}

  /**
   * @param pairs value, label, value, label ...
   */
  public static Map<String, String> of(String... pairs) {
    Map<String, String> labels = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) labels.put(pairs[i], pairs[i + 1]);
    return Collections.unmodifiableMap(labels);
  }
}
