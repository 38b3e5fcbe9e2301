import type { Result } from "@/lib/domain/result";
import { isSame } from "@/lib/domain/same";
import type { Draft } from "../editing/history";
import { type Clash, mergeDrafts, type Side } from "../editing/merge-drafts";

/** A draft as the server has it. */
export type KeptDraft = Draft & { revision: number; changedBy: string | null };

export type DraftServer = {
  /** Keeps a draft where no other save came after `baseRevision`. */
  save: (draft: Draft, baseRevision: number) => Promise<Result<{ revision: number }>>;
  /** The draft as it stands; null where it was discarded or published. */
  open: () => Promise<Result<KeptDraft | null>>;
};

/** Keeps what the server does not have yet, should the page be closed. */
export type LocalCopy = {
  write: (copy: { revision: number; base: Draft; mine: Draft }) => void;
  clear: () => void;
};

export type KeepState =
  | { kind: "saved" }
  | { kind: "waiting" }
  | { kind: "saving" }
  /** It will be tried again. */
  | { kind: "failed"; message: string }
  /** Somebody else changed the same fields otherwise. */
  | { kind: "clash"; clashes: readonly Clash[]; by: string | null }
  /** Somebody else published or discarded the draft. */
  | { kind: "gone" };

type Listener = {
  onState: (state: KeepState) => void;
  /** The draft with what somebody else did meanwhile. */
  onMerged: (draft: Draft, by: string | null) => void;
};

const PAUSE_MS = 700;
const RETRY_MS = 4_000;

/**
 * Saves a draft a moment after each change, one save at a time. Where somebody else saved in between,
 * both people's changes are joined; what they changed differently is asked about, and nothing is
 * overwritten meanwhile.
 */
export class DraftKeeper {
  private base: KeptDraft;
  private latest: Draft;
  private timer: ReturnType<typeof setTimeout> | null = null;
  private isSaving = false;
  private theirs: KeptDraft | null = null;

  constructor(
    initial: KeptDraft,
    private readonly server: DraftServer,
    private readonly copy: LocalCopy,
    private readonly listener: Listener,
  ) {
    this.base = initial;
    this.latest = initial;
  }

  /** Takes the draft as it is edited now. */
  change(draft: Draft): void {
    if (draft === this.latest) return;
    this.latest = draft;
    if (isSameDraft(draft, this.base) && !this.isSaving) {
      this.copy.clear();
      return this.listener.onState({ kind: "saved" });
    }
    this.copy.write({ revision: this.base.revision, base: plain(this.base), mine: plain(draft) });
    if (this.theirs !== null) return;
    this.listener.onState({ kind: "waiting" });
    this.schedule(PAUSE_MS);
  }

  /** Saves at once, e.g. before the page is left; answers whether all is saved. */
  async flush(): Promise<boolean> {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
    if (this.isSaving || this.theirs !== null) return false;
    if (isSameDraft(this.latest, this.base)) return true;
    await this.save();
    return isSameDraft(this.latest, this.base);
  }

  /** Decides what clashed and goes on. */
  resolve(choices: ReadonlyMap<string, Side>): void {
    const { theirs } = this;
    if (theirs === null) return;
    const { draft } = mergeDrafts({ base: this.base, mine: this.latest, theirs }, choices);
    this.theirs = null;
    this.takeUp(theirs, draft);
  }

  /** Stops saving; what is unsaved stays in the browser's copy. */
  stop(): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
  }

  get revision(): number {
    return this.base.revision;
  }

  private schedule(milliseconds: number): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.timer = null;
      if (!this.isSaving) void this.save();
    }, milliseconds);
  }

  private async save(): Promise<void> {
    const sent = this.latest;
    this.isSaving = true;
    this.listener.onState({ kind: "saving" });
    const saved = await this.server.save(plain(sent), this.base.revision).catch(() => null);
    this.isSaving = false;
    if (saved === null) return this.tryAgain("This did not reach the server.");
    if (saved.ok) return this.afterSave(sent, saved.value.revision);
    if (saved.failure.kind === "conflict" || saved.failure.kind === "not_found") {
      return this.join();
    }
    this.tryAgain(saved.failure.message);
  }

  private afterSave(sent: Draft, revision: number): void {
    this.base = { ...plain(sent), revision, changedBy: null };
    if (this.latest === sent) {
      this.copy.clear();
      this.listener.onState({ kind: "saved" });
    } else this.schedule(PAUSE_MS);
  }

  private tryAgain(message: string): void {
    this.listener.onState({ kind: "failed", message });
    this.schedule(RETRY_MS);
  }

  private async join(): Promise<void> {
    const opened = await this.server.open().catch(() => null);
    if (opened === null || !opened.ok) {
      return this.tryAgain(opened?.failure.message ?? "This did not reach the server.");
    }
    const theirs = opened.value;
    if (theirs === null) return this.listener.onState({ kind: "gone" });
    const { draft, clashes } = mergeDrafts({ base: this.base, mine: this.latest, theirs });
    if (clashes.length > 0) {
      this.theirs = theirs;
      return this.listener.onState({ kind: "clash", clashes, by: theirs.changedBy });
    }
    this.takeUp(theirs, draft);
  }

  private takeUp(theirs: KeptDraft, draft: Draft): void {
    this.base = theirs;
    this.latest = draft;
    this.listener.onMerged(draft, theirs.changedBy);
    if (isSameDraft(draft, theirs)) {
      this.copy.clear();
      return this.listener.onState({ kind: "saved" });
    }
    this.copy.write({ revision: theirs.revision, base: plain(theirs), mine: plain(draft) });
    this.listener.onState({ kind: "waiting" });
    this.schedule(0);
  }
}

function plain({ codebook, rules }: Draft): Draft {
  return { codebook, rules };
}

function isSameDraft(one: Draft, other: Draft): boolean {
  return one.codebook === other.codebook
    ? isSame(one.rules, other.rules)
    : isSame(plain(one), plain(other));
}
