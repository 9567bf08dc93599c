/** The way in: set-up, sign-in, one-time links, sign-out, the theme. */
@NullMarked
package org.tagwarden.dashboard.pages.door;

import org.jspecify.annotations.NullMarked;
