package org.tagwarden.agent.observe;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.tagwarden.agent.browser.CdpException;
import org.tagwarden.agent.browser.Target;
import org.tagwarden.agent.browser.TargetListener;

/** The observers of one visit: a new kind of evidence is a class and one line here. */
public final class Observers implements TargetListener {
  public final Problems problems = new Problems();
  public final RequestObserver requests = new RequestObserver(problems);
  public final FrameObserver frames = new FrameObserver();
  public final ScriptObserver scripts;
  public final BehaviourObserver behaviours;
  public final StorageObserver storage = new StorageObserver();
  public final ConsoleObserver console = new ConsoleObserver();
  public final ElementObserver elements = new ElementObserver(problems);
  public final TimingObserver timings = new TimingObserver();
  public final CookieObserver cookies = new CookieObserver(problems);
  public final WrapperObserver wrappers = new WrapperObserver();
  public final Screenshots screenshots = new Screenshots(problems);
  public final PageGuard guard = new PageGuard(problems);

  static final String PRIVACY_SIGNAL =
      "Object.defineProperty(Object.getPrototypeOf(navigator), 'globalPrivacyControl',"
          + " { configurable: true, enumerable: true, get: () => true });"
          + "\n//# sourceURL="
          + LivePage.PROBE;

  private final KnownSources known;
  private final BehaviourScript planted;
  private final Set<String> ownTexts;
  private final List<PageObserver> further = new CopyOnWriteArrayList<>();
  private final List<PageObserver> all;
  private final boolean globalPrivacyControl;
  private volatile @Nullable Target page;

  public Observers(KnownSources known, boolean globalPrivacyControl) {
    this(
        known,
        globalPrivacyControl,
        BehaviourScript.fresh(),
        ConcurrentHashMap.<String>newKeySet());
  }

  private Observers(
      KnownSources known,
      boolean globalPrivacyControl,
      BehaviourScript planted,
      Set<String> ownTexts) {
    this.known = known;
    this.ownTexts = ownTexts;
    this.planted = planted;
    this.scripts = new ScriptObserver(known, requests, problems, planted, ownTexts);
    this.behaviours = new BehaviourObserver(planted, problems);
    this.globalPrivacyControl = globalPrivacyControl;
    this.all =
        new CopyOnWriteArrayList<>(
            List.of(
                requests,
                frames,
                scripts,
                console,
                behaviours,
                storage,
                guard, // while the page runs
                timings,
                elements,
                cookies,
                wrappers)); // at its end
  }

  /** One more that only some visits need; before the page is opened. */
  public void add(PageObserver one) {
    further.add(one);
    all.add(one);
  }

  /** One less, to measure what it costs; before the page is opened. */
  public void remove(PageObserver one) {
    all.remove(one);
  }

  @Override
  public List<CompletableFuture<?>> attached(Target target) {
    if (target.type() == Target.Type.PAGE) {
      if (page == null) main(target);
      else guard.popup(target);
    }
    List<CompletableFuture<?>> sent = new ArrayList<>();
    for (PageObserver observer : all)
      for (PageObserver.Command command : observer.prepare(target)) {
        for (String text : List.of("source", "expression"))
          if (command.params().get(text) instanceof String script) scripts.own(script);
        sent.add(target.session().send(command.method(), command.params()));
      }
    if (globalPrivacyControl) sent.add(privacySignal(target));
    return sent;
  }

  /**
   * Observers for the next document of the same tab: a journey keeps each page's evidence apart.
   * What was switched on in the tab stays on, and is not sent again.
   */
  public Observers next(Target tab) {
    Observers next = new Observers(known, globalPrivacyControl, planted, ownTexts);
    further.forEach(next::add);
    next.cookies.startWith(cookies.all());
    next.storage.startWith(storage);
    next.main(tab);
    return next;
  }

  private static CompletableFuture<?> privacySignal(Target target) {
    return target.hasFrames()
        ? target
            .session()
            .send("Page.addScriptToEvaluateOnNewDocument", Map.of("source", PRIVACY_SIGNAL))
        : target
            .session()
            .send("Runtime.evaluate", Map.of("expression", PRIVACY_SIGNAL, "silent", true));
  }

  private void main(Target opened) {
    page = opened;
    frames.main(opened);
    guard.main(opened);
  }

  @Override
  public void event(Target target, String method, JsonNode params) {
    for (PageObserver observer : all) observer.event(target, method, params);
  }

  @Override
  public void flooded() {
    problems.note(
        "browser",
        "load",
        "event-flood",
        "The page did so much that not all of it could be followed: the requests are complete, but"
            + " who made the later ones, and scripts and messages of that time, are missing.");
  }

  @Override
  public void detached(Target target) {
    guard.detached(target);
  }

  /**
   * Asks the page, while it is still there, what only it can tell. May be called again as long as
   * the page is there: the last answers count.
   */
  public void atEnd(LivePage page) {
    for (PageObserver observer : all) {
      try {
        observer.atEnd(page);
      } catch (CdpException e) {
        problems.note(
            "browser",
            "harvest",
            "question-failed",
            observer.getClass().getSimpleName() + " could not finish: " + e.getMessage());
      }
    }
  }
}
