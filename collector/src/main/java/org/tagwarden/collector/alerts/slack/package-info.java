/** Alerts to a channel of Slack, through an incoming webhook. */
@NullMarked
package org.tagwarden.collector.alerts.slack;

import org.jspecify.annotations.NullMarked;
