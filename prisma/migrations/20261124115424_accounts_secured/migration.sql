-- CreateEnum
CREATE TYPE "sign_in_method" AS ENUM ('password', 'provider');

-- AlterTable
ALTER TABLE "session" ADD COLUMN     "method" "sign_in_method" NOT NULL DEFAULT 'password',
ADD COLUMN     "proved_at" TIMESTAMPTZ(3) DEFAULT CURRENT_TIMESTAMP;

-- AlterTable
ALTER TABLE "user" ADD COLUMN     "erased_at" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "second_factor" (
    "user_id" UUID NOT NULL,
    "secret" TEXT NOT NULL,
    "last_step" BIGINT NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "confirmed_at" TIMESTAMPTZ(3),

    CONSTRAINT "second_factor_pkey" PRIMARY KEY ("user_id")
);

-- CreateTable
CREATE TABLE "recovery_code" (
    "user_id" UUID NOT NULL,
    "code_hash" TEXT NOT NULL,
    "used_at" TIMESTAMPTZ(3),

    CONSTRAINT "recovery_code_pkey" PRIMARY KEY ("user_id","code_hash")
);

-- AddForeignKey
ALTER TABLE "second_factor" ADD CONSTRAINT "second_factor_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "recovery_code" ADD CONSTRAINT "recovery_code_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "second_factor"
  ADD CONSTRAINT "second_factor_last_step" CHECK ("last_step" >= 0);
ALTER TABLE "recovery_code"
  ADD CONSTRAINT "recovery_code_hash" CHECK ("code_hash" ~ '^[0-9a-f]{64}$');
-- Nothing of an erased person is left to sign in with or to be found by.
ALTER TABLE "user"
  ADD CONSTRAINT "user_erased"
    CHECK ("erased_at" IS NULL OR ("disabled_at" IS NOT NULL AND "password_hash" IS NULL
                                   AND "preferences" = '{}'::jsonb AND "email" LIKE '%@erased.invalid'));

-- What is kept for ever goes in one case only: an admin purges a whole project that was archived before.
-- The project's id stands in a setting of that transaction. The log and its seals stay in any case.
CREATE FUNCTION is_purged(project uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT current_setting('framemark.purged_project', true) = project::text
     AND EXISTS (SELECT 1 FROM "project" p WHERE p."id" = project AND p."archived_at" IS NOT NULL)
$$;

CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' AND TG_TABLE_NAME NOT LIKE 'audit%' THEN
    IF is_purged(OLD."project_id") THEN RETURN OLD; END IF;
  END IF;
  RAISE EXCEPTION '% rows are never changed or deleted', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END
$$;

CREATE OR REPLACE FUNCTION refuse_text_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    IF is_purged(OLD."project_id") THEN RETURN OLD; END IF;
  ELSIF (to_jsonb(NEW) - ARRAY['tokens', 'sentences', 'segmenter', 'original', 'text'])
       = (to_jsonb(OLD) - ARRAY['tokens', 'sentences', 'segmenter', 'original', 'text'])
     AND NEW."text" = OLD."text" AND NEW."original" = OLD."original"
     AND NOT EXISTS (SELECT 1 FROM "annotation_set" s
                      WHERE s."project_id" = OLD."project_id" AND s."document_version_id" = OLD."id") THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION '% rows are never changed or deleted', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END
$$;

CREATE OR REPLACE FUNCTION refuse_codebook_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD."state" = 'draft' THEN
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
  END IF;
  IF TG_OP = 'DELETE' THEN
    IF is_purged(OLD."project_id") THEN RETURN OLD; END IF;
  END IF;
  IF TG_OP = 'DELETE' OR NEW."state" = 'draft'
     OR NEW."content" IS DISTINCT FROM OLD."content" OR NEW."rules" IS DISTINCT FROM OLD."rules" THEN
    RAISE EXCEPTION 'a published codebook is never changed' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END
$$;
