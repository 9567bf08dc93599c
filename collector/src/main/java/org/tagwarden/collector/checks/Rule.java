package org.tagwarden.collector.checks;

/** What a finding can be about: the part of a {@link Check} that people read. */
public interface Rule {
  /** Stable id, lower-case with dashes: "unapproved-script". */
  String id();

  /** What is wrong, as a headline: "Script that nobody approved". */
  String title();

  /** Why a site owner should care, one or two sentences. */
  String whyItMatters();

  /** The severity unless a {@link Failure} says otherwise. */
  Severity severity();
}
