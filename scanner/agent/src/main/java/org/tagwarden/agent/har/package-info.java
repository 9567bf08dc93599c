/** Writes page visits as HAR 1.2, the format that browsers' network panels and other tools open. */
@NullMarked
package org.tagwarden.agent.har;

import org.jspecify.annotations.NullMarked;
