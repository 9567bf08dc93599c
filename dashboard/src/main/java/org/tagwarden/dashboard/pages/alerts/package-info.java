/** The outbox: messages that went out, wait, or failed. */
@NullMarked
package org.tagwarden.dashboard.pages.alerts;

import org.jspecify.annotations.NullMarked;
