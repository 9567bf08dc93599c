/** Who answers for a site and its tags, and who is told next when nobody acknowledges. */
@NullMarked
package org.tagwarden.dashboard.pages.owners;

import org.jspecify.annotations.NullMarked;
