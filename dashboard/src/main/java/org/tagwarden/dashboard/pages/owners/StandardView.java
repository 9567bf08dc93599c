package org.tagwarden.dashboard.pages.owners;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.owners.Standards.Version;
import org.tagwarden.dashboard.pages.site.SiteFrame;
import org.tagwarden.dashboard.view.Markdown.Block;

/**
 * A version of the standard.
 *
 * @param shown null while nothing is written down
 * @param typed the text of the form
 * @param newest whether it is the one that holds
 */
public record StandardView(
    SiteFrame frame,
    List<Version> versions,
    @Nullable Version shown,
    List<Block> blocks,
    String typed,
    boolean newest,
    Map<String, String> problems) {
  /** The version that a new one is written upon; 0 for none. */
  public int after() {
    return versions.isEmpty() ? 0 : versions.get(0).number();
  }

  public String problem(String field) {
    return problems.getOrDefault(field, "");
  }
}
