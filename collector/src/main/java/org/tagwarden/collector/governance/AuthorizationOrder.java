package org.tagwarden.collector.governance;

import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.governance.rules.AuthorizationDraft;

/**
 * An authorization to be saved.
 *
 * @param seenVersion the version on which it is based, 0 when there was none; a newer one in
 *     between refuses it. Null: whatever holds is replaced
 */
public record AuthorizationOrder(AuthorizationDraft draft, @Nullable Integer seenVersion) {}
