/** Alerts: the messages about findings, and a folder per channel. */
@NullMarked
package org.tagwarden.collector.alerts;

import org.jspecify.annotations.NullMarked;
