/** The audit log: who changed what, when and from where. */
@NullMarked
package org.tagwarden.dashboard.pages.audit;

import org.jspecify.annotations.NullMarked;
