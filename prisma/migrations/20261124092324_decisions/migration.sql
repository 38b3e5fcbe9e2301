/*
  Warnings:

  - Added the required column `subject` to the `decision` table without a default value. This is not possible if the table is not empty.

*/
-- AlterTable
ALTER TABLE "adjudication" ADD COLUMN     "settings" JSONB NOT NULL DEFAULT '{}';

-- AlterTable
ALTER TABLE "decision" ADD COLUMN     "detail" JSONB NOT NULL DEFAULT '{}',
ADD COLUMN     "gesture_id" UUID,
ADD COLUMN     "revoked_at" TIMESTAMPTZ(3),
ADD COLUMN     "subject" TEXT NOT NULL;

-- One decision stands for an item at a time; taken back ones are kept.
CREATE UNIQUE INDEX "decision_standing" ON "decision" ("project_id", "adjudication_id", "subject") WHERE "revoked_at" IS NULL;
ALTER TABLE "decision" ADD CONSTRAINT "decision_subject" CHECK (length("subject") BETWEEN 1 AND 500);
-- Under way or stale, there is one adjudication of a text.
CREATE UNIQUE INDEX "adjudication_open" ON "adjudication" ("project_id", "document_version_id") WHERE "state" <> 'finished';
