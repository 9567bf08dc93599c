/** Export of a site's evidence pack for a period. */
@NullMarked
package org.tagwarden.dashboard.pages.pack;

import org.jspecify.annotations.NullMarked;
