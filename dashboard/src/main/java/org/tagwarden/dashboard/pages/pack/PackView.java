package org.tagwarden.dashboard.pages.pack;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.ServerConfig.Retention;
import org.tagwarden.collector.evidence.Environment;
import org.tagwarden.collector.evidence.PaymentEmbedding;
import org.tagwarden.collector.evidence.ScopeNotes.Written;
import org.tagwarden.dashboard.pages.site.SiteFrame;

/**
 * The form for an evidence pack, what is noted for its scope, and the key that signs it.
 *
 * @param note null while nothing is written down
 */
public record PackView(
    SiteFrame frame,
    PackForm form,
    @Nullable Written note,
    String fingerprint,
    String publicKey,
    Retention retention) {

  /** The version that the form is written upon. */
  public int after() {
    return note == null ? 0 : note.version();
  }

  /** The list of the form. */
  public Map<String, String> environments() {
    Map<String, String> list = new LinkedHashMap<>();
    for (Environment one : Environment.values()) list.put(one.name(), one.sentence());
    return list;
  }

  /** The list of the form; nothing is chosen before somebody has. */
  public Map<String, String> payments() {
    Map<String, String> list = new LinkedHashMap<>();
    if (note == null) list.put("", "Choose");
    for (PaymentEmbedding one : PaymentEmbedding.values()) list.put(one.name(), one.sentence());
    return list;
  }

  /** The fingerprint as people compare it: in groups. */
  public String inGroups() {
    return fingerprint.replaceAll("(.{8})(?!$)", "$1 ");
  }
}
