/** Alerts as tickets: by mail to a help desk's address, or by its webhook. */
@NullMarked
package org.tagwarden.collector.alerts.ticket;

import org.jspecify.annotations.NullMarked;
