package org.tagwarden.agent.journey;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tagwarden.agent.browser.CdpException;
import org.tagwarden.agent.browser.CdpSession;
import org.tagwarden.agent.observe.LivePage;
import org.tagwarden.report.ElementSelector;
import org.tagwarden.report.JourneyStep;

/**
 * Takes steps on a page as a visitor would: looks for the element until it is there, in sight,
 * enabled, still and uncovered, then clicks, taps or types. Used by the visit's thread; the page
 * may be another after each step.
 */
public final class StepPlayer {
  /** How long a step waits for its element when it does not say. */
  public static final long USUAL_MS = 10_000;

  private static final Logger LOG = LoggerFactory.getLogger(StepPlayer.class);
  private static final long ASSERT_MS = 3_000;
  private static final long TICK_MS = 50;

  private final Supplier<LivePage> page;
  private final UnaryOperator<String> secrets;
  private final boolean touch;
  private final List<Element> secretFields = new ArrayList<>();

  /**
   * @param page the page as it is now
   * @param secrets puts secrets in where a text refers to them
   * @param touch whether the visitor taps instead of clicking
   */
  public StepPlayer(Supplier<LivePage> page, UnaryOperator<String> secrets, boolean touch) {
    this.page = page;
    this.secrets = secrets;
    this.touch = touch;
  }

  /**
   * Takes one step within {@code mostMs}, or within the step's own time if that is shorter. Returns
   * when it is done, not when its consequences are.
   */
  public void play(JourneyStep step, long mostMs) throws StepFailedException, InterruptedException {
    long usual = step.action() == JourneyStep.Action.ASSERT ? ASSERT_MS : USUAL_MS;
    long wait = Math.min(step.timeoutMs() == null ? usual : step.timeoutMs(), mostMs);
    try {
      switch (step.action()) {
        case OPEN -> open(value(step));
        case CLICK -> click(await(on(step), wait, true));
        case TYPE -> type(await(on(step), wait, true), step);
        case SELECT -> select(step, wait);
        case WAIT_FOR, ASSERT -> await(expected(step), wait, false);
        case SCROLL -> scroll(step, wait);
        case PRESS -> input().press(value(step));
        case MARK_PAYMENT_PAGE -> {}
      }
    } catch (CdpException e) {
      if (Thread.interrupted()) throw new InterruptedException();
      LOG.debug("A step failed in the browser", e);
      throw new StepFailedException("The page did not answer (" + e.getMessage() + ").", e);
    }
  }

  /** Fields that hold a secret now: pictures must not show them. */
  public void hideSecrets(boolean hidden) {
    for (Element field : secretFields) {
      try {
        field.ask("veil", hidden);
      } catch (CdpException e) {
        // It is gone with its page, and so is what it showed.
      }
    }
  }

  private void open(String url) throws StepFailedException {
    JsonNode answer =
        CdpSession.await(
            page.get()
                .page()
                .session()
                .send("Page.navigate", java.util.Map.of("url", secrets.apply(url))),
            "Opening the page",
            USUAL_MS * 3);
    String error = answer.path("errorText").asText("");
    if (!error.isEmpty())
      throw new StepFailedException(url + " could not be opened (" + error + ").");
  }

  private void click(Element element) {
    element.ask("here");
    input().click(element);
  }

  private void type(Element field, JourneyStep step) throws StepFailedException {
    String text = secrets.apply(value(step));
    boolean secret = !text.equals(step.value());
    if (secret) secretFields.add(field);
    JsonNode state = field.ask("state");
    String type = state.path("type").asText();
    if (List.of("date", "time", "month", "week", "datetime-local", "color", "range")
        .contains(type)) {
      if (field.ask("fill", text).asBoolean()) return;
      throw new StepFailedException(
          on(step).words() + " is a field for a " + type + " and did not take the text.");
    }
    if (!state.path("writable").asBoolean())
      throw new StepFailedException(on(step).words() + " is no field that takes a text.");
    input().click(field);
    field.ask("clear");
    input().press("Backspace");
    input().type(text);
    if (!text.isEmpty() && !field.ask("filled").asBoolean())
      throw new StepFailedException(on(step).words() + " stayed empty although it was typed into.");
  }

  /** A list of the browser's own is set; one that the page draws is opened and clicked. */
  private void select(JourneyStep step, long wait)
      throws StepFailedException, InterruptedException {
    Element list = await(on(step), wait, true);
    String option = secrets.apply(value(step));
    if (!list.ask("state").path("tag").asText().equals("select")) {
      click(list);
      click(await(new ElementSelector(ElementSelector.By.ROLE, "option", option, 1), wait, true));
      return;
    }
    list.scrollIntoView();
    if (list.ask("choose", option).asBoolean()) return;
    List<String> names = new ArrayList<>();
    for (JsonNode name : list.ask("options"))
      if (names.size() < 12) names.add("\"" + name.asText() + "\"");
    throw new StepFailedException(
        on(step).words()
            + " has no option \""
            + step.value()
            + "\". It has "
            + String.join(", ", names)
            + ".");
  }

  private void scroll(JourneyStep step, long wait)
      throws StepFailedException, InterruptedException {
    if (step.on() != null) {
      await(step.on(), wait, false).scrollIntoView();
      return;
    }
    long end = System.nanoTime() + wait * 1_000_000;
    boolean more = true;
    while (more && System.nanoTime() < end) {
      more =
          page.get()
              .evaluate(
                  "(() => { const e = document.scrollingElement || document.documentElement;"
                      + " const before = e.scrollTop; e.scrollBy(0, innerHeight * 0.8);"
                      + " return e.scrollTop > before; })()")
              .asBoolean();
      Thread.sleep(TICK_MS); // what comes into sight is told of with the next frames
    }
  }

  /**
   * Looks until the element is there and in sight and, if it is to be acted on, enabled, still and
   * uncovered.
   */
  private Element await(ElementSelector selector, long waitMs, boolean act)
      throws StepFailedException, InterruptedException {
    long end = System.nanoTime() + waitMs * 1_000_000;
    String trouble = null;
    String before = null;
    while (true) {
      List<Element> seen = new ArrayList<>();
      try {
        ElementFinder finder = new ElementFinder(page.get());
        trouble = null;
        for (Element element : finder.find(selector)) {
          JsonNode state = element.ask("state");
          if (!state.path("visible").asBoolean()) trouble = "is there but cannot be seen";
          else if (seen.size() < selector.nth()) seen.add(element);
        }
        if (seen.size() == selector.nth()) {
          Element element = seen.get(seen.size() - 1);
          if (!act) return element;
          element.scrollIntoView();
          JsonNode state = element.ask("state");
          // What sticks to an edge of the window covers what stands there, not what is amid it.
          if (!state.path("cover").isNull()) element.ask("center");
          String box = state.path("box").asText();
          trouble = inTheWay(state);
          if (trouble == null && box.equals(before)) return element;
          if (trouble == null) trouble = "keeps moving";
          before = box;
        }
      } catch (CdpException e) {
        // The page is being left, or spins: what it holds is asked again.
        if (Thread.interrupted()) throw new InterruptedException();
        before = null;
        trouble = "could not be looked for (" + e.getMessage() + ")";
      }
      if (System.nanoTime() > end) throw failure(selector, trouble, seen.size(), waitMs);
      Thread.sleep(TICK_MS);
    }
  }

  private static @Nullable String inTheWay(JsonNode state) {
    if (!state.path("enabled").asBoolean()) return "is disabled";
    String cover = state.path("cover").asText("");
    return cover.isEmpty() || state.path("cover").isNull() ? null : "is covered by " + cover;
  }

  private StepFailedException failure(
      ElementSelector selector, @Nullable String trouble, int found, long waitMs) {
    String time = " after " + Math.round(waitMs / 100.0) / 10.0 + " s";
    if (trouble != null)
      return new StepFailedException(selector.words() + " " + trouble + time + ".");
    String count = found == 0 ? "" : " (there are " + found + " of them)";
    String instead;
    try {
      instead = " " + new ElementFinder(page.get()).alternatives(selector);
    } catch (CdpException e) {
      instead = " The page did not answer any more.";
    }
    return new StepFailedException(
        selector.words() + " was not found" + time + count + "." + instead);
  }

  private PageInput input() {
    return new PageInput(page.get(), touch);
  }

  private static ElementSelector on(JourneyStep step) throws StepFailedException {
    if (step.on() == null) throw new StepFailedException("The step names no element.");
    return step.on();
  }

  private static ElementSelector expected(JourneyStep step) throws StepFailedException {
    if (step.on() != null) return step.on();
    return new ElementSelector(ElementSelector.By.TEXT, value(step), null, 1);
  }

  private static String value(JourneyStep step) throws StepFailedException {
    if (step.value() == null) throw new StepFailedException("The step says not what to do.");
    return step.value();
  }
}
