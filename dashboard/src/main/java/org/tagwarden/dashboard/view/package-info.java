/**
 * How values look on pages: numbers, times, badges, sparklines and charts. Pure; used by view
 * records and templates.
 */
@NullMarked
package org.tagwarden.dashboard.view;

import org.jspecify.annotations.NullMarked;
