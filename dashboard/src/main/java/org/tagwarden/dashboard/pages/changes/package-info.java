/** What changed on a site, what it looked like before, and who accepts it. */
@NullMarked
package org.tagwarden.dashboard.pages.changes;

import org.jspecify.annotations.NullMarked;
