package org.tagwarden.dashboard.pages.findings;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tagwarden.dashboard.pages.site.SiteFrame;
import org.tagwarden.dashboard.view.Chart;

/**
 * A list of findings.
 *
 * @param frame the site's; null for the findings of all sites
 * @param action where the filter form goes
 * @param more whether the list is cut
 */
public record FindingsView(
    @Nullable SiteFrame frame,
    String action,
    FindingFilter filter,
    Map<String, String> checks,
    List<FindingRow> findings,
    boolean more,
    boolean scanned,
    Chart perDay) {}
