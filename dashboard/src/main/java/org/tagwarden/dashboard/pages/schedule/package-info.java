/** When and how a site is scanned, and who hears of it. */
@NullMarked
package org.tagwarden.dashboard.pages.schedule;

import org.jspecify.annotations.NullMarked;
