-- AlterTable
ALTER TABLE "assignment" ADD COLUMN     "training_score" REAL;

ALTER TABLE "assignment"
  ADD CONSTRAINT "assignment_training_score_check" CHECK ("training_score" BETWEEN 0 AND 1);
