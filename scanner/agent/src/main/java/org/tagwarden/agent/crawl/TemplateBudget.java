package org.tagwarden.agent.crawl;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How many pages of each template a crawl still visits. Templates are learnt anew as more addresses
 * are known: what looked like ten sections may turn out to be ten products. Not thread-safe.
 */
final class TemplateBudget {
  /** Learns anew when so many more addresses are known, as a share of those before. */
  private static final double GROWTH = 1.25;

  private final int perTemplate;
  private final Set<String> known = new LinkedHashSet<>();
  private final List<String> picked = new ArrayList<>();
  private PageTemplates templates = new PageTemplates(List.of());
  private Map<String, Integer> spent = new HashMap<>();
  private final Map<String, String> templateOf = new HashMap<>();
  private final Set<String> parked = new HashSet<>();
  private int learntFrom;

  /**
   * @param perTemplate 0 for no limit
   */
  TemplateBudget(int perTemplate) {
    this.perTemplate = perTemplate;
  }

  void learn(String url) {
    if (perTemplate > 0) known.add(url);
  }

  /** The first of these that may still be visited, or null; counts it as visited. */
  @Nullable String pick(Collection<String> open) {
    if (perTemplate == 0) return open.isEmpty() ? null : open.iterator().next();
    refresh();
    for (String url : open) {
      if (parked.contains(url)) continue;
      String template = template(url);
      if (spent.getOrDefault(template, 0) >= perTemplate) {
        parked.add(url); // until templates are learnt anew
        continue;
      }
      spent.merge(template, 1, Integer::sum);
      picked.add(url);
      return url;
    }
    return null;
  }

  /** Those of these that will be visited if nothing new is found, at most so many. */
  List<String> coming(Collection<String> open, int most) {
    if (perTemplate == 0) return open.stream().limit(most).toList();
    refresh();
    Map<String, Integer> spending = new HashMap<>(spent);
    List<String> coming = new ArrayList<>();
    for (String url : open) {
      if (coming.size() >= most) break;
      if (parked.contains(url)) continue;
      if (spending.merge(template(url), 1, Integer::sum) <= perTemplate) coming.add(url);
    }
    return coming;
  }

  private String template(String url) {
    return templateOf.computeIfAbsent(url, templates::of);
  }

  private void refresh() {
    if (known.size() < learntFrom * GROWTH || known.size() == learntFrom) return;
    learntFrom = known.size();
    templates = new PageTemplates(known);
    templateOf.clear();
    parked.clear();
    spent = new HashMap<>();
    for (String url : picked) spent.merge(template(url), 1, Integer::sum);
  }
}
