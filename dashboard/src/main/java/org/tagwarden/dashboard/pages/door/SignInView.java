package org.tagwarden.dashboard.pages.door;

/**
 * The sign-in form.
 *
 * @param next where to go afterwards; a path of this server
 * @param singleSignOn what the button of the sign-in server says; "" when there is none
 */
public record SignInView(String email, String next, String problem, String singleSignOn) {}
