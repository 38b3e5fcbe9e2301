-- CreateEnum
CREATE TYPE "suggestion_state" AS ENUM ('proposed', 'accepted', 'rejected');

-- AlterTable
ALTER TABLE "annotation_set" ADD COLUMN     "superseded_by_id" UUID;

-- AlterTable
ALTER TABLE "document" ADD COLUMN     "duplicate_of_id" UUID,
ADD COLUMN     "is_apart" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "likeness" DOUBLE PRECISION,
ADD COLUMN     "search" tsvector;

-- AlterTable
ALTER TABLE "event" ADD COLUMN     "archived_at" TIMESTAMPTZ(3),
ADD COLUMN     "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
ADD COLUMN     "merged_into_id" UUID;

-- CreateTable
CREATE TABLE "event_suggestion" (
    "project_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "state" "suggestion_state" NOT NULL DEFAULT 'proposed',
    "name" TEXT NOT NULL,
    "document_ids" UUID[],
    "words" TEXT[],
    "score" DOUBLE PRECISION NOT NULL,
    "event_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "decided_at" TIMESTAMPTZ(3),
    "decided_by_id" UUID,

    CONSTRAINT "event_suggestion_pkey" PRIMARY KEY ("project_id","id")
);

-- CreateTable
CREATE TABLE "correction" (
    "project_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "document_id" UUID NOT NULL,
    "from_version_id" UUID NOT NULL,
    "to_version_id" UUID NOT NULL,
    "reason" TEXT NOT NULL DEFAULT '',
    "reverts_id" UUID,
    "created_by_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "correction_pkey" PRIMARY KEY ("project_id","id")
);

-- CreateTable
CREATE TABLE "corrected_set" (
    "project_id" UUID NOT NULL,
    "correction_id" UUID NOT NULL,
    "from_set_id" UUID NOT NULL,
    "to_set_id" UUID NOT NULL,
    "carried" JSONB NOT NULL,
    "lost" JSONB NOT NULL,

    CONSTRAINT "corrected_set_pkey" PRIMARY KEY ("project_id","correction_id","from_set_id")
);

-- CreateTable
CREATE TABLE "document_signature" (
    "project_id" UUID NOT NULL,
    "document_id" UUID NOT NULL,
    "bands" INTEGER[],
    "signature" BYTEA NOT NULL,

    CONSTRAINT "document_signature_pkey" PRIMARY KEY ("project_id","document_id")
);

-- CreateTable
CREATE TABLE "entity" (
    "project_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "document_id" UUID,
    "event_id" UUID,
    "key" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "aliases" TEXT[],
    "position" INTEGER NOT NULL,
    "mentions" INTEGER[],
    "version_id" UUID,
    "merged_into_id" UUID,
    "removed_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "entity_pkey" PRIMARY KEY ("project_id","id")
);

-- CreateIndex
CREATE INDEX "event_suggestion_project_id_state_score_idx" ON "event_suggestion"("project_id", "state", "score");

-- CreateIndex
CREATE INDEX "correction_project_id_document_id_idx" ON "correction"("project_id", "document_id");

-- CreateIndex
CREATE UNIQUE INDEX "correction_project_id_to_version_id_key" ON "correction"("project_id", "to_version_id");

-- CreateIndex
CREATE INDEX "corrected_set_project_id_to_set_id_idx" ON "corrected_set"("project_id", "to_set_id");

-- CreateIndex
CREATE INDEX "document_signature_bands_idx" ON "document_signature" USING GIN ("bands");

-- CreateIndex
CREATE UNIQUE INDEX "entity_project_id_document_id_key_key" ON "entity"("project_id", "document_id", "key");

-- CreateIndex
CREATE UNIQUE INDEX "entity_project_id_event_id_key_key" ON "entity"("project_id", "event_id", "key");

-- CreateIndex
CREATE INDEX "document_project_id_outlet_seq_idx" ON "document"("project_id", "outlet", "seq");

-- CreateIndex
CREATE INDEX "document_project_id_published_on_seq_idx" ON "document"("project_id", "published_on", "seq");

-- CreateIndex
CREATE INDEX "document_project_id_title_seq_idx" ON "document"("project_id", "title", "seq");

-- CreateIndex
CREATE INDEX "document_project_id_language_idx" ON "document"("project_id", "language");

-- CreateIndex
CREATE INDEX "document_project_id_event_id_seq_idx" ON "document"("project_id", "event_id", "seq");

-- CreateIndex
CREATE INDEX "document_project_id_duplicate_of_id_idx" ON "document"("project_id", "duplicate_of_id");

-- CreateIndex
CREATE INDEX "document_project_id_url_idx" ON "document"("project_id", "url");

-- CreateIndex
CREATE INDEX "document_search_idx" ON "document" USING GIN ("search");

-- CreateIndex
CREATE INDEX "event_project_id_name_idx" ON "event"("project_id", "name");

-- AddForeignKey
ALTER TABLE "event" ADD CONSTRAINT "event_project_id_merged_into_id_fkey" FOREIGN KEY ("project_id", "merged_into_id") REFERENCES "event"("project_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "event_suggestion" ADD CONSTRAINT "event_suggestion_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "project"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "event_suggestion" ADD CONSTRAINT "event_suggestion_project_id_event_id_fkey" FOREIGN KEY ("project_id", "event_id") REFERENCES "event"("project_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "document" ADD CONSTRAINT "document_project_id_duplicate_of_id_fkey" FOREIGN KEY ("project_id", "duplicate_of_id") REFERENCES "document"("project_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "correction" ADD CONSTRAINT "correction_project_id_document_id_fkey" FOREIGN KEY ("project_id", "document_id") REFERENCES "document"("project_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "correction" ADD CONSTRAINT "correction_project_id_from_version_id_fkey" FOREIGN KEY ("project_id", "from_version_id") REFERENCES "document_version"("project_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "correction" ADD CONSTRAINT "correction_project_id_to_version_id_fkey" FOREIGN KEY ("project_id", "to_version_id") REFERENCES "document_version"("project_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "correction" ADD CONSTRAINT "correction_project_id_reverts_id_fkey" FOREIGN KEY ("project_id", "reverts_id") REFERENCES "correction"("project_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "corrected_set" ADD CONSTRAINT "corrected_set_project_id_correction_id_fkey" FOREIGN KEY ("project_id", "correction_id") REFERENCES "correction"("project_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "corrected_set" ADD CONSTRAINT "corrected_set_project_id_from_set_id_fkey" FOREIGN KEY ("project_id", "from_set_id") REFERENCES "annotation_set"("project_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "corrected_set" ADD CONSTRAINT "corrected_set_project_id_to_set_id_fkey" FOREIGN KEY ("project_id", "to_set_id") REFERENCES "annotation_set"("project_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "document_signature" ADD CONSTRAINT "document_signature_project_id_document_id_fkey" FOREIGN KEY ("project_id", "document_id") REFERENCES "document"("project_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "entity" ADD CONSTRAINT "entity_project_id_document_id_fkey" FOREIGN KEY ("project_id", "document_id") REFERENCES "document"("project_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "entity" ADD CONSTRAINT "entity_project_id_event_id_fkey" FOREIGN KEY ("project_id", "event_id") REFERENCES "event"("project_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "entity" ADD CONSTRAINT "entity_project_id_merged_into_id_fkey" FOREIGN KEY ("project_id", "merged_into_id") REFERENCES "entity"("project_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "annotation_set" ADD CONSTRAINT "annotation_set_project_id_superseded_by_id_fkey" FOREIGN KEY ("project_id", "superseded_by_id") REFERENCES "annotation_set"("project_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- What Prisma cannot express.
ALTER TABLE "document"
  ADD CONSTRAINT "document_duplicate_of_other" CHECK ("duplicate_of_id" <> "id"),
  ADD CONSTRAINT "document_duplicate_likeness"
    CHECK (("duplicate_of_id" IS NULL) = ("likeness" IS NULL) AND ("likeness" IS NULL OR "likeness" BETWEEN 0 AND 1)),
  ADD CONSTRAINT "document_apart" CHECK (NOT ("is_apart" AND "duplicate_of_id" IS NOT NULL)),
  ADD CONSTRAINT "document_facts_object" CHECK (jsonb_typeof("facts") = 'object');
ALTER TABLE "event"
  ADD CONSTRAINT "event_merged_into_other" CHECK ("merged_into_id" <> "id"),
  ADD CONSTRAINT "event_merged_is_archived" CHECK ("merged_into_id" IS NULL OR "archived_at" IS NOT NULL);
ALTER TABLE "event_suggestion"
  ADD CONSTRAINT "event_suggestion_score" CHECK ("score" BETWEEN 0 AND 1),
  ADD CONSTRAINT "event_suggestion_group" CHECK (cardinality("document_ids") >= 2),
  ADD CONSTRAINT "event_suggestion_decided" CHECK (("state" = 'proposed') = ("decided_at" IS NULL));
ALTER TABLE "correction"
  ADD CONSTRAINT "correction_makes_other" CHECK ("from_version_id" <> "to_version_id");
ALTER TABLE "corrected_set"
  ADD CONSTRAINT "corrected_set_other" CHECK ("from_set_id" <> "to_set_id"),
  ADD CONSTRAINT "corrected_set_carried_object" CHECK (jsonb_typeof("carried") = 'object'),
  ADD CONSTRAINT "corrected_set_lost_array" CHECK (jsonb_typeof("lost") = 'array');
ALTER TABLE "document_signature"
  ADD CONSTRAINT "document_signature_size" CHECK (octet_length("signature") % 4 = 0);
ALTER TABLE "entity"
  ADD CONSTRAINT "entity_of_one" CHECK (num_nonnulls("document_id", "event_id") = 1),
  ADD CONSTRAINT "entity_merged_into_other" CHECK ("merged_into_id" <> "id"),
  ADD CONSTRAINT "entity_merged_is_removed" CHECK ("merged_into_id" IS NULL OR "removed_at" IS NOT NULL),
  ADD CONSTRAINT "entity_mentions_pairs" CHECK (cardinality("mentions") % 2 = 0),
  ADD CONSTRAINT "entity_mentions_version" CHECK (cardinality("mentions") = 0 OR "version_id" IS NOT NULL),
  ADD CONSTRAINT "entity_position" CHECK ("position" >= 0);

-- A set whose work went on in another one gives its assignment away, and stays as it was.
ALTER TABLE "annotation_set"
  DROP CONSTRAINT "annotation_set_author",
  ADD CONSTRAINT "annotation_set_author"
    CHECK ("kind" <> 'annotator' OR ("annotator_id" IS NOT NULL
           AND ("assignment_id" IS NOT NULL) = ("superseded_by_id" IS NULL))),
  ADD CONSTRAINT "annotation_set_superseded_by_other" CHECK ("superseded_by_id" <> "id");

-- Words and sentences follow the roles of lines, until somebody annotates. All else never changes.
CREATE FUNCTION refuse_text_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE'
     AND (to_jsonb(NEW) - ARRAY['tokens', 'sentences', 'segmenter', 'original', 'text'])
       = (to_jsonb(OLD) - ARRAY['tokens', 'sentences', 'segmenter', 'original', 'text'])
     AND NEW."text" = OLD."text" AND NEW."original" = OLD."original"
     AND NOT EXISTS (SELECT 1 FROM "annotation_set" s
                      WHERE s."project_id" = OLD."project_id" AND s."document_version_id" = OLD."id") THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION '% rows are never changed or deleted', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END
$$;
DROP TRIGGER "document_version_immutable" ON "document_version";
CREATE TRIGGER "document_version_immutable" BEFORE UPDATE OR DELETE ON "document_version"
  FOR EACH ROW EXECUTE FUNCTION refuse_text_change();

-- The rules of a language for full text search; words as they stand where PostgreSQL has none.
CREATE FUNCTION search_rules(language text) RETURNS regconfig LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE lower(split_part(language, '-', 1))
    WHEN 'ar' THEN 'arabic'::regconfig WHEN 'da' THEN 'danish'::regconfig
    WHEN 'de' THEN 'german'::regconfig WHEN 'el' THEN 'greek'::regconfig
    WHEN 'en' THEN 'english'::regconfig WHEN 'es' THEN 'spanish'::regconfig
    WHEN 'fi' THEN 'finnish'::regconfig WHEN 'fr' THEN 'french'::regconfig
    WHEN 'hu' THEN 'hungarian'::regconfig WHEN 'hy' THEN 'armenian'::regconfig
    WHEN 'it' THEN 'italian'::regconfig WHEN 'nb' THEN 'norwegian'::regconfig
    WHEN 'nl' THEN 'dutch'::regconfig WHEN 'no' THEN 'norwegian'::regconfig
    WHEN 'pt' THEN 'portuguese'::regconfig WHEN 'ro' THEN 'romanian'::regconfig
    WHEN 'ru' THEN 'russian'::regconfig WHEN 'sr' THEN 'serbian'::regconfig
    WHEN 'sv' THEN 'swedish'::regconfig WHEN 'tr' THEN 'turkish'::regconfig
    ELSE 'simple'::regconfig END
$$;

-- What a document is found by: title and source as they stand, and its first 100,000 characters both as
-- they stand and by the rules of its language. A tsvector holds a megabyte at most.
CREATE FUNCTION corpus_search(title text, source text, language text, body text) RETURNS tsvector
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT setweight(to_tsvector('simple', title), 'A') || setweight(to_tsvector('simple', source), 'B')
      || to_tsvector('simple', left(body, 100000))
      || CASE WHEN search_rules(language) = 'simple'::regconfig THEN ''::tsvector
              ELSE to_tsvector(search_rules(language), left(body, 100000)) END
$$;

UPDATE "document" d
   SET "search" = corpus_search(d."title", concat_ws(' ', d."outlet", d."author", d."section"), d."language", v."text")
  FROM "document_version" v
 WHERE v."project_id" = d."project_id" AND v."document_id" = d."id"
   AND v."version" = (SELECT max(o."version") FROM "document_version" o
                       WHERE o."project_id" = d."project_id" AND o."document_id" = d."id");
