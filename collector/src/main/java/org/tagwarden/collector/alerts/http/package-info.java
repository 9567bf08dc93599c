/** Posting to the addresses of webhooks: who may be called, signed how, for how long. */
@NullMarked
package org.tagwarden.collector.alerts.http;

import org.jspecify.annotations.NullMarked;
