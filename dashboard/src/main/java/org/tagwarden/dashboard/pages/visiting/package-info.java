/** How a site's pages are visited: consent, device, identity, access, timing, steps. */
@NullMarked
package org.tagwarden.dashboard.pages.visiting;

import org.jspecify.annotations.NullMarked;
