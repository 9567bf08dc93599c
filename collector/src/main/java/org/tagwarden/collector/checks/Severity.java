package org.tagwarden.collector.checks;

/** How urgent a finding is, worst last, so that {@code compareTo} orders by urgency. */
public enum Severity {
  LOW,
  MEDIUM,
  HIGH,
  CRITICAL
}
