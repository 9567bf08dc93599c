package org.tagwarden.dashboard.pages.changes;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.changes.ChangeRule;
import org.tagwarden.collector.changes.text.ScriptDiff;
import org.tagwarden.dashboard.pages.site.SiteFrame;

/**
 * One change with what stood there before.
 *
 * @param diff of a script's two versions; null when there is nothing to compare
 * @param accepted who accepted it and why
 * @param form what was typed, and under "!name" what is wrong with it
 */
public record ChangeView(
    SiteFrame frame,
    ChangeRow change,
    @Nullable ScriptDiff diff,
    List<Accepted> accepted,
    Map<String, String> form) {

  /** An acceptance, in words. */
  public record Accepted(String by, String at, String justification) {}

  /** Whether this person may accept it. */
  public boolean mayAccept() {
    boolean open = change.findingId() != null && "OPEN".equals(change.findingState());
    return frame.mayDecide() && open && ofChange();
  }

  /** Whether a finding about the change tells of it; a check's is settled where that says so. */
  public boolean ofChange() {
    return change.checkId() != null && ChangeRule.of(change.checkId()) != null;
  }

  public String typed(String name) {
    return form.getOrDefault(name, "");
  }
}
