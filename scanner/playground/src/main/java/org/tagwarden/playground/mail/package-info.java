/**
 * Catches the mails of the demo and of tests: a real SMTP server that delivers nothing, and a small
 * page to read what arrived.
 */
@NullMarked
package org.tagwarden.playground.mail;

import org.jspecify.annotations.NullMarked;
