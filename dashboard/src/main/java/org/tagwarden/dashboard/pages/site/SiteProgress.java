package org.tagwarden.dashboard.pages.site;

/**
 * How far the site's scan is.
 *
 * @param refreshed whether the page asked again by itself, so that the end is news
 */
public record SiteProgress(SiteFrame frame, boolean refreshed) {}
