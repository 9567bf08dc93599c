package org.tagwarden.dashboard.pages.act;

import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import org.tagwarden.collector.Collector;
import org.tagwarden.collector.alerts.AlertActions;
import org.tagwarden.collector.alerts.AlertActions.Question;
import org.tagwarden.collector.alerts.Reviews;
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
  private final Reviews reviews;

  public ActPage(Collector collector) {
    this.actions = collector.alerts().actions();
    this.reviews = collector.alerts().reviews();
  }

  @Override
  public void mount(SiteMap map) {
    map.open(HttpMethod.GET, PATH, this::ask);
    map.open(HttpMethod.POST, PATH, this::act);
  }

  private Future<Reply> ask(Request request) {
    String token = token(request);
    return reviews.isReview(token)
        ? review(request, reviews.ask(token), false)
        : show(request, actions.ask(token), false);
  }

  private Future<Reply> act(Request request) {
    String token = token(request);
    if (!reviews.isReview(token))
      return show(request, actions.act(token, request.remoteAddress()), true);
    if (!ReviewView.answers(request)) return review(request, reviews.ask(token), false);
    return review(
        request,
        reviews.answer(token, item -> ReviewView.said(request, item), request.remoteAddress()),
        true);
  }

  private static Future<Reply> review(
      Request request, Future<Reviews.Question> question, boolean done) {
    return question.map(
        asked -> Reply.page("act/review", new ReviewView("/act/" + token(request), asked, done)));
  }

  private static String token(Request request) {
    return request.part("token");
  }

  private static Future<Reply> show(Request request, Future<Question> question, boolean done) {
    return question.map(
        asked -> Reply.page("act/page", new ActView("/act/" + token(request), asked, done)));
  }
}
