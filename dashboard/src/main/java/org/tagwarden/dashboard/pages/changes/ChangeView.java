package org.tagwarden.dashboard.pages.changes;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.changes.ChangeBook;
import org.tagwarden.collector.changes.ChangeRule;
import org.tagwarden.collector.changes.text.ScriptDiff;
import org.tagwarden.dashboard.pages.site.SiteFrame;

/**
 * One change with what stood there before.
 *
 * @param texts of a script's two versions; null when there is none to read
 * @param with what was told with it
 * @param accepted who accepted it and why
 * @param form what was typed, and under "!name" what is wrong with it
 */
public record ChangeView(
    SiteFrame frame,
    ChangeRow change,
    ChangeBook.@Nullable Texts texts,
    List<ChangeRow> with,
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

  /** The lines of the two versions, those that differ and stand together in one passage. */
  public List<Hunk> hunks() {
    List<Hunk> hunks = new ArrayList<>();
    List<ScriptDiff.Row> rows = new ArrayList<>();
    boolean changed = false;
    for (ScriptDiff.Row row : texts == null ? List.<ScriptDiff.Row>of() : texts.diff().rows()) {
      boolean same = row.kind() == ScriptDiff.Kind.EQUAL || row.kind() == ScriptDiff.Kind.GAP;
      if (changed == same && !rows.isEmpty()) {
        hunks.add(new Hunk(changed, rows));
        rows = new ArrayList<>();
      }
      changed = !same;
      rows.add(row);
    }
    if (!rows.isEmpty()) hunks.add(new Hunk(changed, rows));
    return hunks;
  }

  /** Lines that stand together: all the same, or all different. */
  public record Hunk(boolean changed, List<ScriptDiff.Row> rows) {
    public Hunk {
      rows = List.copyOf(rows);
    }
  }

  public String typed(String name) {
    return form.getOrDefault(name, "");
  }
}
