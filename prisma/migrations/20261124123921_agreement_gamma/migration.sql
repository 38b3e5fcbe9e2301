-- AlterEnum
ALTER TYPE "agreement_part" ADD VALUE 'gamma';
