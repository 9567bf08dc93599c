/**
 * Page speed by Lighthouse: {@link org.tagwarden.agent.lighthouse.LighthouseRunner} checks the
 * target, runs {@code lhci collect} as a process with a deadline and a Chromium of its own, without
 * the proxy, and reads what it measured. The Node packages are pinned in {@code
 * scanner/agent/lighthouse}.
 */
@NullMarked
package org.tagwarden.agent.lighthouse;

import org.jspecify.annotations.NullMarked;
