package org.tagwarden.agent.crawl;

import com.google.common.hash.Hashing;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Chooses pages out of all that are known: those that the rules want, a few of each template. */
final class PageSample {
  private PageSample() {}

  /**
   * At most {@code limit} pages, the templates in order of their first page, one of each before a
   * second of any. Which of a template is told by a hash of the address, so that the next scan of a
   * grown site takes the same ones.
   */
  static List<String> of(Collection<String> urls, int perTemplate, int limit) {
    if (perTemplate == 0) return urls.stream().limit(limit).toList();
    PageTemplates templates = new PageTemplates(urls);
    Map<String, List<String>> pages = new LinkedHashMap<>();
    for (String url : urls)
      pages.computeIfAbsent(templates.of(url), template -> new ArrayList<>()).add(url);
    pages.values().forEach(some -> some.sort(Comparator.comparingLong(PageSample::hash)));
    List<String> sample = new ArrayList<>();
    for (int turn = 0; turn < perTemplate; turn++)
      for (List<String> some : pages.values())
        if (turn < some.size() && sample.size() < limit) sample.add(some.get(turn));
    return List.copyOf(sample);
  }

  private static long hash(String url) {
    return Hashing.murmur3_128().hashString(url, StandardCharsets.UTF_8).asLong();
  }
}
