/** The tag inventory: what runs where, since when, how much of it. */
@NullMarked
package org.tagwarden.collector.inventory;

import org.jspecify.annotations.NullMarked;
