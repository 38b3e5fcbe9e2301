-- DropIndex
DROP INDEX "document_signature_bands_idx";

-- AlterTable
ALTER TABLE "document_signature" DROP COLUMN "bands";

-- CreateTable
CREATE TABLE "document_band" (
    "project_id" UUID NOT NULL,
    "band" INTEGER NOT NULL,
    "document_id" UUID NOT NULL,

    CONSTRAINT "document_band_pkey" PRIMARY KEY ("project_id","band","document_id")
);

-- AddForeignKey
ALTER TABLE "document_band" ADD CONSTRAINT "document_band_project_id_document_id_fkey" FOREIGN KEY ("project_id", "document_id") REFERENCES "document"("project_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Signatures are made anew, with their bands, where they are missing.
DELETE FROM "document_signature";
