/**
 * One page visit in words that people read: facts, no verdicts. Pure; for pages and report.html.
 */
@NullMarked
package org.tagwarden.dashboard.evidence;

import org.jspecify.annotations.NullMarked;
