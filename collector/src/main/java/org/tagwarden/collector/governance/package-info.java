/** Authorizations: who decided what about a tag or script, why and when. */
@NullMarked
package org.tagwarden.collector.governance;

import org.jspecify.annotations.NullMarked;
