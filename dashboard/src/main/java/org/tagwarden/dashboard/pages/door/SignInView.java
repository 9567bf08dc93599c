package org.tagwarden.dashboard.pages.door;

/**
 * The sign-in form.
 *
 * @param next where to go afterwards; a path of this server
 */
public record SignInView(String email, String next, String problem) {}
