package org.tagwarden.agent.crawl;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.tagwarden.report.PageRules;

/** Which addresses are wanted; {@code *} in a pattern stands for any text. */
final class UrlPatterns {
  private final List<Pattern> include;
  private final List<Pattern> exclude;

  UrlPatterns(PageRules rules) {
    this.include = rules.include().stream().map(UrlPatterns::compile).toList();
    this.exclude = rules.exclude().stream().map(UrlPatterns::compile).toList();
  }

  boolean wants(String url) {
    boolean in = include.isEmpty() || include.stream().anyMatch(p -> p.matcher(url).matches());
    return in && exclude.stream().noneMatch(p -> p.matcher(url).matches());
  }

  private static Pattern compile(String pattern) {
    String regex =
        List.of(pattern.strip().split("\\*", -1)).stream()
            .map(Pattern::quote)
            .collect(Collectors.joining(".*"));
    return Pattern.compile(regex, Pattern.DOTALL);
  }
}
