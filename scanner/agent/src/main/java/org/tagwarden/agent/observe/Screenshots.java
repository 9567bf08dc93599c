package org.tagwarden.agent.observe;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tagwarden.agent.browser.CdpException;
import org.tagwarden.agent.traffic.Hygiene;
import org.tagwarden.report.Screenshot;

/**
 * Small pictures of what a visitor sees: the window's part of the page, scaled down, as WebP.
 * Password fields are not in them, not even as dots. Used by the visit's thread.
 */
public final class Screenshots {
  private static final int WIDTH = 720;
  private static final int QUALITY = 60;
  private static final int LOW_QUALITY = 25;
  private static final int MOST_BYTES = 120_000;
  private static final long TAKE_MS = 4_000;

  /** Animations hide better than styles: no mutation observer sees them, none stays. */
  private static final String HIDE =
      """
      (() => {
        globalThis.hidden = [];
        let shown = 0;
        const look = root => {
          for (const e of root.querySelectorAll('*')) {
            const open = e.shadowRoot;
            if (open) look(open);
            if (e.localName !== 'input' || e.type !== 'password') continue;
            const a = e.animate([{ opacity: 0 }, { opacity: 0 }], { duration: 60000, fill: 'both' });
            hidden.push(a);
            if (getComputedStyle(e).opacity !== '0') shown++;
          }
        };
        look(document);
        return shown;
      })()
      """;

  private static final String SHOW =
      "(() => { for (const a of globalThis.hidden || []) a.cancel(); globalThis.hidden = []; })()";

  private final Problems problems;
  private final List<Screenshot> taken = new ArrayList<>();
  private final Map<String, String> images = new HashMap<>();

  Screenshots(Problems problems) {
    this.problems = problems;
  }

  /** All that were taken, in their order. */
  public List<Screenshot> taken() {
    return List.copyOf(taken);
  }

  /** Base64 of the files by SHA-256. */
  public Map<String, String> images() {
    return Map.copyOf(images);
  }

  /**
   * Takes one of the top of the page; a problem of the visit and null when it can't be had. {@code
   * atMs} is the offset from the visit's start.
   */
  public @Nullable Screenshot takeTop(LivePage page, Screenshot.Moment moment, double atMs) {
    try {
      page.evaluate("window.scrollTo(0, 0), 0");
    } catch (CdpException e) {
      return failed(moment, e);
    }
    return take(page, moment, atMs);
  }

  /** The same of the part of the page that is in sight. */
  public @Nullable Screenshot take(LivePage page, Screenshot.Moment moment, double atMs) {
    try {
      if (hide(page) > 0) throw new CdpException("a password field could not be hidden");
      byte[] file = capture(page, QUALITY);
      if (file.length > MOST_BYTES) file = capture(page, LOW_QUALITY);
      WebpSize size = WebpSize.of(file);
      String hash = Hygiene.hex("SHA-256", file);
      images.put(hash, Base64.getEncoder().encodeToString(file));
      Screenshot shot =
          new Screenshot(moment, hash, "image/webp", size.width(), size.height(), atMs);
      taken.add(shot);
      return shot;
    } catch (CdpException e) {
      return failed(moment, e);
    } finally {
      show(page);
    }
  }

  private static byte[] capture(LivePage page, int quality) {
    JsonNode view =
        page.page()
            .session()
            .call("Page.getLayoutMetrics", Map.of(), page.within(TAKE_MS))
            .path("cssVisualViewport");
    double width = Math.max(1, view.path("clientWidth").asDouble());
    double height = Math.max(1, view.path("clientHeight").asDouble());
    double ratio =
        page.evaluate("window.devicePixelRatio").asDouble(1) * view.path("scale").asDouble(1);
    Map<String, Object> clip =
        Map.of(
            "x", view.path("pageX").asDouble(),
            "y", view.path("pageY").asDouble(),
            "width", width,
            "height", height,
            "scale", Math.min(1, WIDTH / (width * ratio)));
    JsonNode answer =
        page.page()
            .session()
            .call(
                "Page.captureScreenshot",
                Map.of("format", "webp", "quality", quality, "clip", clip),
                page.within(TAKE_MS));
    return Base64.getDecoder().decode(answer.path("data").asText(""));
  }

  /** In all frames: how many password fields stayed in sight. */
  private static int hide(LivePage page) {
    int shown = 0;
    for (FrameObserver.Seen frame : page.frames())
      shown += page.evaluate(frame.target(), frame.id(), HIDE).asInt();
    return shown;
  }

  private static void show(LivePage page) {
    for (FrameObserver.Seen frame : page.frames()) {
      try {
        page.evaluate(frame.target(), frame.id(), SHOW);
      } catch (CdpException e) {
        // A frame that has gone needs no field back.
      }
    }
  }

  private @Nullable Screenshot failed(Screenshot.Moment moment, CdpException e) {
    problems.note(
        "browser",
        "screenshot",
        "screenshot-failed",
        "There is no picture of the page ("
            + moment.name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ')
            + "): "
            + e.getMessage()
            + ".");
    return null;
  }
}
