/**
 * The server side behind the pages: from a scanner's report to inventory, findings and alerts.
 * {@link org.tagwarden.collector.Collector} wires every service in plain sight; packages below hold
 * one stage each.
 */
@NullMarked
package org.tagwarden.collector;

import org.jspecify.annotations.NullMarked;
