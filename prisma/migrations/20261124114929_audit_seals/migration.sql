-- CreateTable
CREATE TABLE "audit_seal" (
    "project_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "minute" TIMESTAMPTZ(3) NOT NULL,
    "events" INTEGER NOT NULL,
    "seal" TEXT NOT NULL,
    "sealed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "audit_seal_pkey" PRIMARY KEY ("project_id","number")
);

-- CreateIndex
CREATE UNIQUE INDEX "audit_seal_project_id_minute_key" ON "audit_seal"("project_id", "minute");

-- CreateIndex
CREATE INDEX "audit_event_project_id_at_idx" ON "audit_event"("project_id", "at");

ALTER TABLE "audit_seal"
  ADD CONSTRAINT "audit_seal_number" CHECK ("number" >= 1),
  ADD CONSTRAINT "audit_seal_events" CHECK ("events" >= 1),
  ADD CONSTRAINT "audit_seal_hash" CHECK ("seal" ~ '^[0-9a-f]{64}$'),
  ADD CONSTRAINT "audit_seal_minute" CHECK ("minute" = date_trunc('minute', "minute", 'UTC'));

-- The log and its seals are only ever added to.
CREATE TRIGGER "audit_seal_append_only" BEFORE UPDATE OR DELETE ON "audit_seal"
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER "audit_seal_kept" BEFORE TRUNCATE ON "audit_seal"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER "audit_event_kept" BEFORE TRUNCATE ON "audit_event"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- What others cite does not change: a finished release is final, whichever program asks.
CREATE TRIGGER "release_final" BEFORE UPDATE OR DELETE ON "release"
  FOR EACH ROW WHEN (OLD."state" = 'ready') EXECUTE FUNCTION refuse_change();
