package org.tagwarden.dashboard.pages.door;

/**
 * The second step of a sign-in.
 *
 * @param half what shows that the password was right
 * @param next where to go afterwards; a path of this server
 */
public record CodeView(String half, String next, String problem) {}
