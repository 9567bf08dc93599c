package org.tagwarden.collector.governance;

import org.tagwarden.collector.checks.Decisions;

/**
 * What is decided for a site as of one moment.
 *
 * @param version grows with every decision of the site, so that a judgement made with an older one
 *     can be recognised
 */
public record SiteDecisions(Decisions decisions, int version) {}
