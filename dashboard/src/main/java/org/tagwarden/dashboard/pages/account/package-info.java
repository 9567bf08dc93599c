/** One's own account: password and second factor. */
@NullMarked
package org.tagwarden.dashboard.pages.account;

import org.jspecify.annotations.NullMarked;
