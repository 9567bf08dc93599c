package org.tagwarden.dashboard.pages.schedule;

import java.util.Map;
import org.tagwarden.dashboard.pages.site.SiteFrame;

/**
 * The form.
 *
 * @param problems sentences by field, after a refused try
 */
public record ScheduleView(SiteFrame frame, SiteForm form, Map<String, String> problems) {
  public ScheduleView {
    problems = Map.copyOf(problems);
  }

  public String problem(String field) {
    return problems.getOrDefault(field, "");
  }

  /** Whether one of these fields was refused, so that the part is shown open. */
  public boolean refused(String... fields) {
    for (String field : fields) if (problems.containsKey(field)) return true;
    return false;
  }
}
