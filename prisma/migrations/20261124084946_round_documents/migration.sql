-- AlterTable
ALTER TABLE "assignment" ADD COLUMN     "batch" INTEGER NOT NULL DEFAULT 1,
ADD COLUMN     "repeat_after_days" INTEGER;

-- AlterTable
ALTER TABLE "round" ADD COLUMN     "settings" JSONB NOT NULL DEFAULT '{}';

-- CreateTable
CREATE TABLE "round_document" (
    "project_id" UUID NOT NULL,
    "round_id" UUID NOT NULL,
    "document_id" UUID NOT NULL,
    "batch" INTEGER NOT NULL DEFAULT 1,
    "position" INTEGER NOT NULL,
    "wanted" INTEGER NOT NULL,
    "claimed" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "round_document_pkey" PRIMARY KEY ("project_id","round_id","document_id")
);

-- CreateIndex
CREATE UNIQUE INDEX "round_document_project_id_round_id_position_key" ON "round_document"("project_id", "round_id", "position");

-- AddForeignKey
ALTER TABLE "round_document" ADD CONSTRAINT "round_document_project_id_round_id_fkey" FOREIGN KEY ("project_id", "round_id") REFERENCES "round"("project_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "round_document" ADD CONSTRAINT "round_document_project_id_document_id_fkey" FOREIGN KEY ("project_id", "document_id") REFERENCES "document"("project_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- However many ask at once, no document is given to more annotators than it wants.
ALTER TABLE "round_document" ADD CONSTRAINT "round_document_claims" CHECK ("wanted" >= 0 AND "claimed" BETWEEN 0 AND "wanted");
ALTER TABLE "assignment" ADD CONSTRAINT "assignment_batch" CHECK ("batch" >= 1);
ALTER TABLE "assignment" ADD CONSTRAINT "assignment_repeat" CHECK ("repeat_after_days" IS NULL OR ("repetition" > 0 AND "repeat_after_days" >= 0));

-- What is still to be taken, in the order in which it is taken.
CREATE INDEX "round_document_open" ON "round_document" ("project_id", "round_id", "batch", "position") WHERE "claimed" < "wanted";
-- Leases that may have ended.
CREATE INDEX "assignment_lease" ON "assignment" ("project_id", "round_id", "lease_until") WHERE "lease_until" IS NOT NULL;
