-- AlterTable
ALTER TABLE "event_suggestion" ADD COLUMN     "added_ids" UUID[] DEFAULT ARRAY[]::UUID[],
ADD COLUMN     "had_event" BOOLEAN NOT NULL DEFAULT false;
