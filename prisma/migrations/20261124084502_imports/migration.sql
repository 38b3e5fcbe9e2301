-- CreateEnum
CREATE TYPE "import_state" AS ENUM ('open', 'reading', 'ready', 'storing', 'done', 'cancelled', 'failed');

-- CreateEnum
CREATE TYPE "import_row_state" AS ENUM ('fresh', 'known', 'refused', 'stored');

-- CreateTable
CREATE TABLE "import" (
    "project_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "seq" BIGSERIAL NOT NULL,
    "state" "import_state" NOT NULL DEFAULT 'open',
    "settings" JSONB NOT NULL DEFAULT '{}',
    "found" JSONB NOT NULL DEFAULT '{}',
    "done" INTEGER NOT NULL DEFAULT 0,
    "total" INTEGER,
    "problem" TEXT,
    "requested_by" UUID,
    "lease_until" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "started_at" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "import_pkey" PRIMARY KEY ("project_id","id")
);

-- CreateTable
CREATE TABLE "import_file" (
    "project_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "import_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "size" INTEGER NOT NULL DEFAULT 0,
    "sha256" TEXT,
    "format" TEXT,
    "notes" TEXT[],
    "problem" TEXT,
    "address" TEXT,

    CONSTRAINT "import_file_pkey" PRIMARY KEY ("project_id","id")
);

-- CreateTable
CREATE TABLE "import_chunk" (
    "project_id" UUID NOT NULL,
    "file_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "bytes" BYTEA NOT NULL,

    CONSTRAINT "import_chunk_pkey" PRIMARY KEY ("project_id","file_id","position")
);

-- CreateTable
CREATE TABLE "import_row" (
    "project_id" UUID NOT NULL,
    "import_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "file_id" UUID NOT NULL,
    "state" "import_row_state" NOT NULL,
    "place" TEXT NOT NULL,
    "line" INTEGER,
    "title" TEXT NOT NULL DEFAULT '',
    "sha256" TEXT,
    "length" INTEGER,
    "facts" JSONB NOT NULL DEFAULT '{}',
    "notes" TEXT[],
    "problem" TEXT,
    "document_id" UUID,

    CONSTRAINT "import_row_pkey" PRIMARY KEY ("project_id","import_id","position")
);

-- CreateIndex
CREATE INDEX "import_project_id_seq_idx" ON "import"("project_id", "seq");

-- CreateIndex
CREATE UNIQUE INDEX "import_file_project_id_import_id_position_key" ON "import_file"("project_id", "import_id", "position");

-- CreateIndex
CREATE INDEX "import_row_project_id_import_id_state_position_idx" ON "import_row"("project_id", "import_id", "state", "position");

-- CreateIndex
CREATE INDEX "import_row_project_id_document_id_idx" ON "import_row"("project_id", "document_id");

-- AddForeignKey
ALTER TABLE "import" ADD CONSTRAINT "import_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "project"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "import_file" ADD CONSTRAINT "import_file_project_id_import_id_fkey" FOREIGN KEY ("project_id", "import_id") REFERENCES "import"("project_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "import_chunk" ADD CONSTRAINT "import_chunk_project_id_file_id_fkey" FOREIGN KEY ("project_id", "file_id") REFERENCES "import_file"("project_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "import_row" ADD CONSTRAINT "import_row_project_id_import_id_fkey" FOREIGN KEY ("project_id", "import_id") REFERENCES "import"("project_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "import_row" ADD CONSTRAINT "import_row_project_id_file_id_fkey" FOREIGN KEY ("project_id", "file_id") REFERENCES "import_file"("project_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "import_row" ADD CONSTRAINT "import_row_project_id_document_id_fkey" FOREIGN KEY ("project_id", "document_id") REFERENCES "document"("project_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What Prisma cannot express.
ALTER TABLE "import"
  ADD CONSTRAINT "import_counts" CHECK ("done" >= 0 AND ("total" IS NULL OR "total" >= 0)),
  ADD CONSTRAINT "import_ended_at" CHECK (("state" IN ('done', 'cancelled', 'failed')) = ("ended_at" IS NOT NULL));
ALTER TABLE "import_file"
  ADD CONSTRAINT "import_file_size" CHECK ("size" >= 0),
  ADD CONSTRAINT "import_file_sha256" CHECK ("sha256" IS NULL OR "sha256" ~ '^[0-9a-f]{64}$');
ALTER TABLE "import_row"
  ADD CONSTRAINT "import_row_stored" CHECK ("state" <> 'stored' OR "document_id" IS NOT NULL),
  ADD CONSTRAINT "import_row_refused" CHECK ("state" <> 'refused' OR "problem" IS NOT NULL),
  ADD CONSTRAINT "import_row_position" CHECK ("position" >= 0);
