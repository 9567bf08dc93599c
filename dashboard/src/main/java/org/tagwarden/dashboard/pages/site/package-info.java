/** What the pages of one site share: head, tabs, counts. */
@NullMarked
package org.tagwarden.dashboard.pages.site;

import org.jspecify.annotations.NullMarked;
