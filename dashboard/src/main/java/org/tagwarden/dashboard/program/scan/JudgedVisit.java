package org.tagwarden.dashboard.program.scan;

import org.tagwarden.collector.checks.Examination;
import org.tagwarden.collector.vendors.Recognition;
import org.tagwarden.report.PageVisit;

/** A visit with what recognition and the checks made of it. */
public record JudgedVisit(PageVisit visit, Recognition recognition, Examination examination) {}
