package org.tagwarden.agent.crawl;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What a robots.txt says to one crawler, as RFC 9309 reads it: the groups of its own name, else
 * those of everybody; the longest rule that matches counts, and allowing wins a tie.
 *
 * @param delaySeconds the pause between visits that it asks for; 0 for none
 */
record Robots(List<Rule> rules, double delaySeconds) {
  /** Everything may be visited. */
  static final Robots OPEN = new Robots(List.of(), 0);

  /** Nothing may be visited. */
  static final Robots CLOSED = new Robots(List.of(new Rule(false, "/", Pattern.compile("/.*"))), 0);

  private static final int MOST_CHARACTERS = 512_000;
  private static final double LONGEST_DELAY = 30;

  /** One line of a group. */
  record Rule(boolean allow, String path, Pattern pattern) {
    static Rule of(boolean allow, String path) {
      boolean whole = path.endsWith("$");
      String text = whole ? path.substring(0, path.length() - 1) : path;
      StringBuilder regex = new StringBuilder();
      String[] parts = text.split("\\*", -1);
      for (int i = 0; i < parts.length; i++)
        regex.append(i == 0 ? "" : ".*").append(Pattern.quote(parts[i]));
      return new Rule(allow, path, Pattern.compile(regex + (whole ? "" : ".*")));
    }
  }

  /** The lines for one crawler, gathered while the file is read. */
  private static final class Group {
    final List<Rule> rules = new ArrayList<>();
    double delay;
    boolean there;
  }

  /** Reads a file for the crawler of this name. */
  static Robots read(String file, String name) {
    Group own = new Group();
    Group everybody = new Group();
    boolean forOwn = false;
    boolean forEverybody = false;
    boolean naming = false;
    String text = file.length() > MOST_CHARACTERS ? file.substring(0, MOST_CHARACTERS) : file;
    for (String line : text.replace("\uFEFF", "").split("\\R")) {
      String plain = line.replaceFirst("#.*", "");
      int colon = plain.indexOf(':');
      if (colon < 0) continue;
      String key = plain.substring(0, colon).strip().toLowerCase(Locale.ROOT);
      String value = plain.substring(colon + 1).strip();
      if (key.equals("user-agent")) {
        if (!naming) forOwn = forEverybody = false;
        naming = true;
        forOwn |= value.toLowerCase(Locale.ROOT).startsWith(name.toLowerCase(Locale.ROOT));
        forEverybody |= value.equals("*");
        own.there |= forOwn;
        continue;
      }
      boolean rule = key.equals("allow") || key.equals("disallow") || key.equals("crawl-delay");
      if (!rule) continue;
      naming = false;
      if (forOwn) add(own, key, value);
      if (forEverybody) add(everybody, key, value);
    }
    Group counts = own.there ? own : everybody;
    return new Robots(List.copyOf(counts.rules), counts.delay);
  }

  private static void add(Group group, String key, String value) {
    if (key.equals("crawl-delay")) {
      if (value.matches("\\d{1,6}(\\.\\d+)?"))
        group.delay = Math.min(LONGEST_DELAY, Double.parseDouble(value));
    } else if (!value.isEmpty()) {
      group.rules.add(Rule.of(key.equals("allow"), value));
    }
  }

  /** Whether a crawler may go to this address. */
  boolean allow(String url) {
    URI uri = URI.create(url);
    String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
    String asked = uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery();
    Rule strongest = null;
    for (Rule rule : rules) {
      if (!rule.pattern.matcher(asked).matches()) continue;
      int difference = strongest == null ? 1 : rule.path.length() - strongest.path.length();
      if (difference > 0 || (difference == 0 && rule.allow)) strongest = rule;
    }
    return strongest == null || strongest.allow;
  }
}
