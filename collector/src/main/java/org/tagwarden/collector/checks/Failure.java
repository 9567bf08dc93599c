package org.tagwarden.collector.checks;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One thing that a check found wrong. Site, check and subject are the identity of a finding: the
 * same subject on ten pages and in fifty scans is one finding, so a subject never holds what
 * changes between loads (nonces, query values).
 *
 * @param subject what it is about: a normalised script URL, a tag key, a header name, a host,
 *     "cookie@domain"
 * @param tagKey the tag it belongs to; null when it is about the site itself
 * @param summary one sentence for people, naming the subject
 * @param evidence what was seen, a line each
 * @param remedy what to do about it, one or two sentences
 * @param names what it names besides (hosts, cookies), for whoever compares it with what others say
 */
public record Failure(
    String subject,
    @Nullable String tagKey,
    Severity severity,
    String summary,
    List<String> evidence,
    String remedy,
    Set<String> names) {
  /** One that names nothing besides. */
  public Failure(
      String subject,
      @Nullable String tagKey,
      Severity severity,
      String summary,
      List<String> evidence,
      String remedy) {
    this(subject, tagKey, severity, summary, evidence, remedy, Set.of());
  }

  public Failure {
    if (subject.isBlank()) throw new IllegalArgumentException("A failure needs a subject");
    evidence = List.copyOf(evidence);
    names = Set.copyOf(names);
  }
}
