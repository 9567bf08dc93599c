/**
 * The mail server of the settings, for whoever sends mails: alerts and the door. Knows what a mail
 * server is, not what the mails say.
 */
@NullMarked
package org.tagwarden.collector.mail;

import org.jspecify.annotations.NullMarked;
