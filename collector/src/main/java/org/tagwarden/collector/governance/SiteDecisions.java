package org.tagwarden.collector.governance;

import org.tagwarden.collector.governance.rules.Authorizations;

/**
 * What is decided for a site as of one moment.
 *
 * @param version grows with every decision that concerns the site, so that a judgement made with an
 *     older one can be recognised
 */
public record SiteDecisions(Authorizations authorizations, int version) {}
