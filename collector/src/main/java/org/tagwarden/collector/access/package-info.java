/** People, roles, sessions and API tokens. */
@NullMarked
package org.tagwarden.collector.access;

import org.jspecify.annotations.NullMarked;
