package org.tagwarden.agent.observe;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;
import org.tagwarden.agent.browser.CdpException;
import org.tagwarden.report.PageTimings;

/** Load and paint timings of the main document, from the browser's own buffers. */
public final class TimingObserver implements PageObserver {
  private static final String QUESTION =
      """
      (() => {
        const entries = type => {
          try {
            const o = new PerformanceObserver(() => {});
            o.observe({ type, buffered: true });
            const taken = o.takeRecords();
            o.disconnect();
            return taken;
          } catch { return []; }
        };
        const at = (v) => v > 0 ? v : -1;
        const nav = performance.getEntriesByType('navigation')[0] || {};
        const paint = n => (performance.getEntriesByName(n)[0] || {}).startTime;
        const lcp = entries('largest-contentful-paint').pop();
        let window = 0, cls = 0, from = 0, last = 0;
        for (const s of entries('layout-shift')) {
          if (s.hadRecentInput) continue;
          if (s.startTime - last > 1000 || s.startTime - from > 5000) { window = 0; from = s.startTime; }
          window += s.value; last = s.startTime; cls = Math.max(cls, window);
        }
        const tasks = entries('longtask').map(t => t.duration);
        return {
          ttfb: at(nav.responseStart), dcl: at(nav.domContentLoadedEventEnd), load: at(nav.loadEventEnd),
          fp: at(paint('first-paint')), fcp: at(paint('first-contentful-paint')),
          lcp: lcp ? lcp.startTime : -1, cls,
          blocking: tasks.reduce((sum, d) => sum + Math.max(0, d - 50), 0), tasks: tasks.length
        };
      })()
      """;

  private @Nullable PageTimings timings;

  public @Nullable PageTimings timings() {
    return timings;
  }

  @Override
  public void atEnd(LivePage page) {
    try {
      JsonNode t = page.evaluate(QUESTION);
      if (!t.has("ttfb")) return;
      timings =
          new PageTimings(
              t.path("ttfb").asDouble(-1),
              t.path("dcl").asDouble(-1),
              t.path("load").asDouble(-1),
              t.path("fp").asDouble(-1),
              t.path("fcp").asDouble(-1),
              t.path("lcp").asDouble(-1),
              t.path("cls").asDouble(0),
              t.path("blocking").asDouble(0),
              t.path("tasks").asInt(0));
    } catch (CdpException e) {
      timings = null; // the element observer has already noted a page that doesn't answer
    }
  }
}
