package org.tagwarden.dashboard.pages.act;

import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import org.tagwarden.collector.Collector;
import org.tagwarden.collector.alerts.AlertActions;
import org.tagwarden.collector.alerts.AlertActions.Question;
import org.tagwarden.dashboard.web.Page;
import org.tagwarden.dashboard.web.Reply;
import org.tagwarden.dashboard.web.Request;
import org.tagwarden.dashboard.web.SiteMap;

/**
 * The signed links of mails. Opening one changes nothing (mail filters open links too); its button
 * does.
 */
public final class ActPage implements Page {
  private static final String PATH = "/act/:token";

  private final AlertActions actions;

  public ActPage(Collector collector) {
    this.actions = collector.alerts().actions();
  }

  @Override
  public void mount(SiteMap map) {
    map.open(HttpMethod.GET, PATH, request -> show(request, actions.ask(token(request)), false));
    map.open(HttpMethod.POST, PATH, request -> show(request, actions.act(token(request), request.remoteAddress()), true));
  }

  private static String token(Request request) {
    return request.part("token");
  }

  private static Future<Reply> show(Request request, Future<Question> question, boolean done) {
    return question.map(
        asked -> Reply.page("act/page", new ActView("/act/" + token(request), asked, done)));
  }
}
