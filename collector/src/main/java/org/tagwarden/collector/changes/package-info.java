/**
 * What changed on a site since it was last known and authorized: traits of a visit, the comparison
 * with what is known, and the log of changes. {@code VisitTraits} and {@code ChangeJudge} are pure;
 * {@code ChangeWatch} is their part of intake's transaction. The comparison of scripts as texts is
 * in {@code text}.
 */
@NullMarked
package org.tagwarden.collector.changes;

import org.jspecify.annotations.NullMarked;
