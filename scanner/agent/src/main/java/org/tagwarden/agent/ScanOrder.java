package org.tagwarden.agent;

import java.util.UUID;
import org.tagwarden.report.PageSet;
import org.tagwarden.report.VisitOptions;

/** What one scan is to do: which pages, and how they are visited. */
public record ScanOrder(UUID scanId, PageSet pages, VisitOptions options) {}
