-- CreateTable
CREATE TABLE "onboarding" (
    "project_id" UUID NOT NULL,
    "revision" INTEGER NOT NULL DEFAULT 1,
    "settings" JSONB NOT NULL DEFAULT '{}',
    "updated_by_id" UUID,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "onboarding_pkey" PRIMARY KEY ("project_id")
);

-- CreateTable
CREATE TABLE "consent_text" (
    "project_id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "body" TEXT NOT NULL,
    "created_by_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "consent_text_pkey" PRIMARY KEY ("project_id","version")
);

-- CreateTable
CREATE TABLE "consent" (
    "project_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "annotator_id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "given_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "withdrawn_at" TIMESTAMPTZ(3),

    CONSTRAINT "consent_pkey" PRIMARY KEY ("project_id","id")
);

-- CreateTable
CREATE TABLE "background_answer" (
    "project_id" UUID NOT NULL,
    "annotator_id" UUID NOT NULL,
    "question" TEXT NOT NULL,
    "value" JSONB NOT NULL,
    "answered_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "background_answer_pkey" PRIMARY KEY ("project_id","annotator_id","question")
);

-- CreateTable
CREATE TABLE "questionnaire_offer" (
    "project_id" UUID NOT NULL,
    "annotator_id" UUID NOT NULL,
    "offered_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "questionnaire_offer_pkey" PRIMARY KEY ("project_id","annotator_id")
);

-- CreateTable
CREATE TABLE "quiz_attempt" (
    "project_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "annotator_id" UUID NOT NULL,
    "right" INTEGER NOT NULL,
    "asked" INTEGER NOT NULL,
    "is_passed" BOOLEAN NOT NULL,
    "made_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "quiz_attempt_pkey" PRIMARY KEY ("project_id","id")
);

-- CreateIndex
CREATE INDEX "consent_project_id_annotator_id_idx" ON "consent"("project_id", "annotator_id");

-- CreateIndex
CREATE INDEX "quiz_attempt_project_id_annotator_id_idx" ON "quiz_attempt"("project_id", "annotator_id");

-- AddForeignKey
ALTER TABLE "onboarding" ADD CONSTRAINT "onboarding_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "project"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "consent_text" ADD CONSTRAINT "consent_text_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "project"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "consent" ADD CONSTRAINT "consent_project_id_annotator_id_fkey" FOREIGN KEY ("project_id", "annotator_id") REFERENCES "annotator"("project_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "consent" ADD CONSTRAINT "consent_project_id_version_fkey" FOREIGN KEY ("project_id", "version") REFERENCES "consent_text"("project_id", "version") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "background_answer" ADD CONSTRAINT "background_answer_project_id_annotator_id_fkey" FOREIGN KEY ("project_id", "annotator_id") REFERENCES "annotator"("project_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "questionnaire_offer" ADD CONSTRAINT "questionnaire_offer_project_id_annotator_id_fkey" FOREIGN KEY ("project_id", "annotator_id") REFERENCES "annotator"("project_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "quiz_attempt" ADD CONSTRAINT "quiz_attempt_project_id_annotator_id_fkey" FOREIGN KEY ("project_id", "annotator_id") REFERENCES "annotator"("project_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- What was consented to stays as it was read.
CREATE TRIGGER "consent_text_kept" BEFORE UPDATE OR DELETE ON "consent_text"
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
ALTER TABLE "consent_text"
  ADD CONSTRAINT "consent_text_version" CHECK ("version" >= 1),
  ADD CONSTRAINT "consent_text_body" CHECK (length("body") BETWEEN 1 AND 20000);

-- A consent stands once at a time for a version; withdrawn ones are kept.
ALTER TABLE "consent"
  ADD CONSTRAINT "consent_times" CHECK ("withdrawn_at" IS NULL OR "withdrawn_at" >= "given_at");
CREATE UNIQUE INDEX "consent_standing" ON "consent" ("project_id", "annotator_id", "version")
  WHERE "withdrawn_at" IS NULL;

ALTER TABLE "onboarding" ADD CONSTRAINT "onboarding_revision" CHECK ("revision" >= 1);
ALTER TABLE "background_answer"
  ADD CONSTRAINT "background_answer_question" CHECK (length("question") BETWEEN 1 AND 80),
  ADD CONSTRAINT "background_answer_size" CHECK (pg_column_size("value") <= 8192);
ALTER TABLE "quiz_attempt"
  ADD CONSTRAINT "quiz_attempt_counts" CHECK ("asked" >= 1 AND "right" BETWEEN 0 AND "asked");
