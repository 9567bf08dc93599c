/** Alerts by mail: one message a recipient, HTML and text, through the configured mail server. */
@NullMarked
package org.tagwarden.collector.alerts.email;

import org.jspecify.annotations.NullMarked;
