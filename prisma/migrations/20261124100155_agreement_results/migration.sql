-- CreateEnum
CREATE TYPE "agreement_part" AS ENUM ('figures', 'resampled');

-- CreateTable
CREATE TABLE "agreement_result" (
    "project_id" UUID NOT NULL,
    "input_hash" TEXT NOT NULL,
    "part" "agreement_part" NOT NULL,
    "content" JSONB NOT NULL,
    "seconds" DOUBLE PRECISION NOT NULL,
    "computed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "agreement_result_pkey" PRIMARY KEY ("project_id","input_hash","part")
);

-- CreateIndex
CREATE INDEX "agreement_result_project_id_computed_at_idx" ON "agreement_result"("project_id", "computed_at");

-- AddForeignKey
ALTER TABLE "agreement_result" ADD CONSTRAINT "agreement_result_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "project"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "agreement_result"
  ADD CONSTRAINT "agreement_result_hash" CHECK (input_hash ~ '^[0-9a-f]{64}$'),
  ADD CONSTRAINT "agreement_result_seconds" CHECK (seconds >= 0);
