/** People and API tokens. */
@NullMarked
package org.tagwarden.dashboard.pages.access;

import org.jspecify.annotations.NullMarked;
