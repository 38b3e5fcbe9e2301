/*
  Warnings:

  - The primary key for the `unit_label` table will be changed. If it partially fails, the table could be left without primary key constraint.

*/
-- AlterTable
ALTER TABLE "document_signature" ADD COLUMN     "is_compared" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "words" BYTEA;

-- AlterTable
ALTER TABLE "unit_label" DROP CONSTRAINT "unit_label_pkey",
ADD COLUMN     "entity" TEXT NOT NULL DEFAULT '',
ADD CONSTRAINT "unit_label_pkey" PRIMARY KEY ("project_id", "annotation_set_id", "layer_key", "label_key", "unit_start", "unit_end", "entity");

-- CreateTable
CREATE TABLE "event_set" (
    "project_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "event_id" UUID NOT NULL,
    "annotator_id" UUID NOT NULL,
    "round_id" UUID NOT NULL,
    "codebook_version_id" UUID NOT NULL,
    "revision" INTEGER NOT NULL DEFAULT 0,
    "answers" JSONB NOT NULL DEFAULT '[]',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "event_set_pkey" PRIMARY KEY ("project_id","id")
);

-- CreateTable
CREATE TABLE "event_operation" (
    "project_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "set_id" UUID NOT NULL,
    "revision" INTEGER NOT NULL,
    "body" JSONB NOT NULL,
    "outcome" "operation_outcome" NOT NULL,
    "user_id" UUID,
    "made_at" TIMESTAMPTZ(3) NOT NULL,
    "stored_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "event_operation_pkey" PRIMARY KEY ("project_id","id")
);

-- CreateIndex
CREATE UNIQUE INDEX "event_set_project_id_event_id_annotator_id_round_id_key" ON "event_set"("project_id", "event_id", "annotator_id", "round_id");

-- CreateIndex
CREATE UNIQUE INDEX "event_operation_project_id_set_id_revision_key" ON "event_operation"("project_id", "set_id", "revision");

-- AddForeignKey
ALTER TABLE "event_set" ADD CONSTRAINT "event_set_project_id_event_id_fkey" FOREIGN KEY ("project_id", "event_id") REFERENCES "event"("project_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "event_set" ADD CONSTRAINT "event_set_project_id_annotator_id_fkey" FOREIGN KEY ("project_id", "annotator_id") REFERENCES "annotator"("project_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "event_set" ADD CONSTRAINT "event_set_project_id_round_id_fkey" FOREIGN KEY ("project_id", "round_id") REFERENCES "round"("project_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "event_set" ADD CONSTRAINT "event_set_project_id_codebook_version_id_fkey" FOREIGN KEY ("project_id", "codebook_version_id") REFERENCES "codebook_version"("project_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "event_operation" ADD CONSTRAINT "event_operation_project_id_set_id_fkey" FOREIGN KEY ("project_id", "set_id") REFERENCES "event_set"("project_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Documents that wait to be compared are few beside all.
CREATE INDEX "document_signature_waiting" ON "document_signature" ("project_id", "document_id") WHERE NOT "is_compared";

ALTER TABLE "unit_label"
  ADD CONSTRAINT "unit_label_entity_short" CHECK (char_length("entity") <= 400);

ALTER TABLE "event_set"
  ADD CONSTRAINT "event_set_revision" CHECK ("revision" >= 0),
  ADD CONSTRAINT "event_set_answers_list" CHECK (jsonb_typeof("answers") = 'array' AND octet_length("answers"::text) <= 1000000);

ALTER TABLE "event_operation"
  ADD CONSTRAINT "event_operation_revision" CHECK ("revision" > 0),
  ADD CONSTRAINT "event_operation_body_size" CHECK (octet_length("body"::text) <= 65536);

CREATE TRIGGER "event_operation_append_only" BEFORE UPDATE OR DELETE ON "event_operation"
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
