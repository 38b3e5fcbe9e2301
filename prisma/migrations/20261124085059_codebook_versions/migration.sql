-- CreateEnum
CREATE TYPE "migration_scope" AS ENUM ('open', 'all');

-- CreateEnum
CREATE TYPE "migration_state" AS ENUM ('running', 'applied', 'reverting', 'reverted');

-- AlterEnum
ALTER TYPE "unit" ADD VALUE 'event';

-- DropForeignKey
ALTER TABLE "relation" DROP CONSTRAINT "relation_project_id_annotation_set_id_text_length_codebook_fkey";

-- DropForeignKey
ALTER TABLE "span" DROP CONSTRAINT "span_project_id_annotation_set_id_text_length_codebook_ver_fkey";

-- DropForeignKey
ALTER TABLE "unit_label" DROP CONSTRAINT "unit_label_project_id_annotation_set_id_text_length_codebo_fkey";

-- AlterTable
ALTER TABLE "codebook_version" ADD COLUMN     "based_on_id" UUID,
ADD COLUMN     "changed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
ADD COLUMN     "changed_by_id" UUID,
ADD COLUMN     "revision" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "rules" JSONB NOT NULL DEFAULT '[]';

-- AlterTable
ALTER TABLE "unit_label" ADD COLUMN     "attributes" JSONB NOT NULL DEFAULT '{}';

-- CreateTable
CREATE TABLE "codebook_migration" (
    "project_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "to_version_id" UUID NOT NULL,
    "scope" "migration_scope" NOT NULL,
    "state" "migration_state" NOT NULL DEFAULT 'running',
    "created_by_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "finished_at" TIMESTAMPTZ(3),
    "reverted_at" TIMESTAMPTZ(3),

    CONSTRAINT "codebook_migration_pkey" PRIMARY KEY ("project_id","id")
);

-- CreateTable
CREATE TABLE "migrated_set" (
    "project_id" UUID NOT NULL,
    "migration_id" UUID NOT NULL,
    "annotation_set_id" UUID NOT NULL,
    "from_version_id" UUID NOT NULL,
    "gesture_id" UUID NOT NULL,
    "from_revision" INTEGER NOT NULL,
    "to_revision" INTEGER NOT NULL,
    "before" JSONB NOT NULL,
    "after" JSONB NOT NULL,
    "remaining" JSONB NOT NULL DEFAULT '[]',
    "reverted_revision" INTEGER,

    CONSTRAINT "migrated_set_pkey" PRIMARY KEY ("project_id","migration_id","annotation_set_id")
);

-- CreateIndex
CREATE INDEX "codebook_migration_project_id_to_version_id_idx" ON "codebook_migration"("project_id", "to_version_id");

-- CreateIndex
CREATE INDEX "migrated_set_project_id_annotation_set_id_idx" ON "migrated_set"("project_id", "annotation_set_id");

-- AddForeignKey
ALTER TABLE "codebook_version" ADD CONSTRAINT "codebook_version_project_id_based_on_id_fkey" FOREIGN KEY ("project_id", "based_on_id") REFERENCES "codebook_version"("project_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "codebook_migration" ADD CONSTRAINT "codebook_migration_project_id_to_version_id_fkey" FOREIGN KEY ("project_id", "to_version_id") REFERENCES "codebook_version"("project_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "migrated_set" ADD CONSTRAINT "migrated_set_project_id_migration_id_fkey" FOREIGN KEY ("project_id", "migration_id") REFERENCES "codebook_migration"("project_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "migrated_set" ADD CONSTRAINT "migrated_set_project_id_annotation_set_id_fkey" FOREIGN KEY ("project_id", "annotation_set_id") REFERENCES "annotation_set"("project_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "migrated_set" ADD CONSTRAINT "migrated_set_project_id_from_version_id_fkey" FOREIGN KEY ("project_id", "from_version_id") REFERENCES "codebook_version"("project_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "span" ADD CONSTRAINT "span_project_id_annotation_set_id_text_length_codebook_ver_fkey" FOREIGN KEY ("project_id", "annotation_set_id", "text_length", "codebook_version_id") REFERENCES "annotation_set"("project_id", "id", "text_length", "codebook_version_id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "relation" ADD CONSTRAINT "relation_project_id_annotation_set_id_text_length_codebook_fkey" FOREIGN KEY ("project_id", "annotation_set_id", "text_length", "codebook_version_id") REFERENCES "annotation_set"("project_id", "id", "text_length", "codebook_version_id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "unit_label" ADD CONSTRAINT "unit_label_project_id_annotation_set_id_text_length_codebo_fkey" FOREIGN KEY ("project_id", "annotation_set_id", "text_length", "codebook_version_id") REFERENCES "annotation_set"("project_id", "id", "text_length", "codebook_version_id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "codebook_version"
  ADD CONSTRAINT "codebook_version_revision" CHECK ("revision" >= 0),
  ADD CONSTRAINT "codebook_version_rules_list" CHECK (jsonb_typeof("rules") = 'array'),
  ADD CONSTRAINT "codebook_version_size" CHECK (octet_length("content"::text) <= 4194304);

ALTER TABLE "unit_label"
  ADD CONSTRAINT "unit_label_attributes_object"
    CHECK (jsonb_typeof("attributes") = 'object' AND octet_length("attributes"::text) <= 65536);

ALTER TABLE "codebook_migration"
  ADD CONSTRAINT "codebook_migration_finished"
    CHECK (("state" = 'running') = ("finished_at" IS NULL) AND ("state" = 'reverted') = ("reverted_at" IS NOT NULL));

ALTER TABLE "migrated_set"
  ADD CONSTRAINT "migrated_set_revisions"
    CHECK ("from_revision" >= 0 AND "to_revision" >= "from_revision"
           AND ("reverted_revision" IS NULL OR "reverted_revision" >= "to_revision")),
  ADD CONSTRAINT "migrated_set_lists"
    CHECK (jsonb_typeof("before") = 'object' AND jsonb_typeof("after") = 'object' AND jsonb_typeof("remaining") = 'array');

-- A published codebook keeps its content and rules; only its state may move on, and not back to a draft.
CREATE OR REPLACE FUNCTION refuse_codebook_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD."state" = 'draft' THEN
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
  END IF;
  IF TG_OP = 'DELETE' OR NEW."state" = 'draft'
     OR NEW."content" IS DISTINCT FROM OLD."content" OR NEW."rules" IS DISTINCT FROM OLD."rules" THEN
    RAISE EXCEPTION 'a published codebook is never changed' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER "codebook_version_kept" BEFORE DELETE ON "codebook_version"
  FOR EACH ROW EXECUTE FUNCTION refuse_codebook_change();

-- Labels are archived in a later version, never taken from the one that annotations were made under.
CREATE TRIGGER "layer_kept" BEFORE UPDATE OR DELETE ON "layer"
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER "label_kept" BEFORE UPDATE OR DELETE ON "label"
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER "attribute_kept" BEFORE UPDATE OR DELETE ON "attribute"
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
