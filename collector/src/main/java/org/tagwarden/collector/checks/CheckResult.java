package org.tagwarden.collector.checks;

/** What one check found wrong: together they are a finding's content. */
public record CheckResult(Check check, Failure failure) {}
