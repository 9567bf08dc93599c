/**
 * Authorizations as rules: about what, where, until when, within which envelope; which of them
 * decides, and what leaves its envelope. Pure: no database, no network, no clock.
 */
@NullMarked
package org.tagwarden.collector.governance.rules;

import org.jspecify.annotations.NullMarked;
