-- CreateTable
CREATE TABLE "figure_exclusion" (
    "project_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "annotator_id" UUID,
    "document_id" UUID,
    "reason" TEXT NOT NULL,
    "created_by_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "lifted_by_id" UUID,
    "lifted_at" TIMESTAMPTZ(3),

    CONSTRAINT "figure_exclusion_pkey" PRIMARY KEY ("project_id","id")
);

-- CreateTable
CREATE TABLE "discussion" (
    "project_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "seq" BIGSERIAL NOT NULL,
    "title" TEXT NOT NULL,
    "round_id" UUID,
    "document_id" UUID,
    "document_version_id" UUID,
    "start" INTEGER,
    "end" INTEGER,
    "quote" TEXT,
    "layer_key" TEXT,
    "label_key" TEXT,
    "created_by_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "resolved_by_id" UUID,
    "resolved_at" TIMESTAMPTZ(3),

    CONSTRAINT "discussion_pkey" PRIMARY KEY ("project_id","id")
);

-- CreateTable
CREATE TABLE "discussion_message" (
    "project_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "seq" BIGSERIAL NOT NULL,
    "discussion_id" UUID NOT NULL,
    "author_id" UUID,
    "body" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "removed_at" TIMESTAMPTZ(3),

    CONSTRAINT "discussion_message_pkey" PRIMARY KEY ("project_id","id")
);

-- CreateTable
CREATE TABLE "discussion_mention" (
    "project_id" UUID NOT NULL,
    "message_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "seen_at" TIMESTAMPTZ(3),

    CONSTRAINT "discussion_mention_pkey" PRIMARY KEY ("project_id","message_id","user_id")
);

-- CreateIndex
CREATE INDEX "figure_exclusion_project_id_created_at_idx" ON "figure_exclusion"("project_id", "created_at");

-- CreateIndex
CREATE INDEX "discussion_project_id_seq_idx" ON "discussion"("project_id", "seq");

-- CreateIndex
CREATE INDEX "discussion_project_id_document_id_idx" ON "discussion"("project_id", "document_id");

-- CreateIndex
CREATE INDEX "discussion_message_project_id_discussion_id_seq_idx" ON "discussion_message"("project_id", "discussion_id", "seq");

-- CreateIndex
CREATE INDEX "discussion_mention_project_id_user_id_idx" ON "discussion_mention"("project_id", "user_id");

-- AddForeignKey
ALTER TABLE "figure_exclusion" ADD CONSTRAINT "figure_exclusion_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "project"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "figure_exclusion" ADD CONSTRAINT "figure_exclusion_project_id_annotator_id_fkey" FOREIGN KEY ("project_id", "annotator_id") REFERENCES "annotator"("project_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "figure_exclusion" ADD CONSTRAINT "figure_exclusion_project_id_document_id_fkey" FOREIGN KEY ("project_id", "document_id") REFERENCES "document"("project_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "discussion" ADD CONSTRAINT "discussion_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "project"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "discussion" ADD CONSTRAINT "discussion_project_id_round_id_fkey" FOREIGN KEY ("project_id", "round_id") REFERENCES "round"("project_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "discussion" ADD CONSTRAINT "discussion_project_id_document_id_fkey" FOREIGN KEY ("project_id", "document_id") REFERENCES "document"("project_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "discussion" ADD CONSTRAINT "discussion_project_id_document_version_id_fkey" FOREIGN KEY ("project_id", "document_version_id") REFERENCES "document_version"("project_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "discussion_message" ADD CONSTRAINT "discussion_message_project_id_discussion_id_fkey" FOREIGN KEY ("project_id", "discussion_id") REFERENCES "discussion"("project_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "discussion_mention" ADD CONSTRAINT "discussion_mention_project_id_message_id_fkey" FOREIGN KEY ("project_id", "message_id") REFERENCES "discussion_message"("project_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- An exclusion is of an annotator or of a document, and stands once at a time; lifted ones are kept.
ALTER TABLE "figure_exclusion"
  ADD CONSTRAINT "figure_exclusion_subject" CHECK (num_nonnulls("annotator_id", "document_id") = 1),
  ADD CONSTRAINT "figure_exclusion_reason" CHECK (length("reason") BETWEEN 1 AND 500);
CREATE UNIQUE INDEX "figure_exclusion_standing" ON "figure_exclusion"
  ("project_id", (coalesce("annotator_id", "document_id"))) WHERE "lifted_at" IS NULL;

-- A thread is on words of a version, on a document, or on a label.
ALTER TABLE "discussion"
  ADD CONSTRAINT "discussion_title" CHECK (length("title") BETWEEN 1 AND 300),
  ADD CONSTRAINT "discussion_subject" CHECK (("document_id" IS NULL) = ("layer_key" IS NOT NULL)),
  ADD CONSTRAINT "discussion_label" CHECK (("layer_key" IS NULL) = ("label_key" IS NULL)),
  ADD CONSTRAINT "discussion_words" CHECK (
    (num_nonnulls("start", "end", "quote", "document_version_id") = 0)
    OR ("document_id" IS NOT NULL AND num_nonnulls("start", "end", "quote", "document_version_id") = 4
        AND "start" >= 0 AND "start" < "end" AND char_length("quote") = "end" - "start"));
ALTER TABLE "discussion_message"
  ADD CONSTRAINT "discussion_message_body" CHECK (length("body") BETWEEN 1 AND 5000);
