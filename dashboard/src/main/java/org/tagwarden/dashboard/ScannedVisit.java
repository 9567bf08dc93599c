package org.tagwarden.dashboard;

import java.util.List;
import org.tagwarden.collector.checks.CheckResult;
import org.tagwarden.collector.vendors.Recognition;
import org.tagwarden.report.PageVisit;

/** A page visit with what was made of it. */
public record ScannedVisit(PageVisit visit, Recognition recognition, List<CheckResult> results) {
  public ScannedVisit {
    results = List.copyOf(results);
  }
}
