package org.tagwarden.agent.delivery;

/** The server answered, but not with what was asked for. The message is the server's sentence. */
public final class ServerRefusal extends Exception {
  private static final long serialVersionUID = 1L;

  private final int status;

  public ServerRefusal(int status, String sentence) {
    super(sentence);
    this.status = status;
  }

  public int status() {
    return status;
  }

  /**
   * Whether asking again later may help: the server is in trouble or busy, or the token has to be
   * put right first. Anything else is the request's own fault.
   */
  public boolean isTransient() {
    return status >= 500 || status == 408 || status == 425 || status == 429 || isAboutToken();
  }

  /** Whether the token is wrong or may not do this. */
  public boolean isAboutToken() {
    return status == 401 || status == 403;
  }
}
