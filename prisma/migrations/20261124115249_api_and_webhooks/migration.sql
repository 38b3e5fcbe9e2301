-- CreateEnum
CREATE TYPE "delivery_state" AS ENUM ('waiting', 'delivered', 'failed');

-- CreateTable
CREATE UNLOGGED TABLE "rate_limit" (
    "subject" TEXT NOT NULL,
    "free_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "rate_limit_pkey" PRIMARY KEY ("subject")
);

-- CreateTable
CREATE TABLE "kept_answer" (
    "project_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "request_hash" TEXT NOT NULL,
    "status" INTEGER,
    "body" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "kept_answer_pkey" PRIMARY KEY ("project_id","user_id","key")
);

-- CreateTable
CREATE TABLE "webhook" (
    "project_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "url" TEXT NOT NULL,
    "events" TEXT[],
    "generation" INTEGER NOT NULL DEFAULT 1,
    "created_by_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "paused_at" TIMESTAMPTZ(3),
    "removed_at" TIMESTAMPTZ(3),

    CONSTRAINT "webhook_pkey" PRIMARY KEY ("project_id","id")
);

-- CreateTable
CREATE TABLE "webhook_delivery" (
    "project_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "webhook_id" UUID NOT NULL,
    "event_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "payload" JSONB NOT NULL,
    "state" "delivery_state" NOT NULL DEFAULT 'waiting',
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "next_attempt_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "webhook_delivery_pkey" PRIMARY KEY ("project_id","id")
);

-- CreateTable
CREATE TABLE "webhook_attempt" (
    "project_id" UUID NOT NULL,
    "delivery_id" UUID NOT NULL,
    "attempt" INTEGER NOT NULL,
    "status" INTEGER,
    "problem" TEXT,
    "milliseconds" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "webhook_attempt_pkey" PRIMARY KEY ("project_id","delivery_id","attempt")
);

-- CreateIndex
CREATE INDEX "kept_answer_created_at_idx" ON "kept_answer"("created_at");

-- CreateIndex
CREATE INDEX "webhook_delivery_project_id_webhook_id_created_at_idx" ON "webhook_delivery"("project_id", "webhook_id", "created_at");

-- CreateIndex
CREATE INDEX "webhook_delivery_state_next_attempt_at_idx" ON "webhook_delivery"("state", "next_attempt_at");

-- AddForeignKey
ALTER TABLE "kept_answer" ADD CONSTRAINT "kept_answer_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "project"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "webhook" ADD CONSTRAINT "webhook_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "project"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "webhook_delivery" ADD CONSTRAINT "webhook_delivery_project_id_webhook_id_fkey" FOREIGN KEY ("project_id", "webhook_id") REFERENCES "webhook"("project_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "webhook_attempt" ADD CONSTRAINT "webhook_attempt_project_id_delivery_id_fkey" FOREIGN KEY ("project_id", "delivery_id") REFERENCES "webhook_delivery"("project_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What Prisma cannot express.
ALTER TABLE api_token
  ADD CONSTRAINT api_token_name_given CHECK (char_length(name) BETWEEN 1 AND 120),
  ADD CONSTRAINT api_token_scopes_known CHECK (
    cardinality(scopes) > 0 AND scopes <@ ARRAY['read', 'annotate', 'import', 'export', 'manage']),
  ADD CONSTRAINT api_token_expires_within_a_year CHECK (
    expires_at > created_at AND expires_at <= created_at + interval '366 days');

ALTER TABLE kept_answer
  ADD CONSTRAINT kept_answer_key_short CHECK (char_length(key) BETWEEN 1 AND 200),
  ADD CONSTRAINT kept_answer_whole CHECK ((status IS NULL) = (body IS NULL));

ALTER TABLE webhook
  ADD CONSTRAINT webhook_url_web CHECK (url ~ '^https?://' AND char_length(url) <= 2048),
  ADD CONSTRAINT webhook_generation_positive CHECK (generation > 0),
  ADD CONSTRAINT webhook_events_known CHECK (cardinality(events) > 0 AND events <@ ARRAY[
    'submission.made', 'adjudication.finished', 'release.ready', 'job.ended']);

ALTER TABLE webhook_delivery
  ADD CONSTRAINT webhook_delivery_attempts CHECK (attempts >= 0),
  ADD CONSTRAINT webhook_delivery_ended CHECK ((state = 'waiting') = (ended_at IS NULL));

ALTER TABLE webhook_attempt
  ADD CONSTRAINT webhook_attempt_positive CHECK (attempt > 0 AND milliseconds >= 0),
  ADD CONSTRAINT webhook_attempt_said CHECK (status IS NOT NULL OR problem IS NOT NULL);
