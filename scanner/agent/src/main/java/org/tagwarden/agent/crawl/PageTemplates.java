package org.tagwarden.agent.crawl;

import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Tells which addresses are pages of one template, from the addresses alone: parts that are
 * numbers, dates and locales say nothing; titles and names say nothing where there are many of them
 * beside each other; sections that hold the same kind of pages are one. Not thread-safe.
 */
final class PageTemplates {
  /** From how many titles side by side on they are taken for things, not for sections. */
  private static final int MANY_SLUGS = 6;

  /** The same at the root, where a site's own pages stand: imprint, terms, contact. */
  private static final int MANY_AT_ROOT = 20;

  /** Words are taken for things only where there are more of them than any menu has. */
  private static final int MANY_WORDS = 40;

  /** The same below the root, where no menu stands. */
  private static final int MANY_WORDS_BELOW = 8;

  /** From how many sections of the same kind on they count as one. */
  private static final int MANY_SECTIONS = 4;

  /** A parameter with more values than that does not choose between kinds of pages. */
  private static final int FEW_VALUES = 6;

  /** A part of the paths, with what follows it. */
  private static final class Node {
    final Map<String, Node> children = new TreeMap<>();
    final Map<String, Segment.Kind> kinds = new HashMap<>();
    final Map<String, String> renamed = new HashMap<>();
    int ends;
    boolean wordsToo;

    /** A title that was not there when this was learnt is one like the others. */
    String nameOf(Segment segment) {
      String text = segment.text();
      String known = renamed.get(text);
      if (known != null || children.containsKey(text)) return known == null ? text : known;
      String title = "{title}" + segment.ending();
      boolean fits = segment.kind() == Segment.Kind.SLUG || wordsToo;
      return fits && children.containsKey(title) ? title : text;
    }
  }

  private final Map<String, Node> hosts = new HashMap<>();
  private final Map<String, Map<String, Set<String>>> values = new HashMap<>();

  /** Learns from all addresses that are known. */
  PageTemplates(Collection<String> urls) {
    for (String url : urls) learn(url);
    hosts.values().forEach(root -> collapse(root, true));
    for (String url : urls) learnValues(url);
  }

  /** The template of an address: equal for pages of one kind. */
  String of(String url) {
    String path = path(url);
    StringBuilder template = new StringBuilder(path);
    Map<String, Set<String>> known = values.getOrDefault(path, Map.of());
    for (Map.Entry<String, String> parameter :
        new TreeMap<>(CanonicalUrl.parameters(url)).entrySet()) {
      template.append(template.indexOf("?") < 0 ? '?' : '&').append(parameter.getKey());
      boolean chooses = known.getOrDefault(parameter.getKey(), Set.of()).size() <= FEW_VALUES;
      if (chooses && isWord(parameter.getValue()))
        template.append('=').append(parameter.getValue());
    }
    return template.toString();
  }

  private void learn(String url) {
    Node node = hosts.computeIfAbsent(host(url), host -> new Node());
    for (Segment segment : segments(url)) {
      node.kinds.put(segment.text(), segment.kind());
      node = node.children.computeIfAbsent(segment.text(), text -> new Node());
    }
    node.ends++;
  }

  private void learnValues(String url) {
    Map<String, String> parameters = CanonicalUrl.parameters(url);
    if (parameters.isEmpty()) return;
    Map<String, Set<String>> seen = values.computeIfAbsent(path(url), path -> new HashMap<>());
    parameters.forEach(
        (name, value) -> {
          Set<String> some = seen.computeIfAbsent(name, n -> new HashSet<>());
          if (some.size() <= FEW_VALUES) some.add(value);
        });
  }

  private static boolean isWord(String value) {
    return Segment.of(value, 9, false).kind() == Segment.Kind.WORD && !value.isEmpty();
  }

  private String path(String url) {
    StringBuilder path = new StringBuilder(host(url));
    Node node = hosts.get(host(url));
    for (Segment segment : segments(url)) {
      String text = node == null ? segment.text() : node.nameOf(segment);
      path.append('/').append(text);
      node = node == null ? null : node.children.get(text);
    }
    return path.toString();
  }

  private static void collapse(Node node, boolean root) {
    int many = root ? MANY_AT_ROOT : MANY_SLUGS;
    merge(node, named(node, Segment.Kind.SLUG, many), "{title}");
    boolean things = node.children.keySet().stream().anyMatch(name -> name.startsWith("{title}"));
    int words = root ? MANY_WORDS : things ? MANY_SLUGS : MANY_WORDS_BELOW;
    List<String> wordy = named(node, Segment.Kind.WORD, words);
    node.wordsToo = !wordy.isEmpty();
    merge(node, wordy, "{title}");
    if (numbered(node)) merge(node, List.of("{date}"), "{id}");
    node.children.forEach((name, child) -> collapse(child, root && name.equals("{locale}")));
    merge(node, sections(node), "{section}");
  }

  /** Four digits among other numbers are a number, not a year. */
  private static boolean numbered(Node node) {
    Node years = node.children.get("{date}");
    return years != null && years.children.isEmpty() && node.children.containsKey("{id}");
  }

  /** The children of a kind, if there are many: those that end here are things, not sections. */
  private static List<String> named(Node node, Segment.Kind kind, int many) {
    List<String> names = new ArrayList<>();
    for (String name : node.children.keySet())
      if (node.kinds.get(name) == kind && node.children.get(name).ends > 0) names.add(name);
    return names.size() >= many ? names : List.of();
  }

  /** Sections that all hold things: the shelves of one shop. */
  private static List<String> sections(Node node) {
    List<String> names = new ArrayList<>();
    for (Map.Entry<String, Node> child : node.children.entrySet()) {
      boolean named = !child.getKey().startsWith("{");
      if (named && child.getValue().children.keySet().stream().anyMatch(n -> n.startsWith("{")))
        names.add(child.getKey());
    }
    return names.size() >= MANY_SECTIONS ? names : List.of();
  }

  private static void merge(Node node, List<String> names, String placeholder) {
    for (String name : names) {
      String text = placeholder + new Segment(Segment.Kind.WORD, name).ending();
      Node merged = node.children.remove(name);
      node.renamed.put(name, text);
      node.children.merge(text, merged, PageTemplates::join);
    }
    if (!names.isEmpty()) node.children.forEach((name, child) -> settle(child));
  }

  /** What was merged may now have many of a kind side by side. */
  private static void settle(Node node) {
    if (node.children.size() >= MANY_SLUGS) collapse(node, false);
  }

  private static Node join(Node one, Node other) {
    one.ends += other.ends;
    one.kinds.putAll(other.kinds);
    other.renamed.forEach(one.renamed::putIfAbsent);
    other.children.forEach((name, child) -> one.children.merge(name, child, PageTemplates::join));
    return one;
  }

  private static List<Segment> segments(String url) {
    String path = URI.create(url).getRawPath();
    List<Segment> segments = new ArrayList<>();
    boolean afterDate = false;
    for (String raw : (path == null ? "" : path).split("/")) {
      if (raw.isEmpty()) continue;
      Segment segment = Segment.of(raw, segments.size(), afterDate);
      afterDate = segment.kind() == Segment.Kind.DATE;
      segments.add(segment);
    }
    return segments;
  }

  private static String host(String url) {
    return String.valueOf(URI.create(url).getHost());
  }
}
