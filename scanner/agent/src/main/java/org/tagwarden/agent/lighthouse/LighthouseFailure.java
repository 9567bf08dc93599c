package org.tagwarden.agent.lighthouse;

import org.tagwarden.report.Problem;

/** Why there are no figures of a page; becomes the problem of its report. */
final class LighthouseFailure extends Exception {
  private static final long serialVersionUID = 1L;

  private final String phase;
  private final String code;
  private final String sentence;

  /**
   * @param sentence what happened, where, what to do
   */
  LighthouseFailure(String phase, String code, String sentence) {
    super(sentence);
    this.phase = phase;
    this.code = code;
    this.sentence = sentence;
  }

  Problem problem() {
    return new Problem("lighthouse", phase, code, sentence, null);
  }
}
