/**
 * How long the pages of a site are watched after load: learnt from when its tags fired before. See
 * docs/decisions/settling.md. Knows reports and figures; the SQL is in {@code SettleHistories}.
 */
@NullMarked
package org.tagwarden.collector.settling;

import org.jspecify.annotations.NullMarked;
