/** How fast a site is and what third parties cost it. */
@NullMarked
package org.tagwarden.dashboard.pages.performance;

import org.jspecify.annotations.NullMarked;
