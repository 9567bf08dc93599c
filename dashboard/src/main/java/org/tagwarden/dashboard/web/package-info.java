/**
 * What every page of the dashboard stands on: routes with their guard, requests and replies,
 * templates, static assets, security headers. Knows no page.
 */
@NullMarked
package org.tagwarden.dashboard.web;

import org.jspecify.annotations.NullMarked;
