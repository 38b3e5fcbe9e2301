/** A pause longer than this is not work. */
const IDLE_MS = 60_000;
/** The server takes an hour at a time. */
const MOST_SECONDS = 3600;

/** Counts the time in which the person did something, pauses over a minute cut. */
export class ActiveTime {
  private lastSeen: number | null = null;
  private activeMs = 0;

  /** Notes a sign of life at a moment in milliseconds. */
  touch(now: number): void {
    if (this.lastSeen !== null) {
      const passed = now - this.lastSeen;
      if (passed > 0 && passed <= IDLE_MS) this.activeMs += passed;
    }
    this.lastSeen = now;
  }

  /** Whole seconds since the last take, an hour at most; the rest is carried on. */
  take(): number {
    const seconds = Math.min(Math.floor(this.activeMs / 1000), MOST_SECONDS);
    this.activeMs -= seconds * 1000;
    return seconds;
  }
}
