-- AlterTable
ALTER TABLE "assignment" ADD COLUMN     "position" INTEGER NOT NULL DEFAULT 0;
