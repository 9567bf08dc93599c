package org.tagwarden.dashboard.program.scan;

import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.tagwarden.collector.checks.CheckResult;
import org.tagwarden.collector.checks.Severity;

/** A finding with the pages of the scan on which it was met. */
public record SeenFinding(
    String check,
    String title,
    String subject,
    Severity severity,
    String summary,
    List<String> evidence,
    String remedy,
    SortedSet<String> pages) {

  static SeenFinding of(CheckResult result, String page) {
    return new SeenFinding(
        result.check().id(),
        result.check().title(),
        result.failure().subject(),
        result.failure().severity(),
        result.failure().summary(),
        result.failure().evidence(),
        result.failure().remedy(),
        new TreeSet<>(List.of(page)));
  }

  /** The same finding on another page; the worse one speaks for both. */
  SeenFinding and(SeenFinding other) {
    SeenFinding worse = other.severity.compareTo(severity) > 0 ? other : this;
    SortedSet<String> all = new TreeSet<>(pages);
    all.addAll(other.pages);
    return new SeenFinding(
        check,
        worse.title,
        subject,
        worse.severity,
        worse.summary,
        worse.evidence,
        worse.remedy,
        all);
  }
}
