/** Placeholder. */
package org.tagwarden.agent;
