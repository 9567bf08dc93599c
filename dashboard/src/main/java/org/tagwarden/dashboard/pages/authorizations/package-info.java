/** What may run, on whose word and within which limits: the list, one, and its form. */
@NullMarked
package org.tagwarden.dashboard.pages.authorizations;

import org.jspecify.annotations.NullMarked;
