package org.tagwarden.collector.checks;

/** What one check, or another rule, found wrong: together they are a finding's content. */
public record CheckResult(Rule check, Failure failure) {}
