/**
 * Who answers for a site or tag, and who is told next when nobody does. The paths and lines are
 * pure; alerts ask here, never the other way round.
 */
@NullMarked
package org.tagwarden.collector.owners;

import org.jspecify.annotations.NullMarked;
