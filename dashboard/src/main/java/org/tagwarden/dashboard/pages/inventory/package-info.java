/**
 * The tag inventory of a site: what runs there, since when, who loads it, what it costs, who
 * approved it.
 */
@NullMarked
package org.tagwarden.dashboard.pages.inventory;

import org.jspecify.annotations.NullMarked;
