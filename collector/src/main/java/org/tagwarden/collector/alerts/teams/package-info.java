/** Alerts to a channel of Microsoft Teams, through a workflow's webhook. */
@NullMarked
package org.tagwarden.collector.alerts.teams;

import org.jspecify.annotations.NullMarked;
