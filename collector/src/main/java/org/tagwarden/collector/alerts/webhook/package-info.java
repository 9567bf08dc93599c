/** Alerts as signed JSON to any receiver. */
@NullMarked
package org.tagwarden.collector.alerts.webhook;

import org.jspecify.annotations.NullMarked;
