package org.tagwarden.collector.changes;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.tagwarden.collector.checks.MainDocument;
import org.tagwarden.collector.checks.ScriptSubject;
import org.tagwarden.collector.checks.Severity;
import org.tagwarden.report.Header;

/** The headers of a page's own document whose change weakens the browser's protection. */
final class WatchedHeaders {
  /** Stands for a header that is not sent. */
  static final String NONE = "";

  /** What a policy in a meta element is called here. */
  private static final String META_POLICY = "Content-Security-Policy (meta)";

  static final List<String> NAMES =
      List.of(
          "Content-Security-Policy",
          "Content-Security-Policy-Report-Only",
          META_POLICY,
          "Strict-Transport-Security",
          "X-Frame-Options",
          "X-Content-Type-Options",
          "Referrer-Policy",
          "Permissions-Policy",
          "Cross-Origin-Opener-Policy",
          "Cross-Origin-Embedder-Policy",
          "Cross-Origin-Resource-Policy",
          "Access-Control-Allow-Origin",
          "Reporting-Endpoints");

  /** Without these a page can be framed, downgraded or injected into. */
  private static final Set<String> STRONG =
      Set.of(
          "Content-Security-Policy",
          META_POLICY,
          "Strict-Transport-Security",
          "X-Frame-Options",
          "X-Content-Type-Options");

  private static final Pattern NONCE_OR_HASH =
      Pattern.compile("'(nonce|sha256|sha384|sha512)-[^']*'");

  private WatchedHeaders() {}

  /** A trait for each, sent or not. */
  static List<Trait> of(MainDocument document) {
    List<Trait> traits = new ArrayList<>();
    for (String name : NAMES) {
      String value = name.equals(META_POLICY) ? meta(document) : sent(document, name);
      traits.add(
          new Trait(
              TraitKind.HEADER,
              name,
              value,
              null,
              Trait.Facts.seen("Page: " + document.request().url())));
    }
    return traits;
  }

  private static String sent(MainDocument document, String name) {
    List<String> values = new ArrayList<>();
    for (Header header : document.request().responseHeaders()) {
      if (header.name().equalsIgnoreCase(name)) values.add(normal(name, header.value()));
    }
    return String.join(", ", values);
  }

  private static String meta(MainDocument document) {
    return String.join(
        ", ", document.metaPolicies().stream().map(p -> normal(META_POLICY, p)).toList());
  }

  /** The value without nonces and hashes; a policy's directives and sources in one order. */
  static String normal(String name, String value) {
    String text = value.strip().replaceAll("\\s+", " ");
    if (name.startsWith("Reporting")) return ScriptSubject.withoutVolatileParts(text);
    if (!name.startsWith("Content-Security-Policy")) return text;
    Set<String> directives = new TreeSet<>();
    for (String directive : NONCE_OR_HASH.matcher(text).replaceAll("'$1-*'").split(";")) {
      String one = directive.strip();
      if (!one.isEmpty()) directives.add(sorted(one));
    }
    return String.join("; ", directives);
  }

  private static String sorted(String directive) {
    int space = directive.indexOf(' ');
    if (space < 0) return directive.toLowerCase(Locale.ROOT);
    Set<String> sources = new TreeSet<>(List.of(directive.substring(space + 1).split(" ")));
    return directive.substring(0, space).toLowerCase(Locale.ROOT) + " " + String.join(" ", sources);
  }

  /** How urgent a change is: a protection that is gone or may be weaker, or a new one. */
  static Severity severity(String name, String before, String now) {
    if (before.equals(NONE)) return Severity.LOW;
    boolean strong = STRONG.contains(name);
    if (now.equals(NONE)) return strong ? Severity.HIGH : Severity.MEDIUM;
    return strong ? Severity.MEDIUM : Severity.LOW;
  }
}
