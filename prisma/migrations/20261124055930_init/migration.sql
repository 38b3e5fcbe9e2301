-- CreateEnum
CREATE TYPE "instance_role" AS ENUM ('admin', 'user');

-- CreateEnum
CREATE TYPE "project_role" AS ENUM ('lead', 'adjudicator', 'annotator', 'viewer');

-- CreateEnum
CREATE TYPE "invite_purpose" AS ENUM ('first_admin', 'join', 'reset_password');

-- CreateEnum
CREATE TYPE "codebook_state" AS ENUM ('draft', 'published', 'superseded');

-- CreateEnum
CREATE TYPE "level" AS ENUM ('span', 'relation', 'sentence', 'block', 'document', 'event');

-- CreateEnum
CREATE TYPE "round_kind" AS ENUM ('pilot', 'training', 'main', 'reannotation', 'adjudication');

-- CreateEnum
CREATE TYPE "assignment_state" AS ENUM ('assigned', 'in_progress', 'submitted', 'skipped');

-- CreateEnum
CREATE TYPE "assignment_purpose" AS ENUM ('work', 'training', 'gold_check');

-- CreateEnum
CREATE TYPE "set_kind" AS ENUM ('annotator', 'gold', 'model', 'imported');

-- CreateEnum
CREATE TYPE "operation_outcome" AS ENUM ('applied', 'superseded');

-- CreateEnum
CREATE TYPE "unit" AS ENUM ('document', 'block', 'sentence');

-- CreateEnum
CREATE TYPE "adjudication_state" AS ENUM ('open', 'finished', 'stale');

-- CreateEnum
CREATE TYPE "decision_kind" AS ENUM ('accept', 'merge', 'edit', 'relabel', 'reject', 'contested');

-- CreateEnum
CREATE TYPE "release_state" AS ENUM ('preparing', 'ready', 'failed');

-- CreateEnum
CREATE TYPE "job_state" AS ENUM ('waiting', 'running', 'done', 'failed', 'cancelled');

-- CreateTable
CREATE TABLE "user" (
    "id" UUID NOT NULL,
    "email" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "role" "instance_role" NOT NULL DEFAULT 'user',
    "password_hash" TEXT,
    "is_demo" BOOLEAN NOT NULL DEFAULT false,
    "preferences" JSONB NOT NULL DEFAULT '{}',
    "disabled_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "user_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "identity" (
    "issuer" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "user_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "identity_pkey" PRIMARY KEY ("issuer","subject")
);

-- CreateTable
CREATE TABLE "session" (
    "id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_seen_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "revoked_at" TIMESTAMPTZ(3),
    "user_agent" TEXT NOT NULL DEFAULT '',

    CONSTRAINT "session_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "invite" (
    "id" UUID NOT NULL,
    "purpose" "invite_purpose" NOT NULL,
    "token_hash" TEXT NOT NULL,
    "user_id" UUID,
    "email" TEXT,
    "role" "instance_role" NOT NULL DEFAULT 'user',
    "project_id" UUID,
    "project_role" "project_role",
    "created_by_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "used_at" TIMESTAMPTZ(3),

    CONSTRAINT "invite_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "api_token" (
    "id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "project_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "token_hash" TEXT NOT NULL,
    "scopes" TEXT[],
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "last_used_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "api_token_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "throttle" (
    "subject" TEXT NOT NULL,
    "failures" INTEGER NOT NULL,
    "window_end" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "throttle_pkey" PRIMARY KEY ("subject")
);

-- CreateTable
CREATE TABLE "instance_setting" (
    "name" TEXT NOT NULL,
    "value" JSONB NOT NULL,

    CONSTRAINT "instance_setting_pkey" PRIMARY KEY ("name")
);

-- CreateTable
CREATE TABLE "project" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "description" TEXT NOT NULL DEFAULT '',
    "language" TEXT NOT NULL DEFAULT 'en',
    "archived_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "project_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "membership" (
    "project_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "role" "project_role" NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "membership_pkey" PRIMARY KEY ("project_id","user_id")
);

-- CreateTable
CREATE TABLE "annotator" (
    "project_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "user_id" UUID,
    "pseudonym" TEXT NOT NULL,

    CONSTRAINT "annotator_pkey" PRIMARY KEY ("project_id","id")
);

-- CreateTable
CREATE TABLE "codebook_version" (
    "project_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "state" "codebook_state" NOT NULL DEFAULT 'draft',
    "name" TEXT NOT NULL,
    "content" JSONB NOT NULL,
    "sha256" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "published_at" TIMESTAMPTZ(3),

    CONSTRAINT "codebook_version_pkey" PRIMARY KEY ("project_id","id")
);

-- CreateTable
CREATE TABLE "layer" (
    "project_id" UUID NOT NULL,
    "codebook_version_id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "level" "level" NOT NULL,
    "name" TEXT NOT NULL,
    "position" INTEGER NOT NULL,

    CONSTRAINT "layer_pkey" PRIMARY KEY ("project_id","codebook_version_id","key")
);

-- CreateTable
CREATE TABLE "label" (
    "project_id" UUID NOT NULL,
    "codebook_version_id" UUID NOT NULL,
    "layer_key" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "parent_key" TEXT,
    "name" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "is_archived" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "label_pkey" PRIMARY KEY ("project_id","codebook_version_id","layer_key","key")
);

-- CreateTable
CREATE TABLE "attribute" (
    "project_id" UUID NOT NULL,
    "codebook_version_id" UUID NOT NULL,
    "layer_key" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "position" INTEGER NOT NULL,

    CONSTRAINT "attribute_pkey" PRIMARY KEY ("project_id","codebook_version_id","layer_key","key")
);

-- CreateTable
CREATE TABLE "event" (
    "project_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "happened_on" DATE,

    CONSTRAINT "event_pkey" PRIMARY KEY ("project_id","id")
);

-- CreateTable
CREATE TABLE "document" (
    "project_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "seq" BIGSERIAL NOT NULL,
    "title" TEXT NOT NULL,
    "event_id" UUID,
    "outlet" TEXT,
    "author" TEXT,
    "published_on" DATE,
    "url" TEXT,
    "language" TEXT NOT NULL DEFAULT 'en',
    "country" TEXT,
    "section" TEXT,
    "licence" TEXT,
    "facts" JSONB NOT NULL DEFAULT '{}',
    "archived_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "document_pkey" PRIMARY KEY ("project_id","id")
);

-- CreateTable
CREATE TABLE "document_version" (
    "project_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "document_id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "text" TEXT NOT NULL,
    "sha256" TEXT NOT NULL,
    "length" INTEGER NOT NULL,
    "original" BYTEA NOT NULL,
    "segmenter" TEXT NOT NULL,
    "tokens" INTEGER[],
    "sentences" INTEGER[],
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "document_version_pkey" PRIMARY KEY ("project_id","id")
);

-- CreateTable
CREATE TABLE "block" (
    "project_id" UUID NOT NULL,
    "document_version_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "role" TEXT NOT NULL,
    "start" INTEGER NOT NULL,
    "end" INTEGER NOT NULL,

    CONSTRAINT "block_pkey" PRIMARY KEY ("project_id","document_version_id","position")
);

-- CreateTable
CREATE TABLE "round" (
    "project_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "kind" "round_kind" NOT NULL DEFAULT 'main',
    "name" TEXT NOT NULL,
    "codebook_version_id" UUID NOT NULL,
    "instructions" TEXT NOT NULL DEFAULT '',
    "opens_at" TIMESTAMPTZ(3),
    "closes_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "round_pkey" PRIMARY KEY ("project_id","id")
);

-- CreateTable
CREATE TABLE "assignment" (
    "project_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "round_id" UUID NOT NULL,
    "document_id" UUID NOT NULL,
    "document_version_id" UUID NOT NULL,
    "annotator_id" UUID NOT NULL,
    "repetition" INTEGER NOT NULL DEFAULT 0,
    "purpose" "assignment_purpose" NOT NULL DEFAULT 'work',
    "state" "assignment_state" NOT NULL DEFAULT 'assigned',
    "skip_reason" TEXT,
    "lease_until" TIMESTAMPTZ(3),
    "active_seconds" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "started_at" TIMESTAMPTZ(3),
    "submitted_at" TIMESTAMPTZ(3),
    "withdrawn_at" TIMESTAMPTZ(3),

    CONSTRAINT "assignment_pkey" PRIMARY KEY ("project_id","id")
);

-- CreateTable
CREATE TABLE "annotation_set" (
    "project_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "kind" "set_kind" NOT NULL,
    "document_version_id" UUID NOT NULL,
    "text_length" INTEGER NOT NULL,
    "codebook_version_id" UUID NOT NULL,
    "annotator_id" UUID,
    "assignment_id" UUID,
    "name" TEXT NOT NULL DEFAULT '',
    "revision" INTEGER NOT NULL DEFAULT 0,
    "submitted_revision" INTEGER,
    "flags" TEXT[],
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "annotation_set_pkey" PRIMARY KEY ("project_id","id")
);

-- CreateTable
CREATE TABLE "operation" (
    "project_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "annotation_set_id" UUID NOT NULL,
    "revision" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "body" JSONB NOT NULL,
    "gesture_id" UUID NOT NULL,
    "undoes" UUID,
    "outcome" "operation_outcome" NOT NULL,
    "client_id" UUID NOT NULL,
    "user_id" UUID,
    "made_at" TIMESTAMPTZ(3) NOT NULL,
    "stored_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "operation_pkey" PRIMARY KEY ("project_id","id")
);

-- CreateTable
CREATE TABLE "span" (
    "project_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "annotation_set_id" UUID NOT NULL,
    "text_length" INTEGER NOT NULL,
    "codebook_version_id" UUID NOT NULL,
    "layer_key" TEXT NOT NULL,
    "label_key" TEXT NOT NULL,
    "start" INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    "ranges" INTEGER[],
    "quotes" TEXT[],
    "attributes" JSONB NOT NULL DEFAULT '{}',
    "flags" TEXT[],
    "origin" TEXT NOT NULL DEFAULT 'manual',
    "is_removed" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "span_pkey" PRIMARY KEY ("project_id","id")
);

-- CreateTable
CREATE TABLE "relation" (
    "project_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "annotation_set_id" UUID NOT NULL,
    "text_length" INTEGER NOT NULL,
    "codebook_version_id" UUID NOT NULL,
    "layer_key" TEXT NOT NULL,
    "label_key" TEXT NOT NULL,
    "from_span_id" UUID NOT NULL,
    "to_span_id" UUID NOT NULL,
    "attributes" JSONB NOT NULL DEFAULT '{}',
    "is_removed" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "relation_pkey" PRIMARY KEY ("project_id","id")
);

-- CreateTable
CREATE TABLE "unit_label" (
    "project_id" UUID NOT NULL,
    "annotation_set_id" UUID NOT NULL,
    "text_length" INTEGER NOT NULL,
    "codebook_version_id" UUID NOT NULL,
    "layer_key" TEXT NOT NULL,
    "label_key" TEXT NOT NULL,
    "unit" "unit" NOT NULL,
    "unit_start" INTEGER NOT NULL,
    "unit_end" INTEGER NOT NULL,
    "value" TEXT,
    "evidence" UUID[],
    "is_removed" BOOLEAN NOT NULL DEFAULT false,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "unit_label_pkey" PRIMARY KEY ("project_id","annotation_set_id","layer_key","label_key","unit_start","unit_end")
);

-- CreateTable
CREATE TABLE "comment" (
    "project_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "annotation_set_id" UUID NOT NULL,
    "span_id" UUID,
    "parent_id" UUID,
    "author_id" UUID,
    "body" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "edited_at" TIMESTAMPTZ(3),
    "resolved_at" TIMESTAMPTZ(3),
    "removed_at" TIMESTAMPTZ(3),

    CONSTRAINT "comment_pkey" PRIMARY KEY ("project_id","id")
);

-- CreateTable
CREATE TABLE "adjudication" (
    "project_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "document_version_id" UUID NOT NULL,
    "gold_set_id" UUID NOT NULL,
    "adjudicator_id" UUID NOT NULL,
    "state" "adjudication_state" NOT NULL DEFAULT 'open',
    "snapshot" JSONB NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "adjudication_pkey" PRIMARY KEY ("project_id","id")
);

-- CreateTable
CREATE TABLE "decision" (
    "project_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "adjudication_id" UUID NOT NULL,
    "kind" "decision_kind" NOT NULL,
    "source_span_ids" UUID[],
    "result_span_id" UUID,
    "reason" TEXT,
    "note" TEXT NOT NULL DEFAULT '',
    "rule" TEXT,
    "decided_by_id" UUID,
    "decided_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "decision_pkey" PRIMARY KEY ("project_id","id")
);

-- CreateTable
CREATE TABLE "release" (
    "project_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "state" "release_state" NOT NULL DEFAULT 'preparing',
    "settings" JSONB NOT NULL,
    "manifest" JSONB,
    "sha256" TEXT,
    "created_by_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "ready_at" TIMESTAMPTZ(3),

    CONSTRAINT "release_pkey" PRIMARY KEY ("project_id","id")
);

-- CreateTable
CREATE TABLE "job" (
    "project_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "state" "job_state" NOT NULL DEFAULT 'waiting',
    "input" JSONB NOT NULL,
    "done" INTEGER NOT NULL DEFAULT 0,
    "total" INTEGER,
    "problem" TEXT,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "requested_by" UUID,
    "lease_until" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "started_at" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "job_pkey" PRIMARY KEY ("project_id","id")
);

-- CreateTable
CREATE TABLE "audit_event" (
    "project_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "seq" BIGSERIAL NOT NULL,
    "actor_id" UUID,
    "session_id" UUID,
    "action" TEXT NOT NULL,
    "target_type" TEXT NOT NULL,
    "target_id" TEXT,
    "detail" JSONB NOT NULL DEFAULT '{}',
    "request_id" TEXT,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "audit_event_pkey" PRIMARY KEY ("project_id","id")
);

-- CreateIndex
CREATE UNIQUE INDEX "user_email_key" ON "user"("email");

-- CreateIndex
CREATE INDEX "identity_user_id_idx" ON "identity"("user_id");

-- CreateIndex
CREATE INDEX "session_user_id_idx" ON "session"("user_id");

-- CreateIndex
CREATE UNIQUE INDEX "invite_token_hash_key" ON "invite"("token_hash");

-- CreateIndex
CREATE INDEX "invite_user_id_idx" ON "invite"("user_id");

-- CreateIndex
CREATE UNIQUE INDEX "api_token_token_hash_key" ON "api_token"("token_hash");

-- CreateIndex
CREATE INDEX "api_token_project_id_idx" ON "api_token"("project_id");

-- CreateIndex
CREATE INDEX "membership_user_id_idx" ON "membership"("user_id");

-- CreateIndex
CREATE INDEX "annotator_user_id_idx" ON "annotator"("user_id");

-- CreateIndex
CREATE UNIQUE INDEX "annotator_project_id_user_id_key" ON "annotator"("project_id", "user_id");

-- CreateIndex
CREATE UNIQUE INDEX "annotator_project_id_pseudonym_key" ON "annotator"("project_id", "pseudonym");

-- CreateIndex
CREATE UNIQUE INDEX "codebook_version_project_id_version_key" ON "codebook_version"("project_id", "version");

-- CreateIndex
CREATE INDEX "document_project_id_seq_idx" ON "document"("project_id", "seq");

-- CreateIndex
CREATE INDEX "document_version_project_id_sha256_idx" ON "document_version"("project_id", "sha256");

-- CreateIndex
CREATE UNIQUE INDEX "document_version_project_id_document_id_version_key" ON "document_version"("project_id", "document_id", "version");

-- CreateIndex
CREATE UNIQUE INDEX "document_version_project_id_id_length_key" ON "document_version"("project_id", "id", "length");

-- CreateIndex
CREATE UNIQUE INDEX "round_project_id_position_key" ON "round"("project_id", "position");

-- CreateIndex
CREATE INDEX "assignment_project_id_annotator_id_state_idx" ON "assignment"("project_id", "annotator_id", "state");

-- CreateIndex
CREATE INDEX "assignment_project_id_document_id_idx" ON "assignment"("project_id", "document_id");

-- CreateIndex
CREATE INDEX "assignment_id_idx" ON "assignment"("id");

-- CreateIndex
CREATE UNIQUE INDEX "assignment_project_id_round_id_document_id_annotator_id_rep_key" ON "assignment"("project_id", "round_id", "document_id", "annotator_id", "repetition");

-- CreateIndex
CREATE INDEX "annotation_set_project_id_document_version_id_idx" ON "annotation_set"("project_id", "document_version_id");

-- CreateIndex
CREATE UNIQUE INDEX "annotation_set_project_id_assignment_id_key" ON "annotation_set"("project_id", "assignment_id");

-- CreateIndex
CREATE UNIQUE INDEX "annotation_set_project_id_id_text_length_codebook_version_i_key" ON "annotation_set"("project_id", "id", "text_length", "codebook_version_id");

-- CreateIndex
CREATE UNIQUE INDEX "operation_project_id_annotation_set_id_revision_key" ON "operation"("project_id", "annotation_set_id", "revision");

-- CreateIndex
CREATE INDEX "span_project_id_annotation_set_id_idx" ON "span"("project_id", "annotation_set_id");

-- CreateIndex
CREATE INDEX "relation_project_id_annotation_set_id_idx" ON "relation"("project_id", "annotation_set_id");

-- CreateIndex
CREATE INDEX "comment_project_id_annotation_set_id_idx" ON "comment"("project_id", "annotation_set_id");

-- CreateIndex
CREATE INDEX "adjudication_project_id_document_version_id_idx" ON "adjudication"("project_id", "document_version_id");

-- CreateIndex
CREATE UNIQUE INDEX "adjudication_project_id_gold_set_id_key" ON "adjudication"("project_id", "gold_set_id");

-- CreateIndex
CREATE INDEX "decision_project_id_adjudication_id_idx" ON "decision"("project_id", "adjudication_id");

-- CreateIndex
CREATE UNIQUE INDEX "release_project_id_version_key" ON "release"("project_id", "version");

-- CreateIndex
CREATE INDEX "job_project_id_state_created_at_idx" ON "job"("project_id", "state", "created_at");

-- CreateIndex
CREATE INDEX "audit_event_project_id_seq_idx" ON "audit_event"("project_id", "seq");

-- AddForeignKey
ALTER TABLE "identity" ADD CONSTRAINT "identity_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "session" ADD CONSTRAINT "session_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "api_token" ADD CONSTRAINT "api_token_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "api_token" ADD CONSTRAINT "api_token_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "project"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "membership" ADD CONSTRAINT "membership_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "project"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "membership" ADD CONSTRAINT "membership_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "annotator" ADD CONSTRAINT "annotator_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "project"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "annotator" ADD CONSTRAINT "annotator_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "codebook_version" ADD CONSTRAINT "codebook_version_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "project"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "layer" ADD CONSTRAINT "layer_project_id_codebook_version_id_fkey" FOREIGN KEY ("project_id", "codebook_version_id") REFERENCES "codebook_version"("project_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "label" ADD CONSTRAINT "label_project_id_codebook_version_id_fkey" FOREIGN KEY ("project_id", "codebook_version_id") REFERENCES "codebook_version"("project_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "label" ADD CONSTRAINT "label_project_id_codebook_version_id_layer_key_fkey" FOREIGN KEY ("project_id", "codebook_version_id", "layer_key") REFERENCES "layer"("project_id", "codebook_version_id", "key") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "label" ADD CONSTRAINT "label_project_id_codebook_version_id_layer_key_parent_key_fkey" FOREIGN KEY ("project_id", "codebook_version_id", "layer_key", "parent_key") REFERENCES "label"("project_id", "codebook_version_id", "layer_key", "key") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "attribute" ADD CONSTRAINT "attribute_project_id_codebook_version_id_layer_key_fkey" FOREIGN KEY ("project_id", "codebook_version_id", "layer_key") REFERENCES "layer"("project_id", "codebook_version_id", "key") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "event" ADD CONSTRAINT "event_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "project"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "document" ADD CONSTRAINT "document_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "project"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "document" ADD CONSTRAINT "document_project_id_event_id_fkey" FOREIGN KEY ("project_id", "event_id") REFERENCES "event"("project_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "document_version" ADD CONSTRAINT "document_version_project_id_document_id_fkey" FOREIGN KEY ("project_id", "document_id") REFERENCES "document"("project_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "block" ADD CONSTRAINT "block_project_id_document_version_id_fkey" FOREIGN KEY ("project_id", "document_version_id") REFERENCES "document_version"("project_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "round" ADD CONSTRAINT "round_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "project"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "round" ADD CONSTRAINT "round_project_id_codebook_version_id_fkey" FOREIGN KEY ("project_id", "codebook_version_id") REFERENCES "codebook_version"("project_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "assignment" ADD CONSTRAINT "assignment_project_id_round_id_fkey" FOREIGN KEY ("project_id", "round_id") REFERENCES "round"("project_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "assignment" ADD CONSTRAINT "assignment_project_id_document_id_fkey" FOREIGN KEY ("project_id", "document_id") REFERENCES "document"("project_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "assignment" ADD CONSTRAINT "assignment_project_id_document_version_id_fkey" FOREIGN KEY ("project_id", "document_version_id") REFERENCES "document_version"("project_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "assignment" ADD CONSTRAINT "assignment_project_id_annotator_id_fkey" FOREIGN KEY ("project_id", "annotator_id") REFERENCES "annotator"("project_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "annotation_set" ADD CONSTRAINT "annotation_set_project_id_document_version_id_text_length_fkey" FOREIGN KEY ("project_id", "document_version_id", "text_length") REFERENCES "document_version"("project_id", "id", "length") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "annotation_set" ADD CONSTRAINT "annotation_set_project_id_codebook_version_id_fkey" FOREIGN KEY ("project_id", "codebook_version_id") REFERENCES "codebook_version"("project_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "annotation_set" ADD CONSTRAINT "annotation_set_project_id_annotator_id_fkey" FOREIGN KEY ("project_id", "annotator_id") REFERENCES "annotator"("project_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "annotation_set" ADD CONSTRAINT "annotation_set_project_id_assignment_id_fkey" FOREIGN KEY ("project_id", "assignment_id") REFERENCES "assignment"("project_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "operation" ADD CONSTRAINT "operation_project_id_annotation_set_id_fkey" FOREIGN KEY ("project_id", "annotation_set_id") REFERENCES "annotation_set"("project_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "span" ADD CONSTRAINT "span_project_id_annotation_set_id_text_length_codebook_ver_fkey" FOREIGN KEY ("project_id", "annotation_set_id", "text_length", "codebook_version_id") REFERENCES "annotation_set"("project_id", "id", "text_length", "codebook_version_id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "span" ADD CONSTRAINT "span_project_id_codebook_version_id_layer_key_label_key_fkey" FOREIGN KEY ("project_id", "codebook_version_id", "layer_key", "label_key") REFERENCES "label"("project_id", "codebook_version_id", "layer_key", "key") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "relation" ADD CONSTRAINT "relation_project_id_annotation_set_id_text_length_codebook_fkey" FOREIGN KEY ("project_id", "annotation_set_id", "text_length", "codebook_version_id") REFERENCES "annotation_set"("project_id", "id", "text_length", "codebook_version_id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "relation" ADD CONSTRAINT "relation_project_id_codebook_version_id_layer_key_label_ke_fkey" FOREIGN KEY ("project_id", "codebook_version_id", "layer_key", "label_key") REFERENCES "label"("project_id", "codebook_version_id", "layer_key", "key") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "relation" ADD CONSTRAINT "relation_project_id_from_span_id_fkey" FOREIGN KEY ("project_id", "from_span_id") REFERENCES "span"("project_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "relation" ADD CONSTRAINT "relation_project_id_to_span_id_fkey" FOREIGN KEY ("project_id", "to_span_id") REFERENCES "span"("project_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "unit_label" ADD CONSTRAINT "unit_label_project_id_annotation_set_id_text_length_codebo_fkey" FOREIGN KEY ("project_id", "annotation_set_id", "text_length", "codebook_version_id") REFERENCES "annotation_set"("project_id", "id", "text_length", "codebook_version_id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "unit_label" ADD CONSTRAINT "unit_label_project_id_codebook_version_id_layer_key_label__fkey" FOREIGN KEY ("project_id", "codebook_version_id", "layer_key", "label_key") REFERENCES "label"("project_id", "codebook_version_id", "layer_key", "key") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "comment" ADD CONSTRAINT "comment_project_id_annotation_set_id_fkey" FOREIGN KEY ("project_id", "annotation_set_id") REFERENCES "annotation_set"("project_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "comment" ADD CONSTRAINT "comment_author_id_fkey" FOREIGN KEY ("author_id") REFERENCES "user"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "comment" ADD CONSTRAINT "comment_project_id_parent_id_fkey" FOREIGN KEY ("project_id", "parent_id") REFERENCES "comment"("project_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "adjudication" ADD CONSTRAINT "adjudication_project_id_document_version_id_fkey" FOREIGN KEY ("project_id", "document_version_id") REFERENCES "document_version"("project_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "adjudication" ADD CONSTRAINT "adjudication_project_id_gold_set_id_fkey" FOREIGN KEY ("project_id", "gold_set_id") REFERENCES "annotation_set"("project_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "decision" ADD CONSTRAINT "decision_project_id_adjudication_id_fkey" FOREIGN KEY ("project_id", "adjudication_id") REFERENCES "adjudication"("project_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "release" ADD CONSTRAINT "release_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "project"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "job" ADD CONSTRAINT "job_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "project"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What Prisma cannot express. Offsets are code points, half-open.

-- A flat list [start, end, start, end, ...]: pairs in order, not empty, not touching, inside the text,
-- each quote as long as its range.
CREATE FUNCTION ranges_are_valid(ranges int[], quotes text[], text_length int) RETURNS boolean
LANGUAGE sql IMMUTABLE AS $$
  SELECT cardinality(ranges) >= 2
     AND cardinality(ranges) = 2 * cardinality(quotes)
     AND ranges[1] >= 0
     AND ranges[cardinality(ranges)] <= text_length
     AND (SELECT coalesce(bool_and(ranges[i] < ranges[i + 1]), true)
            FROM generate_series(1, cardinality(ranges) - 1) AS i)
     AND (SELECT bool_and(char_length(quotes[j]) = ranges[2 * j] - ranges[2 * j - 1])
            FROM generate_series(1, cardinality(quotes)) AS j)
$$;

ALTER TABLE "span"
  ADD CONSTRAINT "span_ranges_valid" CHECK (ranges_are_valid("ranges", "quotes", "text_length")),
  ADD CONSTRAINT "span_hull" CHECK ("start" = "ranges"[1] AND "end" = "ranges"[cardinality("ranges")]),
  ADD CONSTRAINT "span_flags_known" CHECK ("flags" <@ ARRAY['discuss', 'not_annotatable']::text[]),
  ADD CONSTRAINT "span_origin_known"
    CHECK ("origin" IN ('manual', 'propagated', 'suggested', 'imported', 'adjudicated')),
  ADD CONSTRAINT "span_attributes_object"
    CHECK (jsonb_typeof("attributes") = 'object' AND octet_length("attributes"::text) <= 65536);

ALTER TABLE "relation"
  ADD CONSTRAINT "relation_joins_two" CHECK ("from_span_id" <> "to_span_id"),
  ADD CONSTRAINT "relation_attributes_object" CHECK (jsonb_typeof("attributes") = 'object');

ALTER TABLE "unit_label"
  ADD CONSTRAINT "unit_label_in_text"
    CHECK ("unit_start" >= 0 AND "unit_start" <= "unit_end" AND "unit_end" <= "text_length");

ALTER TABLE "document_version"
  ADD CONSTRAINT "document_version_length" CHECK ("length" = char_length("text") AND "length" > 0),
  ADD CONSTRAINT "document_version_sha256" CHECK ("sha256" ~ '^[0-9a-f]{64}$'),
  ADD CONSTRAINT "document_version_number" CHECK ("version" >= 1),
  ADD CONSTRAINT "document_version_pairs"
    CHECK (cardinality("tokens") % 2 = 0 AND cardinality("sentences") % 2 = 0);

ALTER TABLE "block"
  ADD CONSTRAINT "block_half_open" CHECK ("start" >= 0 AND "start" < "end"),
  ADD CONSTRAINT "block_role_known" CHECK ("role" IN ('headline', 'standfirst', 'byline', 'caption',
    'caption_duplicate', 'photo_credit', 'subheading', 'body', 'quote', 'related_link',
    'widget_placeholder', 'promo_footer'));

ALTER TABLE "annotation_set"
  ADD CONSTRAINT "annotation_set_revision"
    CHECK ("revision" >= 0 AND ("submitted_revision" IS NULL OR "submitted_revision" BETWEEN 0 AND "revision")),
  ADD CONSTRAINT "annotation_set_flags_known" CHECK ("flags" <@ ARRAY['discuss', 'not_annotatable']::text[]),
  ADD CONSTRAINT "annotation_set_author"
    CHECK ("kind" <> 'annotator' OR ("annotator_id" IS NOT NULL AND "assignment_id" IS NOT NULL));

ALTER TABLE "operation"
  ADD CONSTRAINT "operation_revision" CHECK ("revision" >= 1);

ALTER TABLE "assignment"
  ADD CONSTRAINT "assignment_submitted_at" CHECK (("state" = 'submitted') = ("submitted_at" IS NOT NULL)),
  ADD CONSTRAINT "assignment_skip_reason" CHECK ("state" <> 'skipped' OR "skip_reason" IS NOT NULL),
  ADD CONSTRAINT "assignment_active_seconds" CHECK ("active_seconds" >= 0),
  ADD CONSTRAINT "assignment_repetition" CHECK ("repetition" >= 0);

ALTER TABLE "codebook_version"
  ADD CONSTRAINT "codebook_version_number" CHECK ("version" >= 1),
  ADD CONSTRAINT "codebook_version_published" CHECK (("state" = 'draft') = ("published_at" IS NULL));

ALTER TABLE "user"
  ADD CONSTRAINT "user_email_lower" CHECK ("email" = lower("email"));

-- Texts, operations and audit events are written once. A trigger says so to every program.
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% rows are never changed or deleted', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END
$$;

CREATE TRIGGER "document_version_immutable" BEFORE UPDATE OR DELETE ON "document_version"
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER "operation_append_only" BEFORE UPDATE OR DELETE ON "operation"
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER "audit_event_append_only" BEFORE UPDATE OR DELETE ON "audit_event"
  FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- A published codebook keeps its content; only its state may move on.
CREATE FUNCTION refuse_codebook_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD."state" <> 'draft' AND NEW."content" IS DISTINCT FROM OLD."content" THEN
    RAISE EXCEPTION 'a published codebook is never changed' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER "codebook_version_frozen" BEFORE UPDATE ON "codebook_version"
  FOR EACH ROW EXECUTE FUNCTION refuse_codebook_change();
