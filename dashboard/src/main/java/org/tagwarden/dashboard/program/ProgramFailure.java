package org.tagwarden.dashboard.program;

/** A command cannot go on. The message is one sentence for people: what happened, what to do. */
public final class ProgramFailure extends RuntimeException {
  /** Wrong usage: another command line would have worked. */
  public static final int USAGE = 2;

  /** It could not be done: the machine, the network or the site is in the way. */
  public static final int CANNOT = 3;

  private static final long serialVersionUID = 1L;

  private final int exitCode;

  private ProgramFailure(int exitCode, String sentence) {
    super(sentence);
    this.exitCode = exitCode;
  }

  public static ProgramFailure usage(String sentence) {
    return new ProgramFailure(USAGE, sentence);
  }

  public static ProgramFailure cannot(String sentence) {
    return new ProgramFailure(CANNOT, sentence);
  }

  public int exitCode() {
    return exitCode;
  }
}
