package org.tagwarden.collector.intake;

import org.tagwarden.collector.vendors.Recognition;
import org.tagwarden.report.PageVisit;

/** A stored visit with what today's catalogue makes of it. */
public record RecognisedVisit(PageVisit visit, Recognition recognition) {}
