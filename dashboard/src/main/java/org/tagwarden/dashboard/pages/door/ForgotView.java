package org.tagwarden.dashboard.pages.door;

/**
 * Asking for a new password.
 *
 * @param byMail whether this server sends mails
 * @param asked whether it was asked for just now
 */
public record ForgotView(boolean byMail, boolean asked, String problem) {}
