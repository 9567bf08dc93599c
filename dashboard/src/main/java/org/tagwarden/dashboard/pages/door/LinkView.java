package org.tagwarden.dashboard.pages.door;

/**
 * What a one-time link opens.
 *
 * @param password whether a new password is to be chosen
 */
public record LinkView(String action, boolean password, String problem) {}
