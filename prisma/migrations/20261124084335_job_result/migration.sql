-- AlterTable
ALTER TABLE "job" ADD COLUMN     "result" JSONB;

-- CreateIndex
CREATE INDEX "job_state_lease_until_idx" ON "job"("state", "lease_until");
