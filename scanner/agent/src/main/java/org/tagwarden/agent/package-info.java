/**
 * The scanner agent: {@link org.tagwarden.agent.SiteScan} tells the story of a scan, from a set of
 * pages to one {@link org.tagwarden.report.PageVisit} for each. The browser lives in {@code
 * browser}, the proxy in {@code traffic}, one class per kind of evidence in {@code observe}.
 */
@NullMarked
package org.tagwarden.agent;

import org.jspecify.annotations.NullMarked;
