/**
 * Mails that were taken and came back later: reading the mailbox to which they come, telling what
 * they are about, and marking the contact. Reading and marking are apart, so that no mailbox is
 * open while the database is at work.
 */
@NullMarked
package org.tagwarden.collector.alerts.bounces;

import org.jspecify.annotations.NullMarked;
