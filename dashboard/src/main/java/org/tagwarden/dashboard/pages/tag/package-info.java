/** One tag of a site: where it runs, what it brought, what was decided about it. */
@NullMarked
package org.tagwarden.dashboard.pages.tag;

import org.jspecify.annotations.NullMarked;
