package org.tagwarden.agent.observe;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tagwarden.agent.browser.CdpException;
import org.tagwarden.report.PageElement;

/** Scripts, links, iframes, metas and forms as the documents of all frames hold them at the end. */
public final class ElementObserver implements PageObserver {
  private static final String QUESTION =
      """
      (() => {
        const out = [], most = 1500;
        const url = { script: 'src', link: 'href', iframe: 'src', form: 'action' };
        for (const e of document.querySelectorAll('script,link,iframe,meta,form')) {
          if (out.length >= most) break;
          const tag = e.localName, attributes = {};
          for (const a of e.attributes) {
            const v = a.name === 'nonce' ? 'present' : a.value.slice(0, 1000);
            if (a.name.length < 100) attributes[a.name] = v;
          }
          if (tag === 'script' && e.nonce) attributes.nonce = 'present';
          const raw = url[tag] && e.getAttribute(url[tag]);
          let resolved = null;
          if (raw) try { resolved = new URL(raw, document.baseURI).href; } catch { resolved = raw; }
          out.push([tag, resolved, attributes]);
        }
        const links = [];
        for (const a of document.links) {
          if (links.length >= 2000) break;
          if (a.href.startsWith('http') && !a.hasAttribute('download')) links.push(a.href);
        }
        return { title: document.title.slice(0, 500), href: location.href, out, links };
      })()
      """;

  private final Problems problems;
  private final List<PageElement> elements = new ArrayList<>();
  private final List<String> links = new ArrayList<>();
  private @Nullable String title;

  ElementObserver(Problems problems) {
    this.problems = problems;
  }

  public List<PageElement> elements() {
    return elements;
  }

  /** Where the main document links to. */
  public List<String> links() {
    return links;
  }

  public @Nullable String title() {
    return title;
  }

  @Override
  public void atEnd(LivePage page) {
    elements.clear();
    links.clear();
    for (FrameObserver.Seen frame : page.frames()) {
      boolean main = frame.parentId() == null && frame.target() == page.page();
      try {
        take(page.evaluate(frame.target(), frame.id(), QUESTION), frame.id(), main);
      } catch (CdpException e) {
        if (main)
          problems.note(
              "browser",
              "harvest",
              "page-unresponsive",
              "The page did not answer what elements it holds ("
                  + e.getMessage()
                  + "): a script of it may be spinning.");
      }
    }
  }

  private void take(JsonNode answer, String frameId, boolean main) {
    if (main) {
      title = answer.path("title").asText(null);
      for (JsonNode link : answer.path("links")) links.add(link.asText());
    }
    for (JsonNode element : answer.path("out")) {
      Map<String, String> attributes = new HashMap<>();
      element
          .path(2)
          .fields()
          .forEachRemaining(a -> attributes.put(a.getKey(), a.getValue().asText()));
      elements.add(
          new PageElement(
              element.path(0).asText(), element.path(1).asText(null), attributes, frameId));
    }
  }
}
