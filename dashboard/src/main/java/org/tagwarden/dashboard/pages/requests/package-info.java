/** What marketing asks for, and what IT answers. */
@NullMarked
package org.tagwarden.dashboard.pages.requests;

import org.jspecify.annotations.NullMarked;
